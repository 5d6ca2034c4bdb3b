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
  const request = readOnce(store.request);
  const quota = readOnce(store.quota);
  const followUp = readOnce(store.followUp);
  const head = readOnce(store.auditHead);
  const trail = readOnce(store.auditTrail);
  const trailsRead = new Set<string>();
  const ledgers = readEachOnce(store.ledgers, ({ poolId }) => poolId);
  const termsLedgers = readEachOnce(store.termsLedgers, ({ id }) => id);

  /** The last of what was committed of one thing. */
  function newest<Value>(pick: (change: Change) => Value | undefined): Value | undefined {
    return changes.map(pick).findLast((value) => value !== undefined);
  }
  const appended = (stream: string) =>
    changes.flatMap(({ audit }) => audit.filter((entry) => entry.stream === stream));

  return {
    changes: () => changes,

    async request(id) {
      const own = newest((change) => (change.request?.id === id ? change.request : undefined));
      return own ?? request(id);
    },
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
    async quota(personId) {
      const own = newest(({ quotas }) => quotas.find((one) => one.personId === personId));
      return own ?? quota(personId);
    },
    async followUp(id) {
      const own = newest(({ followUps }) => followUps?.find((one) => one.id === id));
      return own ?? followUp(id);
    },
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
