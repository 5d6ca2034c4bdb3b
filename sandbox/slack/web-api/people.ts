import { z } from 'zod';
import type { JsonObject } from '../json.ts';
import { SlackError } from '../slack-error.ts';
import { APP, findPerson, PEOPLE, type SlackUser, TEAM, USER_GROUPS } from '../workspace.ts';
import { flag, method, page, paging } from './method.ts';

function userObject(user: SlackUser, includeLocale: boolean): JsonObject {
  return {
    id: user.id,
    team_id: user.teamId,
    name: user.key,
    deleted: false,
    real_name: user.displayName,
    tz: user.timeZone,
    tz_label: user.timeZone,
    tz_offset: utcOffsetSeconds(user.timeZone),
    profile: {
      real_name: user.displayName,
      display_name: user.displayName,
      team: user.teamId,
    },
    is_admin: false,
    is_owner: false,
    is_primary_owner: false,
    is_restricted: false,
    is_ultra_restricted: false,
    is_bot: false,
    is_app_user: false,
    is_stranger: user.isStranger,
    updated: 1_760_000_000,
    ...(includeLocale ? { locale: 'en-US' } : {}),
  };
}

function botObject(): JsonObject {
  return {
    id: APP.userId,
    team_id: TEAM.id,
    name: APP.userName,
    deleted: false,
    real_name: 'Quartermaster',
    tz: 'America/Los_Angeles',
    tz_offset: utcOffsetSeconds('America/Los_Angeles'),
    profile: { real_name: 'Quartermaster', bot_id: APP.botId, api_app_id: APP.id, team: TEAM.id },
    is_bot: true,
    is_app_user: false,
    is_restricted: false,
    is_ultra_restricted: false,
    updated: 1_760_000_000,
  };
}

function utcOffsetSeconds(timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  const name = format.formatToParts().find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /GMT([+-])(\d+):(\d+)/.exec(name) ?? [];
  return (sign === '-' ? -60 : 60) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0));
}

const authTest = method('special', z.object({}), () => ({
  url: `https://${TEAM.domain}.slack.com/`,
  team: TEAM.name,
  user: APP.userName,
  team_id: TEAM.id,
  user_id: APP.userId,
  bot_id: APP.botId,
  is_enterprise_install: false,
}));

const usersInfo = method(
  'tier4',
  z.object({ user: z.string(), include_locale: flag.optional() }),
  ({ user, include_locale }) => {
    if (user === APP.userId) return { user: botObject() };
    const person = findPerson(user);
    if (person === null || person.id !== user) throw new SlackError('user_not_found');
    return { user: userObject(person, include_locale ?? false) };
  },
);

const usersList = method(
  'tier2',
  z.object({ ...paging, include_locale: flag.optional() }),
  (args) => {
    const everybody = [
      ...PEOPLE.map((person) => userObject(person, args.include_locale ?? false)),
      botObject(),
    ];
    const { items, response_metadata } = page(everybody, args);
    return { members: items, response_metadata };
  },
);

const userGroupsList = method(
  'tier2',
  z.object({ include_users: flag.optional(), include_count: flag.optional() }),
  ({ include_users, include_count }) => ({
    usergroups: USER_GROUPS.map(({ users, ...group }) => ({
      ...group,
      team_id: TEAM.id,
      is_usergroup: true,
      description: '',
      date_delete: 0,
      ...(include_users ? { users } : {}),
      ...(include_count ? { user_count: users.length } : {}),
    })),
  }),
);

const userGroupUsers = method('tier2', z.object({ usergroup: z.string() }), ({ usergroup }) => {
  const group = USER_GROUPS.find(({ id }) => id === usergroup);
  if (group === undefined) throw new SlackError('no_such_subteam');
  return { users: group.users };
});

export const PEOPLE_METHODS = {
  'auth.test': authTest,
  'users.info': usersInfo,
  'users.list': usersList,
  'usergroups.list': userGroupsList,
  'usergroups.users.list': userGroupUsers,
};
