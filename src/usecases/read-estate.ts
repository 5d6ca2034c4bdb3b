import type { InventoryShard } from '#domain/estate/inventory.ts';
import { DEFAULT_SETTINGS } from '#domain/estate/licensing-settings.ts';
import { HOUR_MS } from '#domain/instant.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import { EMPTY_REGISTER } from '#domain/licenses/license-register.ts';
import type { PublishedPolicy } from '#domain/policy/policy.ts';
import type { PositionInput } from '#domain/positioning/position-input.ts';
import { scopeKey } from '#domain/scope.ts';
import type { LicenseRegisters } from '#ports/license-registers.ts';
import type { Policies } from '#ports/policies.ts';
import type { RequestList } from '#ports/request-list.ts';
import type { PoolList, Snapshots } from '#ports/snapshots.ts';
import { scopesOf } from '#usecases/scopes.ts';

export interface EstatePorts {
  readonly pools: PoolList;
  readonly snapshots: Snapshots;
  readonly policies: Policies;
  readonly registers: LicenseRegisters;
  readonly requests: Pick<RequestList, 'open'>;
  readonly now: () => Date;
}

/** Everything that was collected and imported, and the policy that it is looked at by. */
export interface KnownEstate extends PositionInput {
  readonly shards: readonly InventoryShard[];
  readonly published: PublishedPolicy | null;
}

/** Until a policy says otherwise. */
const OLD_AFTER_MS = HOUR_MS;

/** Requests that may hold licenses. */
const HOLDING = ['pending', 'approved', 'launching', 'launched', 'unknown'] as const;

/** Read all that a position is made of, at one moment as near as may be. */
export async function readEstate(ports: EstatePorts): Promise<KnownEstate> {
  const [ledgers, shards, organization, published, imported, openRequests] = await Promise.all([
    ports.pools.pools(),
    ports.snapshots.shards(),
    ports.snapshots.organization(),
    ports.policies.current(),
    ports.registers.current(),
    ports.requests.open(HOLDING),
  ]);
  const known = new Map(shards.map((shard) => [scopeKey(shard), shard]));
  const policy = published?.policy;
  return {
    shards,
    ledgers: ledgers.filter((ledger) => isTracked(ledger, known)),
    openRequests,
    published,
    register: imported?.register ?? EMPTY_REGISTER,
    settings: policy?.licensing ?? DEFAULT_SETTINGS,
    // Where License Manager's view of the organization shows licenses, somebody should look.
    expectedScopes: [
      ...scopesOf(published, [], organization),
      ...(organization?.uncollected ?? []).map(({ account, region }) => ({ account, region })),
    ],
    accountNames: new Map([
      ...(organization?.accounts ?? []).map(({ account, name }) => [account, name] as const),
      ...(policy?.accounts ?? []).map(({ id, name }) => [id, name] as const),
    ]),
    oldAfterMs: policy?.thresholds.figuresOldAfter ?? OLD_AFTER_MS,
    now: ports.now(),
  };
}

/** A configuration that was deleted leaves its ledger behind, for the audit; it is no pool any more. */
function isTracked(ledger: PoolLedger, known: ReadonlyMap<string, InventoryShard>): boolean {
  const shard = known.get(scopeKey(ledger));
  return (
    shard === undefined || shard.configurations.some(({ arn }) => arn === ledger.configurationArn)
  );
}
