import type { Deployment } from '#domain/estate/deployment.ts';
import type { Entitlement } from '#domain/licenses/entitlement.ts';
import type { LicenseTerms } from '#domain/licenses/license-terms.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import { byolEligibility } from '#domain/vendors/byol-eligibility.ts';

/** How many machines may use these rights only as long as they are maintained. */
export function machinesWithoutMobility(
  entitlement: Entitlement,
  machines: readonly Machine[],
): number {
  const maintained = termsWith(entitlement, true);
  const ended = termsWith(entitlement, false);
  const needsMaintenance = (deployment: Deployment) =>
    isFor(entitlement, deployment) &&
    byolEligibility(deployment, maintained).allowed === true &&
    byolEligibility(deployment, ended).allowed !== true;
  return machines.filter(({ deployments }) => deployments.some(needsMaintenance)).length;
}

function isFor({ product, edition, accounts }: Entitlement, deployment: Deployment): boolean {
  return (
    deployment.licensing === 'byol' &&
    deployment.product === product &&
    (edition === null || deployment.edition === edition) &&
    (accounts.length === 0 || accounts.includes(deployment.on.account))
  );
}

function termsWith(
  { kind, purchasedOn, program, metric, switches }: Entitlement,
  softwareAssurance: boolean,
): LicenseTerms {
  return {
    softwareAssurance,
    subscription: kind === 'subscription',
    purchasedOn,
    program,
    metric,
    switches,
  };
}
