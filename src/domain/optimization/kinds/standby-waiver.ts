import type { TermsRule } from '#domain/licenses/requirement.ts';
import type { EstateKind, Finding, OptimizableEstate } from '#domain/optimization/kind.ts';
import {
  gateCheck,
  mayPass,
  ruleEvidence,
  stated,
} from '#domain/optimization/kinds/evidence-items.ts';
import {
  activeVcpusOf,
  groupOf,
  includedEdition,
  includedSqlHourly,
  subjectOf,
} from '#domain/optimization/kinds/sql-servers.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { GateCheck, Step } from '#domain/optimization/recommendation.ts';
import { HOURS_PER_MONTH } from '#domain/optimization/setup-price.ts';
import { scopeKey } from '#domain/scope.ts';
import { usageOperation } from '#domain/software/usage-operation.ts';
import { releaseYear } from '#domain/vendors/microsoft-vms.ts';

export const SQL_HA_WAIVER: TermsRule = {
  id: 'aws/license-included/sql-ha-standby',
  text: 'AWS waives the SQL Server fee of a passive node: Windows Server 2019 or later, SQL Server 2017 or later, Standard or Enterprise in the hourly price, two nodes, nobody reads from the second, and the Systems Manager agent tells so.',
  source:
    'AWS blog, EC2 High Availability for SQL Server; API_EnableInstanceSqlHaStandbyDetections',
  asOf: '2026-02',
  confidence: 'primary',
};

/**
 * Passive nodes whose SQL Server fee AWS would waive if it were told to look: nothing of how they run
 * changes.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_EnableInstanceSqlHaStandbyDetections.html
 */
export const standbyWaiver: EstateKind = {
  kind: 'standby-waiver',
  find(estate) {
    const servers = estate.machines.filter((machine) => includedEdition(machine) !== null);
    const groups = Map.groupBy(servers, pairKey);
    return [...groups.values()].flatMap((group) =>
      group.filter(isPassive).flatMap((machine) => waiver(machine, group, estate)),
    );
  },
};

/** Nodes of one group with the same license; a machine without any group is alone. */
function pairKey(machine: Machine): string {
  const { scope, instance } = machine;
  const group = groupOf(machine) ?? instance.instanceId;
  return JSON.stringify([scopeKey(scope), group, includedEdition(machine)]);
}

function isPassive({ deployments }: Machine): boolean {
  const roles = deployments
    .filter(({ product }) => product === 'sql-server')
    .map(({ role }) => role);
  return roles.length > 0 && roles.every((role) => role === 'passive');
}

function isPrimary({ deployments }: Machine): boolean {
  return deployments.some(({ product, role }) => product === 'sql-server' && role === 'primary');
}

function waiver(
  machine: Machine,
  group: readonly Machine[],
  estate: OptimizableEstate,
): readonly Finding[] {
  const { scope, setup, evidence } = machine;
  const hourly = includedSqlHourly(machine);
  const windows = usageOperation(setup.usageOperation, '')?.windows === 'license-included';
  const known = evidence.sqlHa !== null || includedEdition(machine) === 'web';
  if (hourly === null || !windows || known || !setup.running) return [];
  const gate = checksOf(machine, group, estate);
  if (!mayPass(gate)) return [];
  const primaries = group.filter(isPrimary);
  const nodes = primaries.length === 1 ? [machine, ...primaries] : [machine];
  return [
    {
      kind: 'standby-waiver',
      ...scope,
      subjects: [subjectOf(machine)],
      change: null,
      savings: {
        monthly: { ...hourly, micros: hourly.micros * HOURS_PER_MONTH },
        basis: 'list',
        afterCommitments: null,
        licenses: [],
      },
      evidence: [
        stated('instances', 'replica-role', 'passive'),
        stated('instances', 'active-vcpus', activeVcpusOf(machine), 'vcpu'),
        ruleEvidence('standby-waiver', SQL_HA_WAIVER),
      ],
      gate,
      risk: 'none',
      effort: 'decision',
      downtime: false,
      ownerMustValidate: false,
      steps: nodes.map(enableStep),
      rollback: [],
      atMostBetter: null,
    },
  ];
}

/** Both nodes are looked at, so that AWS can tell which one serves. */
function enableStep({ scope, instance: { instanceId } }: Machine): Step {
  return { do: 'by-hand', ...scope, task: 'enable-standby-waiver', on: instanceId, to: null };
}

/** What AWS asks of a node; what nobody knows of it somebody has to say. */
function checksOf(
  machine: Machine,
  group: readonly Machine[],
  { shards }: OptimizableEstate,
): readonly GateCheck[] {
  const here = shards.find((shard) => scopeKey(shard) === scopeKey(machine.scope));
  const { instanceId } = machine.instance;
  const managed = here?.managedServers.some(({ id }) => id === instanceId) === true;
  const looked = here?.sources['sql-ha-states']?.state === 'read';
  const checks = [
    ['windows-2019', isFrom(machine, 'windows-server', 2019)],
    ['sql-server-2017', isFrom(machine, 'sql-server', 2017)],
    ['two-nodes', isPair(group)],
    ['systems-manager-agent', managed ? true : null],
    ['not-waived-yet', looked ? true : null],
  ] as const;
  return checks.map(([code, holds]) => gateCheck(code, holds, SQL_HA_WAIVER));
}

/** Whether every installation is of this year or later. */
function isFrom({ deployments }: Machine, product: string, least: number): boolean | null {
  const years = deployments
    .filter((deployment) => deployment.product === product)
    .map(({ version }) => releaseYear(version));
  if (years.some((year) => year !== null && year < least)) return false;
  return years.length === 0 || years.includes(null) ? null : true;
}

/** With one primary a second passive node is one too many; with several, who belongs to whom is not known. */
function isPair(group: readonly Machine[]): boolean | null {
  const primaries = group.filter(isPrimary).length;
  return primaries === 1 ? group.length === 2 : null;
}
