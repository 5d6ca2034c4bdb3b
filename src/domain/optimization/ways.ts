import type { Change, KindContext, MachineKind } from '#domain/optimization/kind.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { Setup } from '#domain/optimization/recommendation.ts';
import { setupKey } from '#domain/optimization/setup.ts';

/** One way to run a machine, and the changes that lead to it from how it runs now, in order. */
export interface Way {
  readonly setup: Setup;
  /** Empty: as it is. */
  readonly changes: readonly Change[];
}

/** So many changes of one machine at once: more would be another machine. */
const MOST_CHANGES = 3;
/** Of those found first, which are those with the fewest changes. */
const MOST_WAYS = 64;

/**
 * Every way to run a machine that the kinds know, the present one first, each by the fewest changes.
 * Kinds build on each other in their order, each once: a size is chosen before its CPU options.
 *
 * @param isAllowed what the scenario lets be changed
 */
export function waysOf(
  machine: Machine,
  kinds: readonly MachineKind[],
  context: KindContext,
  isAllowed: (change: Change) => boolean,
): readonly Way[] {
  const known = new Map<string, Way>([[keyOf(machine.setup, context), asItIs(machine)]]);
  let edge: readonly Reached[] = [{ way: asItIs(machine), next: 0 }];
  for (let depth = 0; depth < MOST_CHANGES && edge.length > 0; depth += 1) {
    edge = edge.flatMap((reached) =>
      onward(machine, reached, kinds, context).filter(({ way, change }) => {
        const key = keyOf(way.setup, context);
        const isNew = !known.has(key) && known.size < MOST_WAYS && isAllowed(change);
        if (isNew) known.set(key, way);
        return isNew;
      }),
    );
  }
  return [...known.values()];
}

function asItIs({ setup }: Machine): Way {
  return { setup, changes: [] };
}

/** A way, and the first kind that may build on it. */
interface Reached {
  readonly way: Way;
  readonly next: number;
}

function onward(
  machine: Machine,
  { way, next }: Reached,
  kinds: readonly MachineKind[],
  context: KindContext,
): readonly (Reached & { readonly change: Change })[] {
  return kinds.slice(next).flatMap((kind, index) =>
    kind.changes(machine, way.setup, context).map((change) => ({
      way: { setup: change.to, changes: [...way.changes, change] },
      change,
      next: next + index + 1,
    })),
  );
}

function keyOf(setup: Setup, { types }: Pick<KindContext, 'types'>): string {
  return setupKey(setup, types);
}
