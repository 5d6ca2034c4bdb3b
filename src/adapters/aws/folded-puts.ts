import { type ConditionalPut, putsOf, type WriteCondition } from '#adapters/aws/table-item.ts';
import type { Change } from '#domain/requests/change.ts';
import { Conflict } from '#src/errors.ts';

/** TransactWriteItems takes at most this many. */
const MOST_PUTS = 100;

/**
 * The puts of changes that are written together, one for each key, as if each change were written after
 * the one before it: the last item of a key under the condition of its first, which is the only one that
 * the table can still judge. The conditions between them are judged here.
 *
 * @throws {Conflict} when a change was not made on top of those before it
 * @throws {RangeError} when they are more than one transaction takes
 */
export function foldedPuts(changes: readonly Change[], now: Date): readonly ConditionalPut[] {
  const folded = new Map<string, ConditionalPut>();
  for (const put of changes.flatMap(putsOf)) {
    const key = `${put.item.pk}\n${put.item.sk}`;
    const before = folded.get(key);
    if (before !== undefined && !isMet(put.condition, before.item, now)) {
      throw new Conflict(`Not made on top of the change before it: ${put.what}`);
    }
    folded.set(key, before === undefined ? put : { ...put, condition: before.condition });
  }
  if (folded.size > MOST_PUTS) {
    throw new RangeError(`${folded.size} puts; one transaction takes ${MOST_PUTS}`);
  }
  return [...folded.values()];
}

/** Whether a condition holds for what is stored; `undefined`: nothing is. */
export function isMet(
  condition: WriteCondition | null,
  stored: ConditionalPut['item'] | undefined,
  now: Date,
): boolean {
  switch (condition?.kind) {
    case undefined:
      return true;
    case 'absent':
      return stored === undefined;
    case 'version':
      return stored?.['version'] === condition.version;
    case 'hash':
      return stored?.['hash'] === condition.hash;
    case 'not-due':
      return (
        stored?.['version'] === condition.version &&
        String(stored['endsAt'] ?? '') > now.toISOString()
      );
  }
}
