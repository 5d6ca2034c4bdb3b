import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { PublishedPolicy } from '#domain/policy/policy.ts';
import { scopeKey } from '#domain/scope.ts';
import type { Policies } from '#ports/policies.ts';
import type { PoolList, Snapshots } from '#ports/snapshots.ts';
import {
  type LaunchOffer,
  type LaunchSelection,
  launchOffer,
  type OfferSources,
  offeredPools,
} from '#slack/options/launch-offer.ts';
import type { Asking } from '#slack/options/offering-profiles.ts';

const FRESH_MS = 10_000;

/** Policy and inventory for the form, at most ten seconds old. */
export interface Offers {
  /** What may be chosen; `null` while no policy is published. `fresh` reads everything anew. */
  offer(
    selection: LaunchSelection,
    options?: { readonly fresh: boolean },
  ): Promise<LaunchOffer | null>;
  /** Every pool that may be chosen somewhere, in the order of `offeredPools`. */
  pools(asking: Asking): Promise<readonly PoolLedger[]>;
}

/** Where the form's choices come from. */
export interface OfferPorts {
  readonly policies: Pick<Policies, 'current'>;
  readonly snapshots: Pick<Snapshots, 'shard'>;
  readonly pools: PoolList;
}

/** Reads the ports, and remembers what they said: a select asks at every key that is pressed. */
export function offersFrom(ports: OfferPorts): Offers {
  const policy = remembered<PublishedPolicy | null>();
  const pools = remembered<OfferSources['pools']>();
  const shard = remembered<Awaited<ReturnType<OfferSources['shard']>>>();

  async function sources(): Promise<OfferSources | null> {
    const [published, ledgers] = await Promise.all([
      policy.get('current', () => ports.policies.current()),
      pools.get('all', () => ports.pools.pools()),
    ]);
    if (published === null) return null;
    return {
      policy: published.policy,
      pools: ledgers,
      shard: (scope) => shard.get(scopeKey(scope), () => ports.snapshots.shard(scope)),
    };
  }

  return {
    async offer(selection, { fresh } = { fresh: false }) {
      if (fresh) for (const { forget } of [policy, pools, shard]) forget();
      const known = await sources();
      return known === null ? null : launchOffer(known, selection);
    },
    async pools(asking) {
      const known = await sources();
      return known === null ? [] : offeredPools(known, asking);
    },
  };
}

interface Remembered<Value> {
  get(key: string, read: () => Promise<Value>): Promise<Value>;
  forget(): void;
}

/** Remembers values by key for ten seconds; a failed read is not remembered. */
function remembered<Value>(): Remembered<Value> {
  const known = new Map<string, { readonly value: Promise<Value>; readonly until: number }>();
  return {
    get(key, read) {
      const hit = known.get(key);
      if (hit !== undefined && Date.now() < hit.until) return hit.value;
      const value = read();
      known.set(key, { value, until: Date.now() + FRESH_MS });
      value.catch(() => known.delete(key));
      return value;
    },
    forget: () => known.clear(),
  };
}
