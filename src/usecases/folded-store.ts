import type { Change } from '#domain/change.ts';
import type { PoolId, PoolLedger } from '#domain/license-pool.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import { readOnce } from '#usecases/read-once.ts';

/** A store whose commits are kept for one transaction, and are read as if they were written. */
export interface FoldedStore extends DecisionStore {
  /** What was committed, in order. */
  changes(): readonly Change[];
}

/** A read of one thing, once. */
const once = <Value>(read: (name: string) => Promise<Value>) => readOnce(read, (name) => name);

/** Lay commits over a store: reads see them first, and reach the store once for each thing. */
export function foldedStore(store: DecisionStore): FoldedStore {
  const changes: Change[] = [];
  const request = once(store.request);
  const quota = once(store.quota);
  const followUp = once(store.followUp);
  const trail = once(store.auditTrail);
  const head = once(store.auditHead);
  const trailsRead = new Set<string>();
  const readLedgers = ledgersOnce(store);
  const written = (stream: string) =>
    changes.flatMap(({ audit }) => audit.filter((entry) => entry.stream === stream));

  return {
    changes: () => changes,

    async request(id) {
      return (
        newest(changes, (change) => only(change.request, (one) => one.id === id)) ?? request(id)
      );
    },
    async ledgers(poolIds) {
      const stored = await readLedgers([...new Set(poolIds)]);
      return [...new Set(poolIds)].flatMap(
        (poolId) =>
          newest(changes, ({ ledgers }) => ledgers.find((ledger) => ledger.poolId === poolId)) ??
          stored.find((ledger) => ledger.poolId === poolId) ??
          [],
      );
    },
    async quota(personId) {
      const own = newest(changes, ({ quotas }) => quotas.find((one) => one.personId === personId));
      return own ?? quota(personId);
    },
    async followUp(id) {
      return (
        newest(changes, ({ followUps }) => followUps?.find((one) => one.id === id)) ?? followUp(id)
      );
    },
    async auditHead(stream) {
      const own = written(stream).at(-1);
      if (own !== undefined) return own;
      return trailsRead.has(stream) ? ((await trail(stream)).at(-1) ?? null) : head(stream);
    },
    async auditTrail(stream) {
      trailsRead.add(stream);
      return [...(await trail(stream)), ...written(stream)];
    },

    commit: async (change) => void changes.push(change),
    commitAll: async (more) => void changes.push(...more),
  };
}

/** The last of what changes say of one thing. */
function newest<Value>(
  changes: readonly Change[],
  pick: (change: Change) => Value | undefined,
): Value | undefined {
  return changes.map(pick).findLast((value) => value !== undefined);
}

function only<Value>(value: Value | null, fits: (value: Value) => boolean): Value | undefined {
  return value !== null && fits(value) ? value : undefined;
}

/** Several ledgers are one read; each is read once. */
function ledgersOnce(store: DecisionStore) {
  const known = new Map<PoolId, Promise<PoolLedger | undefined>>();
  return async (poolIds: readonly PoolId[]): Promise<readonly PoolLedger[]> => {
    const unread = poolIds.filter((poolId) => !known.has(poolId));
    if (unread.length > 0) {
      const read = store.ledgers(unread);
      for (const poolId of unread) {
        known.set(
          poolId,
          read.then((found) => found.find((ledger) => ledger.poolId === poolId)),
        );
      }
    }
    const found = await Promise.all(poolIds.map((poolId) => known.get(poolId)));
    return found.filter((ledger) => ledger !== undefined);
  };
}
