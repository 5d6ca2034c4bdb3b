import type { Change } from '#domain/requests/change.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import { readEachOnce, readOnce } from '#usecases/read-once.ts';

/** A store whose commits are kept for one transaction, and are read as if they were written. */
export interface FoldedStore extends DecisionStore {
  /** What was committed, in order. */
  changes(): readonly Change[];
}

/** Lay commits over a store: reads see them first, and reach the store once for each thing. */
export function foldedStore(store: DecisionStore): FoldedStore {
  const changes: Change[] = [];
  const head = readOnce(store.auditHead);
  const trail = readOnce(store.auditTrail);
  const trailsRead = new Set<string>();
  const ledgers = readEachOnce(store.ledgers, ({ poolId }) => poolId);
  const termsLedgers = readEachOnce(store.termsLedgers, ({ id }) => id);

  const { newest, reading } = laidOver(changes);
  const appended = (stream: string) =>
    changes.flatMap(({ audit }) => audit.filter((entry) => entry.stream === stream));

  return {
    changes: () => changes,

    request: reading(store.request, ({ request }, id) =>
      request?.id === id ? request : undefined,
    ),
    async ledgers(ids) {
      const stored = await ledgers(ids);
      return [...new Set(ids)].flatMap((id) => {
        const own = newest((change) => change.ledgers.find(({ poolId }) => poolId === id));
        return own ?? stored.find(({ poolId }) => poolId === id) ?? [];
      });
    },
    async termsLedgers(ids) {
      const stored = await termsLedgers(ids);
      return [...new Set(ids)].flatMap((id) => {
        const own = newest((change) => change.termsLedgers?.find((one) => one.id === id));
        return own ?? stored.find((one) => one.id === id) ?? [];
      });
    },
    quota: reading(store.quota, ({ quotas }, id) => quotas.find((one) => one.personId === id)),
    followUp: reading(store.followUp, ({ followUps }, id) =>
      followUps?.find((one) => one.id === id),
    ),
    recommendation: reading(store.recommendation, ({ recommendations }, id) =>
      recommendations?.find(({ recommendation }) => recommendation.id === id),
    ),
    async auditHead(stream) {
      const own = appended(stream).at(-1);
      if (own !== undefined) return own;
      return trailsRead.has(stream) ? ((await trail(stream)).at(-1) ?? null) : head(stream);
    },
    async auditTrail(stream) {
      trailsRead.add(stream);
      return [...(await trail(stream)), ...appended(stream)];
    },

    commit: async (change) => void changes.push(change),
    commitAll: async (more) => void changes.push(...more),
  };
}

/** Reads that see what was committed first. */
function laidOver(changes: readonly Change[]) {
  /** The last of what was committed of one thing. */
  function newest<Value>(pick: (change: Change) => Value | undefined): Value | undefined {
    return changes.map(pick).findLast((value) => value !== undefined);
  }
  /** Reads once what was not committed. */
  function reading<Value>(
    read: (id: string) => Promise<Value>,
    find: (change: Change, id: string) => Value | undefined,
  ): (id: string) => Promise<Value> {
    const once = readOnce(read);
    return async (id) => newest((change) => find(change, id)) ?? once(id);
  }
  return { newest, reading };
}
