import type { PositionReport, TermsLine } from '#domain/licenses/position-report.ts';
import type { PlanBreach } from '#domain/optimization/check/plan-breach.ts';
import type { LicenseSaving } from '#domain/optimization/recommendation.ts';
import { type LineKey, lineText } from '#domain/positioning/terms-tally.ts';

/** Rounding of packs, and of machines whose licenses are counted in parts. */
const ROUNDING = 2;

/**
 * Compare two positions, of the estate and of the plan carried out: nothing may be violated that was
 * not, what is required must have changed as the program says, and nothing may be short that was not
 * unless it is bought.
 *
 * @param saved licenses that the plan says are no longer required; negative: that many more are
 */
export function checkPosition(
  before: PositionReport,
  after: PositionReport,
  saved: readonly LicenseSaving[],
  mayBuy: boolean,
): readonly PlanBreach[] {
  const known = new Set(violationsOf(before).map(({ key }) => key));
  return [
    ...violationsOf(after)
      .filter(({ key }) => !known.has(key))
      .map(({ breach }) => breach),
    ...differences(before, after, saved),
    ...(mayBuy ? [] : shortages(before, after)),
  ];
}

function violationsOf(position: PositionReport) {
  return linesOf(position).flatMap(({ line, findings }) =>
    findings
      .filter(({ severity }) => severity === 'violation')
      .flatMap(({ code: finding, resources }) =>
        resources.map((resource) => ({
          key: `${finding} ${resource}`,
          breach: { code: 'violation' as const, finding: `${line} ${finding}`, resource },
        })),
      ),
  );
}

function differences(
  before: PositionReport,
  after: PositionReport,
  saved: readonly LicenseSaving[],
): readonly PlanBreach[] {
  const [was, is] = [linesOf(before), linesOf(after)];
  const nameOf = naming([...was, ...is]);
  const required = sums(nameOf, [
    ...was.map((one) => ({ ...one, units: one.requiredAtLeast })),
    ...is.map((one) => ({ ...one, units: -one.requiredAtLeast })),
  ]);
  const drawn = sums(nameOf, saved);
  return [...new Set([...required.keys(), ...drawn.keys()])].flatMap((line) => {
    const difference = { drawn: drawn.get(line) ?? 0, required: required.get(line) ?? 0 };
    return Math.abs(difference.required - difference.drawn) <= ROUNDING
      ? []
      : [{ code: 'licenses-differ' as const, line, ...difference }];
  });
}

/**
 * Lines by name. An edition that nobody knows is taken for what its configuration turns out to be for,
 * which others' changes decide: then all editions of the product are one line.
 */
function naming(lines: readonly LineKey[]): (line: LineKey) => string {
  const whole = ({ product, metric }: LineKey) => lineText({ product, metric, edition: null });
  const unknown = new Set(lines.filter(({ edition }) => edition === null).map(whole));
  return (line) => (unknown.has(whole(line)) ? whole(line) : lineText(line));
}

function sums(
  nameOf: (line: LineKey) => string,
  lines: readonly (LineKey & { readonly units: number })[],
): ReadonlyMap<string, number> {
  const sum = new Map<string, number>();
  for (const line of lines) sum.set(nameOf(line), (sum.get(nameOf(line)) ?? 0) + line.units);
  return sum;
}

function shortages(before: PositionReport, after: PositionReport): readonly PlanBreach[] {
  const was = new Map(linesOf(before).map((one) => [one.line, one.shortfall ?? 0]));
  return linesOf(after).flatMap(({ line, shortfall }) => {
    const missing = (shortfall ?? 0) - (was.get(line) ?? 0);
    return missing > ROUNDING ? [{ code: 'right-overdrawn' as const, line, missing }] : [];
  });
}

/** The lines of all pools together. */
function linesOf({ slices }: PositionReport): readonly (TermsLine & { readonly line: string })[] {
  return slices
    .filter(({ dimension }) => dimension === 'organization')
    .flatMap(({ terms }) => terms.map((one) => ({ ...one, line: lineText(one) })));
}
