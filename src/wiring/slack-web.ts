import { type SlackWeb, slackWeb } from '#adapters/slack/slack-web.ts';
import type { Settings } from '#src/config.ts';
import { secretsOf } from '#src/wiring/shared.ts';

/** Slack's Web API with the bot token, read through the extension, which keeps it for 60 s. */
export function slackWebOf(settings: Settings, sessionToken: () => string): SlackWeb {
  const read = secretsOf(settings, sessionToken);
  return slackWeb({
    token: () => read(settings.parameters.botToken),
    apiUrl: settings.slack.apiUrl,
  });
}
