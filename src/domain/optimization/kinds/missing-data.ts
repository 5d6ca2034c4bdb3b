import {
  EvidenceSource,
  type InventoryShard,
  type InventorySource,
  type SourceNote,
} from '#domain/estate/inventory.ts';
import type { EstateKind, Finding, OptimizableEstate } from '#domain/optimization/kind.ts';
import { type Gap, gapFinding } from '#domain/optimization/kinds/data-gap.ts';
import { machineGaps } from '#domain/optimization/kinds/machine-gaps.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { RecommendationKind } from '#domain/optimization/recommendation.ts';
import { type Scope, scopeKey } from '#domain/scope.ts';

/** What is not known, what to enable, and what one would see then: once for each source in an account and Region. */
export const missingData: EstateKind = {
  kind: 'missing-data',
  find(estate) {
    const machines = Map.groupBy(estate.machines, ({ scope }) => scopeKey(scope));
    return [
      ...positionGaps(estate),
      ...payerGaps(estate),
      ...estate.shards.flatMap((shard) => {
        const own = machines.get(scopeKey(shard)) ?? [];
        return [...evidenceGaps(shard, own), ...machineGaps(shard, own)];
      }),
    ];
  },
};

/** What each source is for; nothing for those that positions alone are made of. */
const SHOWS: Readonly<Record<InventorySource, readonly RecommendationKind[]>> = {
  'license-configurations': ['host-recovery-blocked', 'expiring-agreement'],
  'license-usage': ['host-recovery-blocked'],
  instances: ['consolidate-hosts', 'optimize-cpus', 'rightsize', 'idle'],
  'instance-types': ['consolidate-hosts', 'optimize-cpus', 'rightsize', 'change-family'],
  hosts: ['consolidate-hosts', 'release-host', 'refill-host', 'included-on-host'],
  images: ['included-to-byol'],
  'launch-templates': [],
  'auto-scaling-groups': [],
  'managed-servers': ['downgrade-edition', 'developer-edition', 'shortfall'],
  'license-associations': ['cpu-options-lost'],
  databases: ['shortfall'],
  containers: ['shortfall'],
  'linux-subscriptions': ['shortfall'],
  'user-subscriptions': [],
  'received-licenses': [],
  'usage-trends': [],
  prices: ['consolidate-hosts', 'rightsize', 'byol-to-included', 'included-to-byol'],
  utilization: ['rightsize', 'optimize-cpus', 'change-family', 'idle'],
  'compute-optimizer': ['rightsize', 'downgrade-edition'],
  'sql-ha-states': ['standby-waiver'],
  'host-reservations': ['release-host', 'consolidate-hosts'],
  'cost-explorer': ['byol-to-included', 'included-to-byol'],
  'cost-optimization-hub': ['rightsize', 'idle'],
  rightsizing: ['rightsize', 'idle'],
};

/** What switches a source on, in AWS's words. */
const ENABLES: ReadonlyMap<InventorySource, string> = new Map([
  ['managed-servers', 'AWS-GatherSoftwareInventory'],
  ['compute-optimizer', 'compute-optimizer:UpdateEnrollmentStatus'],
  ['sql-ha-states', 'ec2:EnableInstanceSqlHaStandbyDetections'],
  ['cost-explorer', 'Cost Explorer'],
  ['rightsizing', 'Cost Explorer rightsizing recommendations'],
  ['cost-optimization-hub', 'cost-optimization-hub:UpdateEnrollmentStatus'],
]);

/** Read in one account for all that it pays for. */
const OF_PAYER: ReadonlySet<EvidenceSource> = new Set([
  'cost-explorer',
  'rightsizing',
  'cost-optimization-hub',
]);

/** Figures that are old come again by themselves. An account that lets nobody in lacks every source. */
function positionGaps({ position }: OptimizableEstate): readonly Finding[] {
  return position.missing.flatMap(({ account, region, source, state, error }) => {
    if (state === 'old') return [];
    if (source === null) {
      const shows = [...new Set(Object.values(SHOWS).flat())];
      const gap = { source: 'account', state, error, enable: null, shows, machines: [] };
      return [gapFinding({ account, region }, gap)];
    }
    return sourceGap({ account, region }, source, state, error);
  });
}

function payerGaps({ shards }: OptimizableEstate): readonly Finding[] {
  const [first] = shards;
  if (first === undefined) return [];
  return [...OF_PAYER]
    .filter((source) => shards.every(({ sources }) => sources[source] === undefined))
    .flatMap((source) => sourceGap(first, source, 'never', null));
}

/** Where licensed machines run. What the payer's account does not have at all is said once. */
function evidenceGaps(shard: InventoryShard, machines: readonly Machine[]): readonly Finding[] {
  return EvidenceSource.options.flatMap((source) => {
    const note = shard.sources[source];
    const state = stateOf(note);
    const isSaid = OF_PAYER.has(source) ? state === 'never' : !matters(source, shard, machines);
    return state === null || isSaid ? [] : sourceGap(shard, source, state, note?.error ?? null);
  });
}

function stateOf(note: SourceNote | undefined): Gap['state'] | null {
  if (note === undefined) return 'never';
  if (note.state !== 'read') return note.state;
  return note.error === null ? null : 'failed';
}

function matters(
  source: EvidenceSource,
  { hosts }: InventoryShard,
  machines: readonly Machine[],
): boolean {
  return source === 'host-reservations' ? hosts.length > 0 : machines.length > 0;
}

function sourceGap(
  scope: Scope,
  source: InventorySource,
  state: Gap['state'],
  error: string | null,
): readonly Finding[] {
  const shows = SHOWS[source];
  const enable = state === 'off' || state === 'never' ? (ENABLES.get(source) ?? null) : null;
  return shows.length === 0
    ? []
    : [gapFinding(scope, { source, state, error, enable, shows, machines: [] })];
}
