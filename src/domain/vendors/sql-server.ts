import type { Deployment } from '#domain/estate/deployment.ts';
import type { LicenseTerms } from '#domain/licenses/license-terms.ts';
import type { Requirement, RequirementRule } from '#domain/licenses/requirement.ts';
import { SQL_DEVELOPER } from '#domain/vendors/microsoft-rules.ts';
import { hostsOf, isBrought, vmsOf } from '#domain/vendors/microsoft-vms.ts';
import { sqlByCores } from '#domain/vendors/sql-server-cores.ts';
import { sqlByServers } from '#domain/vendors/sql-server-servers.ts';

const FREE_EDITIONS: ReadonlySet<string | null> = new Set(['developer', 'express']);

/**
 * A license for each active vCPU of a VM, at least 4; for each core of a server that is licensed as a
 * whole, at least 4 for each processor; or server licenses where the company owns those. Developer and
 * Express are free, and what the hourly price includes takes none.
 *
 * @see https://aws.amazon.com/windows/resources/licensemobility/sql/ (2019)
 */
export const sqlServerRequirement: RequirementRule = (deployments, terms) => {
  const paid = deployments.filter(
    (deployment) => isBrought(deployment) && !FREE_EDITIONS.has(deployment.edition),
  );
  const count = terms.metric === 'server' ? sqlByServers : sqlByCores;
  return [
    ...hostsOf(vmsOf(paid, ['web', 'standard', 'enterprise'])).flatMap((host) =>
      count(host, terms),
    ),
    ...developerInProduction(deployments, terms),
  ];
};

/** Free, but not for production, which is assumed where no tag says otherwise. */
function developerInProduction(
  deployments: readonly Deployment[],
  { metric }: LicenseTerms,
): readonly Requirement[] {
  const found = deployments.filter(
    ({ edition, environment }) => edition === 'developer' && environment !== 'non-production',
  );
  return vmsOf(found, []).map(({ on, deployments: installed }) => ({
    product: 'sql-server',
    edition: 'developer',
    metric: metric === 'server' ? 'server' : 'core',
    units: 0,
    on: [on],
    rule: SQL_DEVELOPER,
    alternatives: [],
    findings: [
      installed.some(({ environment }) => environment === 'production')
        ? {
            code: 'developer-in-production',
            severity: 'violation',
            text: 'SQL Server Developer runs in production.',
            rule: SQL_DEVELOPER,
          }
        : {
            code: 'developer-environment-unknown',
            severity: 'warning',
            text: 'SQL Server Developer runs where no tag says that it is not production.',
            rule: SQL_DEVELOPER,
          },
    ],
  }));
}
