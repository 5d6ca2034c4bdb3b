import { slackChannels } from '#adapters/slack/slack-channels.ts';
import { slackPeople } from '#adapters/slack/slack-people.ts';
import { slackWeb } from '#adapters/slack/slack-web.ts';
import type { Channels } from '#ports/channels.ts';
import type { People } from '#ports/people.ts';

/** Who is in user groups, and who sees channels, asked from a terminal. */
export function wireSlackFacts(settings: { readonly token: string; readonly apiUrl: string }): {
  readonly people: Pick<People, 'members'>;
  readonly channels: Channels;
} {
  const web = slackWeb({ token: async () => settings.token, apiUrl: settings.apiUrl });
  return { people: slackPeople(web, { teamId: '' }), channels: slackChannels(web) };
}
