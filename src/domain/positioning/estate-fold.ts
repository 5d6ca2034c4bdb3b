import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { CountGap } from '#domain/licenses/count-gap.ts';
import type { LicenseConfiguration } from '#domain/licenses/license-configuration.ts';
import { type PoolLedger, poolIdOf } from '#domain/licenses/license-pool.ts';
import type { Requirement } from '#domain/licenses/requirement.ts';
import { crossingHosts, splitByHosts } from '#domain/positioning/crossing-hosts.ts';
import { gapsIn } from '#domain/positioning/gaps/count-gaps.ts';
import {
  type AskedGroup,
  type ConfigurationCount,
  configurationCount,
} from '#domain/positioning/gaps/gap-question.ts';
import { holdPlanned } from '#domain/positioning/held-terms.ts';
import { type LicensePools, licensePools } from '#domain/positioning/license-pools.ts';
import { type ScopeHealth, shardHealth } from '#domain/positioning/missing-sources.ts';
import { plannedDeployments } from '#domain/positioning/planned-deployments.ts';
import { type PoolChoice, poolChoice } from '#domain/positioning/pool-choice.ts';
import type { Knowledge, PositionInput } from '#domain/positioning/position-input.ts';
import {
  type AskTerms,
  addToGroup,
  askTerms,
  groupsOf,
  type ProductGroup,
  type ProductGroups,
} from '#domain/positioning/product-groups.ts';
import { type ShardView, shardView } from '#domain/positioning/shard-view.ts';
import { cellWriter, type TermsCell } from '#domain/positioning/terms-cells.ts';
import {
  addOwners,
  addOwnersOfHolds,
  type OwnerFigures,
  type TrackedCell,
} from '#domain/positioning/tracked-cells.ts';
import { trackedFigures } from '#domain/positioning/tracked-figures.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { scopeKey } from '#domain/scope.ts';

/** An estate gone through: what slices are summed from, without its instances. */
export interface EstateFold {
  readonly pools: LicensePools;
  /** All that any shard shows, by ARN. */
  readonly configurations: ReadonlyMap<string, LicenseConfiguration>;
  readonly health: ReadonlyMap<string, ScopeHealth>;
  readonly cells: readonly TermsCell[];
  readonly tracked: readonly TrackedCell[];
  readonly owners: OwnerFigures;
  readonly gaps: readonly CountGap[];
}

/** What every shard is looked at with, and what grows in place while they are gone through. */
interface Folding {
  readonly knowledge: Knowledge;
  readonly input: PositionInput;
  readonly pools: LicensePools;
  readonly configurations: ReadonlyMap<string, LicenseConfiguration>;
  readonly imageConfigurations: ReadonlyMap<string, readonly string[]>;
  readonly ledgers: ReadonlyMap<string, PoolLedger>;
  /** Those that hold licenses, by account and Region. */
  readonly holding: ReadonlyMap<string, readonly LaunchRequest[]>;
  readonly requests: ReadonlyMap<string, LaunchRequest>;
  readonly choose: PoolChoice;
  readonly ask: AskTerms;
  readonly health: Map<string, ScopeHealth>;
  readonly cells: TermsCell[];
  /** What runs on hosts that several accounts share, until all accounts are read. */
  readonly crossing: ProductGroups;
  readonly tracked: TrackedCell[];
  readonly owners: OwnerFigures;
  readonly gaps: CountGap[];
}

/** Go through an estate shard by shard, keeping nothing of a shard but sums, findings and gaps. */
export function foldEstate(knowledge: Knowledge, input: PositionInput): EstateFold {
  const folding = beginFold(knowledge, input);
  for (const shard of input.shards) addShard(folding, shard);
  addDeclared(folding);
  for (const group of folding.crossing.values()) {
    addRequirements(folding, group, folding.ask(group, group.deployments));
  }
  return folding;
}

function addRequirements(
  { cells }: Pick<Folding, 'cells'>,
  group: ProductGroup,
  requirements: readonly Requirement[],
): void {
  const writer = cellWriter(cells, group);
  for (const requirement of requirements) writer.add(requirement);
}

function beginFold(knowledge: Knowledge, input: PositionInput): Folding {
  const configurations = new Map<string, LicenseConfiguration>();
  const imageConfigurations = new Map<string, readonly string[]>();
  for (const shard of input.shards) {
    for (const configuration of shard.configurations) {
      const own = configuration.account === shard.account;
      if (own || !configurations.has(configuration.arn)) {
        configurations.set(configuration.arn, configuration);
      }
    }
    addImages(imageConfigurations, shard);
  }
  const { ledgers, openRequests, register, now } = input;
  const pools = licensePools([...configurations.values()], register.entitlements, now);
  const holders = new Set(ledgers.flatMap(({ holds }) => holds.flatMap((hold) => hold.requestIds)));
  return {
    knowledge,
    input,
    pools,
    configurations,
    imageConfigurations,
    ledgers: new Map(ledgers.map((ledger) => [ledger.poolId, ledger])),
    holding: Map.groupBy(
      openRequests.filter(({ id }) => holders.has(id)),
      ({ plan }) => scopeKey(plan),
    ),
    requests: new Map(openRequests.map((request) => [request.id, request])),
    choose: poolChoice(pools, now),
    ask: askTerms(knowledge.terms, now),
    health: new Map(),
    cells: [],
    crossing: new Map(),
    tracked: [],
    owners: new Map(),
    gaps: [],
  };
}

/** License configurations of AMIs, by the AMI's own word and by the list of associations. */
function addImages(images: Map<string, readonly string[]>, shard: InventoryShard): void {
  const add = (imageId: string, arns: readonly string[]) => {
    const known = images.get(imageId) ?? [];
    if (arns.length > 0) images.set(imageId, [...new Set([...known, ...arns])].toSorted());
  };
  for (const { imageId, licenseConfigurationArns } of shard.images) {
    add(imageId, licenseConfigurationArns);
  }
  for (const { resourceType, resourceArn, configurationArn } of shard.associations) {
    if (resourceType === 'EC2_AMI') add(resourceArn.replace(/^.*\//, ''), [configurationArn]);
  }
}

function addShard(folding: Folding, shard: InventoryShard): void {
  const { knowledge, input, pools, configurations } = folding;
  const { now, oldAfterMs, settings } = input;
  folding.health.set(scopeKey(shard), shardHealth(shard, now, oldAfterMs));
  const estate = { pools, configurations, catalog: knowledge.catalog };
  const view = shardView(shard, knowledge.deploymentsOf(shard), estate);
  const groups = groupsOf(view, folding.choose);
  const asked = askedGroups(folding, view, groups);
  addPlanned(folding, view, groups);

  const counts = new Map(
    shard.configurations.map((one) => [one.arn, configurationCount(shard, one)] as const),
  );
  for (const counted of counts.values()) addTracked(folding, view, counted);
  const { imageConfigurations } = folding;
  const context = { view, groups: asked, counts, pools, imageConfigurations, settings, now };
  for (const gap of gapsIn(context)) folding.gaps.push(gap);
}

/** Ask about every group; what runs on hosts that cross accounts is added when all are known. */
function askedGroups(
  folding: Folding,
  view: ShardView,
  groups: ProductGroups,
): readonly AskedGroup[] {
  const { ask, crossing, knowledge } = folding;
  const hosts = crossingHosts(view);
  return [...groups.values()].map((group) => {
    const requirements = ask(group, group.deployments);
    const [inside, outside] = splitByHosts(group, hosts);
    const settled = outside.length === 0 ? requirements : ask(group, inside);
    addRequirements(folding, group, settled);
    for (const deployment of outside) {
      const arns = group.configurationArns.get(deployment.on.id) ?? [];
      addToGroup(crossing, deployment, group.pool, arns);
    }
    return { group, requirements, hasRule: knowledge.terms.has(group.product) };
  });
}

function addPlanned(folding: Folding, view: ShardView, groups: ProductGroups): void {
  const { holding, input, cells, choose, ask } = folding;
  const requests = holding.get(scopeKey(view.shard)) ?? [];
  const planned = requests.flatMap((request) => plannedDeployments(request, view, input.settings));
  holdPlanned(cells, groups, planned, choose, ask);
}

/** A configuration that another account shares is counted there. */
function addTracked(
  { ledgers, requests, tracked, owners, input }: Folding,
  view: ShardView,
  { configuration, count }: ConfigurationCount,
): void {
  if (configuration.account !== view.shard.account) return;
  const { ownerTag } = input.settings;
  const ledger = ledgers.get(poolIdOf(configuration));
  const counted = count.resources.reduce((sum, { licenses }) => sum + licenses, 0);
  const { shard, products } = view;
  tracked.push({
    configuration,
    figures: trackedFigures(shard, configuration, counted, ledger, input.openRequests),
    products: products(configuration.arn),
  });
  addOwners(owners, view, configuration, count, ownerTag);
  if (ledger !== undefined) addOwnersOfHolds(owners, ledger, requests, ownerTag);
}

/** Servers outside AWS are of no account and Region; their entitlements are those for all accounts. */
function addDeclared(folding: Folding): void {
  const { knowledge, input, choose, ask } = folding;
  const groups: ProductGroups = new Map();
  for (const deployment of knowledge.declaredDeployments(input.register.servers)) {
    const { product, edition, on } = deployment;
    const pool = choose({ product, edition, account: on.account, configurationArns: [] });
    addToGroup(groups, deployment, pool, []);
  }
  for (const group of groups.values()) {
    addRequirements(folding, group, ask(group, group.deployments));
  }
}
