import type { SourceNote } from '#domain/estate/inventory.ts';
import type { LicenseAssetGroup } from '#domain/estate/organization.ts';
import type {
  OrganizationView,
  UncollectedConfiguration,
} from '#domain/estate/organization-view.ts';
import { HOUR_MS } from '#domain/instant.ts';
import { AccountId, Region, type Scope, scopeKey } from '#domain/scope.ts';
import type { AccountDirectory, FailureOf, OrganizationLicenses } from '#ports/inventory-source.ts';
import type { OrganizationKeeper, Snapshots } from '#ports/snapshots.ts';

export interface OrganizationPorts {
  readonly directory: AccountDirectory;
  readonly organizationLicenses: OrganizationLicenses;
  readonly snapshots: Pick<Snapshots, 'organization'> & OrganizationKeeper;
  readonly failureOf: FailureOf;
  /** The account and Region that this runs in, the organization's management or delegated account. */
  readonly hub: Scope;
  readonly now: () => Date;
}

/** Accounts come and go by the day; whoever is new is collected within the hour. */
const LOOK_EVERY_MS = HOUR_MS;

const NEVER: SourceNote = { asOf: null, error: null, state: 'read' };
/** License Manager is not linked with Organizations: AWS's word for the setting. */
const OFF = { state: 'off', error: 'EnableIntegration' } as const;

const NOTHING_SEEN: OrganizationView = {
  accounts: [],
  uncollected: [],
  notes: { accounts: NEVER, licenses: NEVER },
};

/**
 * Which accounts the organization has, and which license configurations License Manager shows in places
 * where nobody looks. Kept for answers; read again after an hour. What cannot be read keeps what it
 * had and says so.
 *
 * @param expected the accounts and Regions that are collected, given the organization's accounts
 */
export async function lookAtOrganization(
  ports: OrganizationPorts,
  expected: (view: OrganizationView) => readonly Scope[],
): Promise<OrganizationView> {
  const before = (await ports.snapshots.organization()) ?? NOTHING_SEEN;
  const now = ports.now();
  if (isFresh(before.notes.accounts, now)) return before;
  const accounts = await attempt(ports, before.notes.accounts, before.accounts, () =>
    ports.directory.accounts(ports.hub),
  );
  const listed = {
    ...before,
    accounts: accounts.value,
    notes: { ...before.notes, accounts: accounts.note },
  };
  const collected = expected(listed);
  const uncollected = await attempt(ports, before.notes.licenses, before.uncollected, () =>
    findUncollected(ports, collected),
  );
  const view = {
    accounts: accounts.value,
    uncollected: uncollected.value ?? [],
    notes: {
      accounts: accounts.note,
      licenses: uncollected.value === null ? { ...uncollected.note, ...OFF } : uncollected.note,
    },
  };
  await ports.snapshots.keepOrganization(view);
  return view;
}

/** A time to come is none: some clock went wrong. */
function isFresh({ asOf, state }: SourceNote, now: Date): boolean {
  if (state !== 'read' || asOf === null) return false;
  const age = now.getTime() - asOf.getTime();
  return age >= 0 && age < LOOK_EVERY_MS;
}

async function attempt<T>(
  { now, failureOf }: OrganizationPorts,
  before: SourceNote,
  old: T,
  read: () => Promise<T>,
): Promise<{ readonly value: T; readonly note: SourceNote }> {
  const asOf = now();
  try {
    return { value: await read(), note: { asOf, error: null, state: 'read' } };
  } catch (error) {
    const failure = failureOf(error);
    const state = failure.state === 'throttled' ? 'failed' : failure.state;
    return { value: old, note: { asOf: before.asOf, error: failure.error, state, triedAt: asOf } };
  }
}

/**
 * From every Region where somebody looks, and those that License Manager itself brings together.
 * `null` where it does not look at the organization.
 */
async function findUncollected(
  { hub, organizationLicenses }: OrganizationPorts,
  collected: readonly Scope[],
): Promise<readonly UncollectedConfiguration[] | null> {
  const { organization, homeRegion, sourceRegions } = await organizationLicenses.discovery(hub);
  if (!organization) return null;
  const regions = new Set([
    ...collected.map(({ region }) => region),
    ...(homeRegion === null ? [] : [homeRegion]),
    ...sourceRegions,
  ]);
  const everywhere = <T>(list: (scope: Scope) => Promise<readonly T[]>) =>
    Promise.all([...regions].map((region) => list({ account: hub.account, region })));
  const [groups, configurations] = await Promise.all([
    everywhere((scope) => organizationLicenses.assetGroups(scope)),
    everywhere((scope) => organizationLicenses.organizationConfigurations(scope)),
  ]);
  // Those with a name come last, in place of those of which a group shows only the ARN.
  const seen = [...groups.flat().flatMap(configurationsIn), ...configurations.flat()];
  const known = new Set(collected.map(scopeKey));
  const missed = seen
    .filter((configuration) => !known.has(scopeKey(configuration)))
    .map(({ arn, account, region, name }) => [arn, { arn, account, region, name }] as const);
  return [...new Map(missed).values()];
}

/** `arn:aws:license-manager:<region>:<account>:license-configuration:lic-…` among a group's assets. */
function configurationsIn({ assets }: LicenseAssetGroup): readonly UncollectedConfiguration[] {
  return assets.flatMap((arn) => {
    const [, , , region, account, kind] = arn.split(':');
    const place = { region: Region.safeParse(region), account: AccountId.safeParse(account) };
    if (kind !== 'license-configuration' || !place.region.success || !place.account.success) {
      return [];
    }
    return [{ arn, account: place.account.data, region: place.region.data, name: null }];
  });
}
