import type { InstanceType } from '#domain/estate/instance-type.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { LaunchTemplate } from '#domain/estate/launch-template.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import { freeLicenses } from '#domain/licenses/position.ts';
import { matchesAny } from '#domain/pattern.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { LaunchProfile } from '#domain/policy/policy-launches.ts';
import type { Scope } from '#domain/scope.ts';
import { groupOffer, type OfferedGroup } from '#slack/options/group-offer.ts';
import {
  byFamilyAndSize,
  type InstanceSelection,
  instanceOffer,
  type OfferedInstance,
} from '#slack/options/instance-offer.ts';

/** What the form's selects hold; `null` where nothing is chosen yet. */
export interface LaunchSelection {
  readonly account: string | null;
  readonly region: string | null;
  readonly pool: string | null;
  readonly launchTemplate: string | null;
  /** An instance that is there already: then no template counts. */
  readonly instance: InstanceSelection | null;
}

/** What may be chosen beside a selection, in the order in which it is offered. */
export interface LaunchOffer {
  readonly accounts: readonly Policy['accounts'][number][];
  readonly regions: readonly string[];
  readonly pools: readonly PoolLedger[];
  readonly launchTemplates: readonly LaunchTemplate[];
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
  const accounts = policy.accounts
    .filter(({ id, regions }) =>
      regions.some((region) => profilesOf(policy, id, region).length > 0),
    )
    .toSorted((a, b) => byText(a.name, b.name));
  const account = accounts.find(({ id }) => id === selection.account) ?? accounts[0];
  const regions = (account?.regions ?? [])
    .filter((region) => profilesOf(policy, account?.id ?? '', region).length > 0)
    .toSorted(byText);
  const region = regions.find((code) => code === selection.region) ?? regions[0];
  if (account === undefined || region === undefined) return { ...NOTHING, accounts, regions };

  const scope = { account: account.id, region };
  const profiles = profilesOf(policy, scope.account, scope.region);
  const inventory = await shard(scope);
  const ofScope = offeredPools({
    policy,
    pools: pools.filter((ledger) => isThere(ledger, scope, inventory)),
  });
  const pool = ofScope.find(({ poolId }) => poolId === selection.pool);
  if (inventory === null) return { ...NOTHING, accounts, regions, pools: ofScope };
  if (selection.instance !== null) {
    const ofInstances = instanceOffer(inventory, profiles, ofScope, selection.instance);
    return { ...NOTHING, accounts, regions, pools: ofScope, ...ofInstances };
  }
  const ofPool = profiles.filter((profile) => pool === undefined || allowsPool(profile, pool));
  const launchTemplates = templatesOf(inventory, ofPool, pool);
  const template =
    launchTemplates.find(({ launchTemplateId }) => launchTemplateId === selection.launchTemplate) ??
    launchTemplates[0];
  const ofTemplate = ofPool.filter(
    (profile) => template !== undefined && allowsTemplate(profile, template),
  );
  const instanceTypes = typesOf(inventory, ofTemplate, template);
  const groups = groupOffer(inventory, profiles, ofScope);
  const offer = { accounts, regions, pools: ofScope, launchTemplates, instanceTypes };
  return { ...offer, instances: [], groups };
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
export function offeredPools({ policy, pools }: Omit<OfferSources, 'shard'>): PoolLedger[] {
  return inOrder(
    pools.filter((pool) =>
      profilesOf(policy, pool.account, pool.region).some((profile) => allowsPool(profile, pool)),
    ),
  );
}

const NOTHING: LaunchOffer = {
  accounts: [],
  regions: [],
  pools: [],
  launchTemplates: [],
  instances: [],
  groups: [],
  instanceTypes: [],
};

function profilesOf({ launchProfiles }: Policy, account: string, region: string): LaunchProfile[] {
  return launchProfiles.filter(
    ({ accounts, regions }) =>
      accounts.includes(account) && (regions === undefined || regions.includes(region)),
  );
}

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
    .filter(({ name }) => profiles.some((profile) => matchesAny(profile.instanceTypes, name)))
    .filter((type) => architecture === undefined || type.architectures.includes(architecture))
    .toSorted((a, b) => isOther(a) - isOther(b) || byFamilyAndSize(a, b));
}

function allowsPool({ pools }: LaunchProfile, { poolId, name }: PoolLedger): boolean {
  return matchesAny(pools, poolId, name);
}

function allowsTemplate({ launchTemplates }: LaunchProfile, { name }: LaunchTemplate): boolean {
  return matchesAny(launchTemplates, name);
}

function byText(a: string, b: string): number {
  return a.localeCompare(b, 'en-US');
}
