import type { ReplayKeys } from '#ports/replay-keys.ts';

/** Replay keys in memory; `keys` shows which are remembered. */
export function memoryReplayKeys(): ReplayKeys & { readonly keys: ReadonlySet<string> } {
  const keys = new Set<string>();
  return {
    keys,
    add: async (key) => {
      const isNew = !keys.has(key);
      keys.add(key);
      return isNew;
    },
    remove: async (key) => {
      keys.delete(key);
    },
  };
}
