/** Somebody in the sandbox's workspace. `key` is the name that the control API uses. */
export interface SlackUser {
  readonly key: string;
  readonly id: string;
  readonly displayName: string;
  readonly teamId: string;
  /** IANA time zone. */
  readonly timeZone: string;
  /** True for a person of another company, met through Slack Connect. */
  readonly isStranger: boolean;
}

export const TEAM = { id: 'T0QUARTER1', domain: 'quartermaster', name: 'Quartermaster' } as const;

export const APP = {
  id: 'A0QUARTER1',
  botId: 'B0BOT0001',
  userId: 'U0BOT0001',
  userName: 'quartermaster',
  token: 'xoxb-sandbox-token',
  /** Deprecated by Slack; still sent, never to be trusted. */
  verificationToken: 'sandbox-verification-token',
} as const;

/** Slack's own voice: what a person is told when an app does not answer. */
export const SLACKBOT = 'USLACKBOT';

const STRANGERS_TEAM = 'T0STRANGE1';

export const PEOPLE: readonly SlackUser[] = [
  person('requester', 'U0REQUEST1', 'Riley Chen', 'America/New_York'),
  person('approver', 'U0APPROVE1', 'Alex Morgan', 'America/New_York'),
  person('approver2', 'U0APPROVE2', 'Sam Okafor', 'Europe/Dublin'),
  person('admin', 'U0ADMIN001', 'Ada Novak', 'Europe/Dublin'),
  person('admin2', 'U0ADMIN002', 'Noor Haddad', 'Australia/Sydney'),
  {
    ...person('guest', 'U0GUEST001', 'Gil Vendor', 'Europe/London'),
    teamId: STRANGERS_TEAM,
    isStranger: true,
  },
];

function person(key: string, id: string, displayName: string, timeZone: string): SlackUser {
  return { key, id, displayName, timeZone, teamId: TEAM.id, isStranger: false };
}

/** Everybody but the stranger, and the bot, are in all of them. */
export const CHANNELS = [
  { id: 'C0LICENSES', name: 'licenses' },
  { id: 'C0APPROVAL', name: 'license-approvals' },
  { id: 'C0DIGEST01', name: 'license-digest' },
] as const;

export const USER_GROUPS = [
  {
    id: 'S0APPROVER',
    handle: 'license-approvers',
    name: 'License approvers',
    users: ['U0APPROVE1', 'U0APPROVE2'],
  },
  {
    id: 'S0LICADMIN',
    handle: 'license-admins',
    name: 'License administrators',
    users: ['U0ADMIN001', 'U0ADMIN002'],
  },
] as const;

/** The person with that control API name or Slack id. */
export function findPerson(keyOrId: string): SlackUser | null {
  return PEOPLE.find(({ key, id }) => key === keyOrId || id === keyOrId) ?? null;
}
