import type { Person } from '#domain/person.ts';
import type { GroupMembers } from '#domain/policy/approval-rules.ts';

/** Who somebody is right now, by Slack. */
export interface People {
  /**
   * At most 60 s old.
   *
   * @throws {Unavailable} when Slack does not answer: the caller fails closed.
   * @throws {NotFound} when Slack knows nobody with this id.
   */
  get(personId: string): Promise<Person>;

  /**
   * Who is in these user groups, at most 60 s old; groups that Slack does not have, or has disabled,
   * are left out.
   *
   * @throws {Unavailable} as `get` does; never for an empty list.
   */
  members(userGroupIds: readonly string[]): Promise<GroupMembers>;
}
