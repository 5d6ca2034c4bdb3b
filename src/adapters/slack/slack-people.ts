import * as z from 'zod';
import { remembered } from '#adapters/slack/remembered.ts';
import { refusalCode, type SlackWeb } from '#adapters/slack/slack-web.ts';
import type { Person } from '#domain/person.ts';
import type { People } from '#ports/people.ts';
import { NotFound, Unavailable } from '#src/errors.ts';

const flag = z.boolean().default(false);

/** The fields we use of Slack's user; what it leaves out of a flag is false. */
const User = z.object({
  id: z.string(),
  team_id: z.string(),
  deleted: flag,
  is_bot: flag,
  is_stranger: flag,
  is_restricted: flag,
  is_ultra_restricted: flag,
  tz: z.string().nullish(),
  name: z.string().default(''),
  profile: z.object({ display_name: z.string().default('') }).default({ display_name: '' }),
});
type User = z.output<typeof User>;

const UserGroups = z.array(z.object({ id: z.string(), users: z.array(z.string()).default([]) }));

/**
 * People and their user groups as Slack knows them, at most a minute old. An answer that cannot be
 * read is no answer: the caller fails closed.
 */
export function slackPeople(web: SlackWeb, { teamId }: { readonly teamId: string }): People {
  const people = remembered<Person>();
  const groups = remembered<z.output<typeof UserGroups>>();

  const allGroups = () => groups('all', () => readGroups(web));

  async function read(personId: string): Promise<Person> {
    const [user, all] = await Promise.all([readUser(web, personId), allGroups()]);
    return {
      id: user.id,
      displayName: user.profile.display_name || user.name,
      outsider: outsiderKind(user, teamId),
      userGroups: all.filter(({ users }) => users.includes(personId)).map(({ id }) => id),
      timeZone: user.tz ?? null,
    };
  }

  return {
    get: (personId) => people(personId, () => read(personId)),
    async members(userGroupIds) {
      const all = userGroupIds.length === 0 ? [] : await allGroups();
      return new Map(
        all.filter(({ id }) => userGroupIds.includes(id)).map(({ id, users }) => [id, users]),
      );
    },
  };
}

/** Why somebody is no member of this workspace with full rights, the gravest reason first. */
function outsiderKind(user: User, teamId: string): Person['outsider'] {
  if (user.deleted) return 'deactivated';
  if (user.is_bot || user.id === SLACKBOT) return 'bot';
  if (user.is_stranger) return 'stranger';
  if (user.team_id !== teamId) return 'other-team';
  return user.is_restricted || user.is_ultra_restricted ? 'guest' : null;
}

/** Slack's own helper, which does not call itself a bot. */
const SLACKBOT = 'USLACKBOT';

async function readUser(web: SlackWeb, personId: string): Promise<User> {
  try {
    const { user } = await web((client) => client.users.info({ user: personId }));
    return parsed(User, user);
  } catch (cause) {
    if (refusalCode(cause) === null) throw cause;
    throw UNKNOWN.has(refusalCode(cause) ?? '')
      ? new NotFound(`Slack knows nobody with the id ${personId}`, { cause })
      : new Unavailable('Slack does not say who somebody is', { cause });
  }
}

const UNKNOWN: ReadonlySet<string> = new Set(['user_not_found', 'user_not_visible']);

async function readGroups(web: SlackWeb): Promise<z.output<typeof UserGroups>> {
  try {
    const { usergroups } = await web((client) => client.usergroups.list({ include_users: true }));
    return parsed(UserGroups, usergroups);
  } catch (cause) {
    if (refusalCode(cause) === null) throw cause;
    throw new Unavailable('Slack does not list user groups', { cause });
  }
}

function parsed<Schema extends z.ZodType>(schema: Schema, answer: unknown): z.output<Schema> {
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  throw new Unavailable('Slack answers something else than a user or user groups');
}
