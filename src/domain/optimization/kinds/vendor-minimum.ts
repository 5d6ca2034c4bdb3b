import type { Entitlement } from '#domain/licenses/entitlement.ts';
import type { EstateKind, Finding, OptimizableEstate } from '#domain/optimization/kind.ts';
import { ruleEvidence, stated } from '#domain/optimization/kinds/evidence-items.ts';
import { paidSqlServer } from '#domain/optimization/kinds/license-needs.ts';
import { isReplica } from '#domain/optimization/kinds/load.ts';
import {
  activeVcpusOf,
  includedSqlHourly,
  subjectOf,
} from '#domain/optimization/kinds/sql-servers.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { Savings, Step } from '#domain/optimization/recommendation.ts';
import { HOURS_PER_MONTH } from '#domain/optimization/setup-price.ts';
import { SQL_BY_VM } from '#domain/vendors/microsoft-rules.ts';

/** vCPUs that each VM with SQL Server pays for at least. */
const LEAST = 4;

/** A machine with fewer vCPUs than it pays for, and what it has to have in common with another one. */
interface Small {
  readonly machine: Machine;
  readonly vcpus: number;
  readonly edition: string;
  readonly like: string;
}

/** Never empty. */
type Group = readonly [Small, ...Small[]];

/**
 * Machines with 1 or 2 vCPUs of SQL Server each pay for 4: together on one machine they pay for what they
 * use. Only what is alike (place, environment, edition, payment) is put together, 4 vCPUs at a time.
 *
 * @see https://aws.amazon.com/windows/resources/licensemobility/sql/
 */
export const vendorMinimum: EstateKind = {
  kind: 'vendor-minimum',
  find(estate) {
    const small = estate.machines.flatMap((machine) => smallSqlServer(machine, estate));
    const alike = Map.groupBy(small, ({ like }) => like);
    return [...alike.values()].flatMap((some) => together(some).map(merged));
  },
};

function smallSqlServer(machine: Machine, { entitlements }: OptimizableEstate): readonly Small[] {
  const { scope, instance, setup, environment } = machine;
  const sql = paidSqlServer(setup);
  const vcpus = activeVcpusOf(machine);
  if (sql === null || sql.edition === null || !setup.running || isReplica(machine)) return [];
  if (vcpus >= LEAST - 1 || sql.licensing === 'marketplace') return [];
  if (sql.licensing !== 'license-included' && isOwnedByServer(sql.edition, entitlements)) return [];
  const { availabilityZone, tenancy } = instance;
  const { usageOperation } = setup;
  const like = [scope.account, scope.region, availabilityZone, tenancy, usageOperation];
  return [
    {
      machine,
      vcpus,
      edition: sql.edition,
      like: JSON.stringify([...like, environment, sql.edition, sql.licensing]),
    },
  ];
}

/** Server licenses have no least size. */
function isOwnedByServer(edition: string, entitlements: readonly Entitlement[]): boolean {
  const owned = entitlements.filter(
    (one) => one.product === 'sql-server' && (one.edition === null || one.edition === edition),
  );
  return owned.length > 0 && owned.every(({ metric }) => metric === 'server');
}

/** Machines that fill one least size together; one alone has nothing to gain. */
function together(alike: readonly Small[]): readonly Group[] {
  const groups: [Small, ...Small[]][] = [];
  for (const small of alike.toSorted((a, b) => b.vcpus - a.vcpus)) {
    const room = groups.find((group) => vcpusOf(group) + small.vcpus <= LEAST);
    if (room === undefined) groups.push([small]);
    else room.push(small);
  }
  return groups.filter(({ length }) => length > 1);
}

function vcpusOf(group: readonly Small[]): number {
  return group.reduce((sum, { vcpus }) => sum + vcpus, 0);
}

/** The first takes in the others. */
function merged([first, ...others]: Group): Finding {
  const { scope, instance } = first.machine;
  const into = instance.instanceId;
  return {
    kind: 'vendor-minimum',
    ...scope,
    subjects: [first, ...others].map(({ machine }) => subjectOf(machine)),
    change: null,
    savings: savingsOf(first, others.length),
    evidence: [
      stated('instances', 'active-vcpus', vcpusOf([first, ...others]), 'vcpu'),
      stated('position', 'vcpus-paid', LEAST * (1 + others.length), 'vcpu'),
      ruleEvidence('vendor-minimum', SQL_BY_VM),
    ],
    gate: [],
    risk: 'high',
    effort: 'project',
    downtime: true,
    ownerMustValidate: true,
    steps: others.flatMap(({ machine }) => mergeSteps(machine, into)),
    rollback: others.map(({ machine }) => ({
      do: 'start',
      ...machine.scope,
      instanceId: machine.instance.instanceId,
    })),
    atMostBetter: null,
  };
}

function mergeSteps({ scope, instance: { instanceId } }: Machine, into: string): readonly Step[] {
  return [
    { do: 'by-hand', ...scope, task: 'merge-instances', on: instanceId, to: into },
    { do: 'stop', ...scope, instanceId },
  ];
}

/** Each machine that ends no longer takes its least size; what it costs beside is not counted. */
function savingsOf({ machine, edition }: Small, ended: number): Savings {
  const saved = { afterCommitments: null };
  const included = includedSqlHourly(machine);
  if (included !== null) {
    const micros = included.micros * HOURS_PER_MONTH * ended;
    return { ...saved, monthly: { ...included, micros }, basis: 'list', licenses: [] };
  }
  const product = 'sql-server';
  const licenses = [{ product, edition, metric: 'core' as const, units: LEAST * ended }];
  return { ...saved, monthly: null, basis: 'unknown', licenses };
}
