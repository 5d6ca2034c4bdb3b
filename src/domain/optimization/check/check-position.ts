import type { PositionReport, TermsLine } from '#domain/licenses/position-report.ts';
import type { PlanBreach } from '#domain/optimization/check/plan-breach.ts';
import { lineText } from '#domain/positioning/terms-tally.ts';

/** Rounding of packs, and of machines whose licenses are counted in parts. */
const ROUNDING = 2;

/**
 * Compare two positions, of the estate and of the plan carried out: nothing may be violated that was
 * not, what is required must have changed as the program says, and nothing may be short that was not
 * unless it is bought.
 *
 * @param saved licenses that the plan says are no longer required, by line; negative: that many more are
 */
export function checkPosition(
  before: PositionReport,
  after: PositionReport,
  saved: ReadonlyMap<string, number>,
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
  saved: ReadonlyMap<string, number>,
): readonly PlanBreach[] {
  const was = new Map(linesOf(before).map((one) => [one.line, one.requiredAtLeast]));
  const is = new Map(linesOf(after).map((one) => [one.line, one.requiredAtLeast]));
  return [...new Set([...was.keys(), ...is.keys(), ...saved.keys()])].flatMap((line) => {
    const required = (was.get(line) ?? 0) - (is.get(line) ?? 0);
    const drawn = saved.get(line) ?? 0;
    return Math.abs(required - drawn) <= ROUNDING
      ? []
      : [{ code: 'licenses-differ' as const, line, drawn, required }];
  });
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
