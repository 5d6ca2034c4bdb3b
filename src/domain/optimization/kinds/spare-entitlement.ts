import { entitlementKey } from '#domain/licenses/entitlement.ts';
import type { TermsLine } from '#domain/licenses/position-report.ts';
import type { EstateKind, Finding, OptimizableEstate } from '#domain/optimization/kind.ts';
import { advice, filedIn, moneySaved } from '#domain/optimization/kinds/estate-advice.ts';
import { gateCheck, stated } from '#domain/optimization/kinds/evidence-items.ts';
import {
  entitlementsOf,
  lineId,
  lineSubject,
  organizationLines,
  spareOf,
} from '#domain/optimization/kinds/product-lines.ts';
import { purchaseMonthly } from '#domain/optimization/kinds/purchase-price.ts';
import { CONTRACT_DECIDES } from '#domain/vendors/byol-eligibility.ts';

/**
 * Rights that are owned and free while the same product is short elsewhere, or paid for by the hour.
 * What is not bought is money; what license-included machines would save is counted where their setups
 * are chosen.
 */
export const spareEntitlement: EstateKind = {
  kind: 'spare-entitlement',
  find: (estate) => organizationLines(estate.position).flatMap((line) => findingOf(line, estate)),
};

function findingOf(line: TermsLine, estate: OptimizableEstate): readonly Finding[] {
  const spare = spareOf(estate.position, line);
  const short = line.shortfall ?? 0;
  const reassigned = Math.min(spare, short);
  const owned = entitlementsOf(estate, line);
  const accounts = owned.flatMap((entitlement) => entitlement.accounts);
  const included = spare - reassigned > 0 ? includedMachines(line, accounts, estate) : 0;
  const scope = filedIn(estate, line.product, accounts);
  if (scope === null || (reassigned === 0 && included === 0)) return [];
  const price = purchaseMonthly(owned, reassigned, estate.settings);
  return [
    advice(scope, {
      kind: 'spare-entitlement',
      subjects: [
        lineSubject(line),
        ...owned.map((entitlement) => ({
          kind: 'entitlement' as const,
          id: entitlementKey(entitlement),
          name: entitlement.contract,
        })),
      ],
      savings:
        reassigned === 0 ? moneySaved(null, 'entitlement') : moneySaved(price, 'entitlement'),
      evidence: [
        stated('entitlements', 'free-licenses', spare, 'license'),
        stated('position', 'short-elsewhere', short, 'license'),
        stated('position', 'license-included-machines', included, 'instance'),
      ],
      gate: [gateCheck('covers-other-use', null, CONTRACT_DECIDES)],
      risk: 'low',
      ownerMustValidate: true,
      steps: [
        {
          do: 'by-hand',
          ...scope,
          task: 'assign-entitlement',
          on: lineId(line),
          to: `${reassigned > 0 ? reassigned : spare}`,
        },
      ],
    }),
  ];
}

/** Machines with the same product and edition in their hourly price, where the rights reach them. */
function includedMachines(
  { product, edition }: TermsLine,
  accounts: readonly string[],
  { machines }: OptimizableEstate,
): number {
  return machines.filter(
    ({ scope, deployments }) =>
      (accounts.length === 0 || accounts.includes(scope.account)) &&
      deployments.some(
        (one) =>
          one.licensing === 'license-included' &&
          one.product === product &&
          (edition === null || one.edition === edition),
      ),
  ).length;
}
