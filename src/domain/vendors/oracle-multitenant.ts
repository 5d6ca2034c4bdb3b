import type { Deployment } from '#domain/estate/deployment.ts';
import type { TermsFinding, TermsRule } from '#domain/licenses/requirement.ts';

export const MULTITENANT: TermsRule = {
  id: 'oracle/database/multitenant',
  text: 'From version 19c on three pluggable databases of your own need no Multitenant option, before it one; with the option Enterprise Edition takes 252, the Standard family never more than the free ones.',
  source:
    'ServiceNow Software Asset Management documentation, oracle-licensing-multitenant-architectures.md',
  asOf: '2026-09-10',
  confidence: 'secondary',
};

/** The most of one database instance of Enterprise Edition, option or not. */
const MOST = 252;

/** True when the pluggable databases that people made need the Multitenant option. */
export function needsMultitenant(deployment: Deployment): boolean {
  return !isStandard(deployment) && pluggableDatabases(deployment) > freeOnes(deployment);
}

/** Pluggable databases that have to go, whatever is owned. */
export function excessPluggableDatabases(deployment: Deployment): number {
  const most = isStandard(deployment) ? freeOnes(deployment) : MOST;
  return Math.max(0, pluggableDatabases(deployment) - most);
}

/** What is wrong with their number, if anything. */
export function multitenantFindings(deployment: Deployment): readonly TermsFinding[] {
  const excess = excessPluggableDatabases(deployment);
  if (excess === 0) return [];
  return [
    {
      code: 'too-many-pluggable-databases',
      severity: 'violation',
      text: `This database has more pluggable databases than its edition and version take: remove ${excess}.`,
      rule: MULTITENANT,
    },
  ];
}

function pluggableDatabases({ pluggableDatabases: count }: Deployment): number {
  return count ?? 0;
}

/** A version that cannot be read is taken for an old one. */
function freeOnes({ version }: Deployment): number {
  return Number.parseInt(version ?? '', 10) >= 19 ? 3 : 1;
}

function isStandard({ edition }: Deployment): boolean {
  return edition?.startsWith('standard') === true;
}
