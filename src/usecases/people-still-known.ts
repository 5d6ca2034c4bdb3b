import type { Person } from '#domain/person.ts';
import type { People } from '#ports/people.ts';
import { NotFound } from '#src/errors.ts';

/** Whom Slack knows nothing of any more approves nothing; while it does not answer, nobody does. */
export async function peopleStillKnown(
  people: People,
  personIds: readonly string[],
): Promise<readonly Person[]> {
  const found = await Promise.all(
    personIds.map(async (personId) => {
      try {
        return [await people.get(personId)];
      } catch (error) {
        if (error instanceof NotFound) return [];
        throw error;
      }
    }),
  );
  return found.flat();
}
