import { scopeKey } from '#domain/scope.ts';
import type { WatchMarks } from '#ports/watch-marks.ts';

/** Marks in memory. */
export function memoryWatchMarks(): WatchMarks {
  const requested = new Set<string>();
  const looked = new Map<string, Date>();
  return {
    isRequested: async (id) => requested.has(id),
    noteRequested: async (id) => {
      requested.add(id);
    },
    lookedThrough: async (scope) => looked.get(scopeKey(scope)) ?? null,
    noteLookedThrough: async (scope, asOf) => {
      looked.set(scopeKey(scope), asOf);
    },
  };
}
