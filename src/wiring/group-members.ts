import { slackPeople } from '#adapters/slack/slack-people.ts';
import { slackWeb } from '#adapters/slack/slack-web.ts';
import type { People } from '#ports/people.ts';

/** Who is in user groups, asked from a terminal. */
export function wireGroupMembers(settings: {
  readonly token: string;
  readonly apiUrl: string;
}): Pick<People, 'members'> {
  const web = slackWeb({ token: async () => settings.token, apiUrl: settings.apiUrl });
  return slackPeople(web, { teamId: '' });
}
