import { APP, CHANNELS, PEOPLE, SLACKBOT, USER_GROUPS } from '../../slack/workspace.ts';

/** Somebody as the page shows them. */
export interface Face {
  readonly name: string;
  readonly initials: string;
  readonly isApp: boolean;
  /** Index of an avatar color in the style sheet. */
  readonly color: number;
}

const ROLES: Readonly<Record<string, string>> = {
  requester: 'Engineer',
  approver: 'Approver',
  approver2: 'Approver',
  admin: 'Administrator',
  admin2: 'Administrator',
  guest: 'Guest, other company',
};

/** What a person is in the sandbox, in a word or two. */
export function roleOf(person: string): string {
  return ROLES[person] ?? '';
}

/** The Slack id of a person's key. */
export function idOf(person: string): string {
  return PEOPLE.find(({ key }) => key === person)?.id ?? person;
}

/** Whether a person belongs to another company, and so to no channel. */
export function isStranger(person: string): boolean {
  return PEOPLE.find(({ key }) => key === person)?.isStranger ?? false;
}

/** How the author of a message is shown; an id that nobody has stays an id. */
export function faceOf(userId: string): Face {
  if (userId === APP.userId) return { name: 'Quartermaster', initials: 'Q', isApp: true, color: 0 };
  if (userId === SLACKBOT) return { name: 'Slackbot', initials: '♥', isApp: true, color: 0 };
  const index = PEOPLE.findIndex(({ id }) => id === userId);
  const name = PEOPLE[index]?.displayName ?? userId;
  const initials = name
    .split(' ')
    .map((word) => word.slice(0, 1))
    .join('')
    .slice(0, 2);
  return { name, initials, isApp: false, color: index + 1 };
}

/** A channel's name without `#`; an id that no channel has stays an id. */
export function channelName(id: string): string {
  return CHANNELS.find((channel) => channel.id === id)?.name ?? id;
}

/** A user group's handle without `@`. */
export function groupHandle(id: string): string {
  return USER_GROUPS.find((group) => group.id === id)?.handle ?? id;
}
