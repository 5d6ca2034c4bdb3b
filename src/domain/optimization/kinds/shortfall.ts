import type { TermsLine } from '#domain/licenses/position-report.ts';
import type { EstateKind, Finding, OptimizableEstate } from '#domain/optimization/kind.ts';
import { advice, filedIn, NO_SAVINGS } from '#domain/optimization/kinds/estate-advice.ts';
import { stated } from '#domain/optimization/kinds/evidence-items.ts';
import { type NeedsOf, needsIn } from '#domain/optimization/kinds/placed-needs.ts';
import {
  entitlementsOf,
  lineSubject,
  organizationLines,
  spareOf,
} from '#domain/optimization/kinds/product-lines.ts';
import { type Remedy, remediesFor } from '#domain/optimization/kinds/shortfall-remedies.ts';
import type { EvidenceItem, Savings } from '#domain/optimization/recommendation.ts';

/**
 * More is required than is owned, wherever it is owned. The cheapest remedy is proposed; its cost is
 * shown as a negative saving, and only where a price is known.
 */
export const shortfall: EstateKind = {
  kind: 'shortfall',
  find(estate) {
    const needsOf = needsIn(estate);
    return organizationLines(estate.position).flatMap((line) => findingOf(line, estate, needsOf));
  },
};

function findingOf(
  line: TermsLine,
  estate: OptimizableEstate,
  needsOf: NeedsOf,
): readonly Finding[] {
  const { entitled, shortfall: missing } = line;
  if (entitled === null || missing === null) return [];
  const short = missing - spareOf(estate.position, line);
  const accounts = entitlementsOf(estate, line).flatMap((one) => one.accounts);
  const scope = filedIn(estate, line.product, accounts);
  if (short <= 0 || scope === null) return [];
  const remedies = remediesFor({ line, short, scope, estate, needsOf });
  const remedy = remedies.reduce((best, one) => (costOf(one) < costOf(best) ? one : best));
  const { steps, rollback, risk, effort, downtime } = remedy;
  return [
    advice(scope, {
      kind: 'shortfall',
      subjects: [lineSubject(line)],
      savings: savingsOf(remedy),
      evidence: [
        stated('position', 'required', line.requiredAtLeast, 'license'),
        stated('position', 'held', line.held, 'license'),
        stated('entitlements', 'entitled', entitled, 'license'),
        stated('position', 'short', short, 'license'),
        ...line.rules.map(({ id, source }) => stated(source, 'rule', id)),
        ...remedies.flatMap(costEvidence),
      ],
      risk,
      effort,
      downtime,
      ownerMustValidate: true,
      steps,
      rollback,
    }),
  ];
}

function costOf({ monthly }: Remedy): number {
  return monthly?.micros ?? Number.POSITIVE_INFINITY;
}

function savingsOf({ monthly, basis }: Remedy): Savings {
  if (monthly === null) return NO_SAVINGS;
  return { ...NO_SAVINGS, basis, monthly: { ...monthly, micros: -monthly.micros + 0 } };
}

function costEvidence({ code, source, monthly }: Remedy): readonly EvidenceItem[] {
  if (monthly === null) return [];
  return [stated(source, `${code}-monthly`, monthly.micros / 1_000_000, monthly.currency)];
}
