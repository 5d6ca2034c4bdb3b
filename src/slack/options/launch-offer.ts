import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { InstanceType } from '#domain/estate/instance-type.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { LaunchTemplate } from '#domain/estate/launch-template.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import { freeLicenses } from '#domain/licenses/position.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { LaunchProfile } from '#domain/policy/policy-launches.ts';
import type { Scope } from '#domain/scope.ts';
import { groupOffer, type OfferedGroup } from '#slack/options/group-offer.ts';
import {
  byFamilyAndSize,
  instanceOffer,
  type OfferedInstance,
} from '#slack/options/instance-offer.ts';
import {
  type Asking,
  allowsPools,
  allowsTemplate,
  allowType,
  offeringProfiles,
} from '#slack/options/offering-profiles.ts';

/** What a form is for, and what its selects hold; `null` where nothing is chosen yet. */
export interface LaunchSelection extends Asking {
  readonly account: string | null;
  readonly region: string | null;
  /** `null`, too, where nothing is taken of one. */
  readonly pool: string | null;
  readonly launchTemplate: string | null;
  readonly instance: string | null;
}

/** What may be chosen beside a selection, in the order in which it is offered. */
export interface LaunchOffer {
  readonly accounts: readonly Policy['accounts'][number][];
  readonly regions: readonly string[];
  readonly pools: readonly PoolLedger[];
  readonly launchTemplates: readonly LaunchTemplate[];
  readonly hosts: readonly DedicatedHost[];
  readonly instances: readonly OfferedInstance[];
  readonly groups: readonly OfferedGroup[];
  readonly instanceTypes: readonly InstanceType[];
}

/** What offers are made from. */
export interface OfferSources {
  readonly policy: Policy;
  readonly pools: readonly PoolLedger[];
  /** The shard of an account and Region, or `null` before its first collection. */
  readonly shard: (scope: Scope) => Promise<InventoryShard | null>;
}

/**
 * What policy lets a person choose, given what is chosen already. Account, Region and template count
 * as the first that is offered while they are not chosen; without a pool every template is offered.
 */
export async function launchOffer(
  { policy, pools, shard }: OfferSources,
  selection: LaunchSelection,
): Promise<LaunchOffer> {
  const profilesIn = (account: string, region: string) =>
    offeringProfiles(policy, { account, region }, selection);
  const accounts = policy.accounts
    .filter(({ id, regions }) => regions.some((region) => profilesIn(id, region).length > 0))
    .toSorted((a, b) => byText(a.name, b.name));
  const account = accounts.find(({ id }) => id === selection.account) ?? accounts[0];
  const regions = (account?.regions ?? [])
    .filter((region) => profilesIn(account?.id ?? '', region).length > 0)
    .toSorted(byText);
  const region = regions.find((code) => code === selection.region) ?? regions[0];
  if (account === undefined || region === undefined) return { ...NOTHING, accounts, regions };

  const scope = { account: account.id, region };
  const inventory = await shard(scope);
  const here = pools.filter((ledger) => isThere(ledger, scope, inventory));
  const offer = {
    ...NOTHING,
    accounts,
    regions,
    pools: offeredPools({ policy, pools: here }, selection),
  };
  if (inventory === null) return offer;
  const profiles = profilesIn(scope.account, scope.region);
  switch (selection.operation) {
    case 'launch':
      return { ...offer, ...newInstances(inventory, profiles, offer.pools, selection) };
    case 'start':
    case 'resize':
      return { ...offer, ...instanceOffer(inventory, profiles, here, selection) };
    case 'scale':
      return { ...offer, groups: groupOffer(inventory, profiles, here) };
  }
}

function newInstances(
  inventory: InventoryShard,
  profiles: readonly LaunchProfile[],
  pools: readonly PoolLedger[],
  selection: LaunchSelection,
): Pick<LaunchOffer, 'launchTemplates' | 'instanceTypes' | 'hosts'> {
  const pool = pools.find(({ poolId }) => poolId === selection.pool);
  const ofPool = profiles.filter((profile) => pool === undefined || allowsPools(profile, [pool]));
  const launchTemplates = templatesOf(inventory, ofPool, pool);
  const template =
    launchTemplates.find(({ launchTemplateId }) => launchTemplateId === selection.launchTemplate) ??
    launchTemplates[0];
  const ofTemplate = ofPool.filter(
    (profile) => template !== undefined && allowsTemplate(profile, template),
  );
  const instanceTypes = typesOf(inventory, ofTemplate, template);
  const hosts = inventory.hosts.filter(({ state }) => state === 'available');
  return { launchTemplates, instanceTypes, hosts };
}

/** A configuration that was deleted leaves its ledger behind, for the audit; it is no pool any more. */
function isThere(
  { account, region, configurationArn }: PoolLedger,
  scope: Scope,
  inventory: InventoryShard | null,
): boolean {
  if (account !== scope.account || region !== scope.region) return false;
  return inventory?.configurations.some(({ arn }) => arn === configurationArn) ?? true;
}

/** Every pool that policy offers anywhere; those that can be drawn on now first, then by name. */
export function offeredPools(
  { policy, pools }: Omit<OfferSources, 'shard'>,
  asking: Asking,
): PoolLedger[] {
  return inOrder(
    pools.filter((pool) =>
      offeringProfiles(policy, pool, asking).some((profile) => allowsPools(profile, [pool])),
    ),
  );
}

const NOTHING: LaunchOffer = {
  accounts: [],
  regions: [],
  pools: [],
  launchTemplates: [],
  hosts: [],
  instances: [],
  groups: [],
  instanceTypes: [],
};

function inOrder(pools: readonly PoolLedger[]): PoolLedger[] {
  const now = new Date();
  return pools.toSorted(
    (a, b) =>
      Number(isSpent(a, now)) - Number(isSpent(b, now)) ||
      byText(a.name, b.name) ||
      byText(a.poolId, b.poolId),
  );
}

/** Disabled, expired or used up: offered last, because a launch would be refused or wait. */
function isSpent(pool: PoolLedger, now: Date): boolean {
  return (
    pool.status === 'DISABLED' ||
    (pool.expiresAt !== null && pool.expiresAt <= now) ||
    (freeLicenses(pool) ?? 1) <= 0
  );
}

/** Templates that can be launched come first, of these the ones that name the pool; then by name. */
function templatesOf(
  { launchTemplates, images }: InventoryShard,
  profiles: readonly LaunchProfile[],
  pool: PoolLedger | undefined,
): LaunchTemplate[] {
  const imageOf = ({ imageId }: LaunchTemplate) =>
    images.find((image) => image.imageId === imageId);
  const rank = (template: LaunchTemplate): number => {
    const image = imageOf(template);
    if (image === undefined || image.state !== 'available') return 2;
    const named = [...template.licenseConfigurationArns, ...image.licenseConfigurationArns];
    return pool === undefined || named.includes(pool.configurationArn) ? 0 : 1;
  };
  return launchTemplates
    .filter((template) => profiles.some((profile) => allowsTemplate(profile, template)))
    .toSorted((a, b) => rank(a) - rank(b) || byText(a.name, b.name));
}

/** Types that run the template's image: the template's own first, then by family and size. */
function typesOf(
  { instanceTypes, images }: InventoryShard,
  profiles: readonly LaunchProfile[],
  template: LaunchTemplate | undefined,
): InstanceType[] {
  const architecture = images.find(({ imageId }) => imageId === template?.imageId)?.architecture;
  const isOther = ({ name }: InstanceType) => Number(name !== template?.instanceType);
  return instanceTypes
    .filter(({ name }) => allowType(profiles, name))
    .filter((type) => architecture === undefined || type.architectures.includes(architecture))
    .toSorted((a, b) => isOther(a) - isOther(b) || byFamilyAndSize(a, b));
}

function byText(a: string, b: string): number {
  return a.localeCompare(b, 'en-US');
}
