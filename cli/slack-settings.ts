import * as z from 'zod';
import { BadInput } from './command.ts';

const Environment = z.object({
  SLACK_BOT_TOKEN: z.string(),
  SLACK_API_URL: z.url().default('https://slack.com/api/'),
});

/** How Slack is asked from a terminal, by the environment. @throws {BadInput} without a token */
export function slackSettings(): { readonly token: string; readonly apiUrl: string } {
  const parsed = Environment.safeParse(process.env);
  if (parsed.success) {
    return { token: parsed.data.SLACK_BOT_TOKEN, apiUrl: parsed.data.SLACK_API_URL };
  }
  throw new BadInput('--slack: Set SLACK_BOT_TOKEN to the bot’s token, xoxb-…, to ask Slack');
}
