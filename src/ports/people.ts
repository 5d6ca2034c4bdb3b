import type { Person } from '#domain/person.ts';

/** Who somebody is right now, by Slack. */
export interface People {
  /**
   * At most 60 s old.
   *
   * @throws {Unavailable} when Slack does not answer: the caller fails closed.
   * @throws {NotFound} when Slack knows nobody with this id.
   */
  get(personId: string): Promise<Person>;
}
