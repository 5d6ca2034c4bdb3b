/**
 * Families of Web API methods that are not simulated, or not wholly (methods.ts has what is), and why the bot does
 * without. Each such method answers `unknown_method` with this reason; a test compares both with the official client.
 */
export const UNSIMULATED: Readonly<Record<string, string>> = {
  admin: 'needs an organization administrator',
  agents: 'whole answers are posted at once; no agent sessions are kept',
  api: 'nothing to learn from it',
  apps: 'the app is configured by its manifest',
  assistant: 'only status and suggested prompts are used',
  auth: 'one workspace and one token',
  bookmarks: 'the bot keeps no bookmarks',
  bots: 'the ids of the bot are configured',
  calls: 'the bot makes no calls',
  canvases: 'the bot keeps no canvases',
  chat: 'no streams (a gate reads whole answers), no schedules (they are the bot’s own), no unfurls',
  conversations: 'the bot does not manage channels',
  dialog: 'dialogs are outdated: use views',
  dnd: 'quiet hours are the policy’s',
  emoji: 'the bot uses standard emoji',
  entity: 'the bot shows no work objects',
  files: 'the bot only uploads, and reads what it is given',
  functions: 'the bot has no workflow steps',
  migration: 'one workspace',
  oauth: 'one workspace and one token',
  openid: 'the bot is no way to sign in',
  pins: 'the bot pins nothing',
  reactions: 'the bot answers in words',
  reminders: 'reminders are the bot’s own',
  rtm: 'events come over HTTP',
  search: 'the bot does not search messages',
  slackLists: 'the bot keeps no lists',
  stars: 'the bot stars nothing',
  team: 'one workspace',
  tooling: 'the app is configured by its manifest',
  usergroups: 'the bot reads groups and changes none',
  users: 'people are read by id',
  workflows: 'the bot has no workflow steps',
};

/** Why a method is not simulated, for the log of whoever called it. */
export function reasonFor(method: string): string {
  const family = method.split('.')[0] ?? '';
  const reason = UNSIMULATED[family] ?? 'no such method is known';
  return `${method} is not simulated: ${reason} (sandbox/slack/web-api/coverage.ts)`;
}
