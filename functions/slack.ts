import { createSlackApp } from '#slack/app.ts';
import type { SlackHandler } from '#slack/receiver.ts';
import { Settings } from '#src/config.ts';
import { wireSlack } from '#src/wiring/slack.ts';

const settings = Settings.parse(process.env);
const ports = wireSlack(settings, () => process.env['AWS_SESSION_TOKEN'] ?? '');

/** Everything Slack sends: verified, remembered, then parsed and queued, and answered within 3 s. */
export const handler: SlackHandler = createSlackApp(ports, settings.slack);
