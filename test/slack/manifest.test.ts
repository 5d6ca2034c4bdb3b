import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { SLACK_PATH } from '#slack/app.ts';

const url = z.url({ protocol: /^https$/ }).endsWith(SLACK_PATH);
const text = (maximum: number, minimum = 1) => z.string().min(minimum).max(maximum);

/**
 * What Slack takes of a manifest, as far as ours goes; anything else is an error.
 *
 * @see https://docs.slack.dev/reference/app-manifest (read 2026-11-22)
 */
const Manifest = z.strictObject({
  display_information: z.strictObject({
    name: text(35),
    description: text(140),
    long_description: text(4000, 174),
    background_color: z.string().regex(/^#[0-9a-f]{6}$/i),
  }),
  features: z.strictObject({
    app_home: z.strictObject({
      home_tab_enabled: z.boolean(),
      messages_tab_enabled: z.boolean(),
      messages_tab_read_only_enabled: z.boolean(),
    }),
    bot_user: z.strictObject({
      display_name: z.string().regex(/^[a-z0-9_. -]{1,80}$/i),
      always_online: z.boolean(),
    }),
    slash_commands: z
      .array(
        z.strictObject({
          command: text(32).regex(/^\/[a-z0-9_-]+$/),
          url,
          description: text(2000),
          usage_hint: text(1000),
          should_escape: z.boolean(),
        }),
      )
      .max(50),
  }),
  oauth_config: z.strictObject({
    scopes: z.strictObject({ bot: z.array(z.string().regex(/^[a-z._]+(:[a-z._]+)?$/)).max(255) }),
  }),
  settings: z.strictObject({
    event_subscriptions: z.strictObject({
      request_url: url,
      bot_events: z.array(z.string().regex(/^[a-z_.]+$/)).max(100),
    }),
    interactivity: z.strictObject({
      is_enabled: z.literal(true),
      request_url: url,
      message_menu_options_url: url,
    }),
    org_deploy_enabled: z.literal(false),
    socket_mode_enabled: z.literal(false),
    token_rotation_enabled: z.boolean(),
  }),
});

/** The bot scopes that each Web API method needs. From each method's page. */
const SCOPES_OF: Readonly<Record<string, readonly string[]>> = {
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.info': ['channels:read', 'groups:read'],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'files.info': ['files:read'],
  'usergroups.list': ['usergroups:read'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.publish': [],
  'views.update': [],
};

const manifest = Manifest.safeParse(parse(readFileSync('slack-manifest.yml', 'utf8')));

function methodsUsed(): string[] {
  const folder = 'src/adapters/slack';
  const source = readdirSync(folder)
    .map((file) => readFileSync(`${folder}/${file}`, 'utf8'))
    .join('\n');
  return [...source.matchAll(/client\.([a-z]+\.[a-zA-Z.]+)\(/g)].map(([, method = '']) => method);
}

function listened(kind: 'command' | 'event'): string[] {
  const source = readFileSync('src/slack/app.ts', 'utf8');
  return [...source.matchAll(new RegExp(`app\\.${kind}\\('([^']+)'`, 'g'))].map(
    ([, name = '']) => name,
  );
}

describe('the Slack manifest', () => {
  it('is one that Slack takes', () => {
    expect(manifest.error?.issues).toBeUndefined();
  });

  it('asks for the scopes that the code needs, and for no other: no e-mail (N21 T07)', () => {
    const scopes = methodsUsed().map((method) => SCOPES_OF[method]);

    expect(scopes).not.toContain(undefined);
    expect(new Set(manifest.data?.oauth_config.scopes.bot)).toEqual(
      new Set(['commands', ...scopes.flatMap((some) => some ?? [])]),
    );
  });

  it('names the commands and events that the app listens for', () => {
    expect(manifest.data?.features.slash_commands.map(({ command }) => command)).toEqual(
      listened('command'),
    );
    expect(manifest.data?.settings.event_subscriptions.bot_events).toEqual(listened('event'));
  });
});
