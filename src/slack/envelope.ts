import * as z from 'zod';

const id = z.string().min(1).max(100);
const text = z.string().max(10_000);
const flag = z.union([z.boolean(), z.enum(['true', 'false'])]);
const group = z.looseObject({ id }).nullish();

/** What every request names: the workspace, the app, and whose it is. */
const origin = {
  api_app_id: id,
  enterprise_id: id.nullish(),
  enterprise: group,
  is_enterprise_install: flag.nullish(),
  is_ext_shared_channel: z.boolean().nullish(),
};
const interaction = {
  ...origin,
  team: z.looseObject({ id, enterprise_id: id.nullish() }),
  user: z.looseObject({ id, team_id: id.nullish(), is_bot: z.boolean().nullish() }),
  channel: z.looseObject({ id, is_ext_shared: z.boolean().nullish() }).nullish(),
  response_url: text.nullish(),
};
const view = z.looseObject({
  id,
  callback_id: z.string().max(255),
  state: z.looseObject({ values: z.record(z.string(), z.record(z.string(), z.looseObject({}))) }),
});

const Command = z.looseObject({
  ...origin,
  command: z.string().startsWith('/'),
  text: text.default(''),
  team_id: id,
  user_id: id,
  channel_id: id,
  trigger_id: id,
  response_url: text.nullish(),
});

const Interaction = z.discriminatedUnion('type', [
  z.looseObject({
    ...interaction,
    type: z.literal('block_actions'),
    trigger_id: id,
    actions: z
      .array(z.looseObject({ type: id, action_id: z.string().max(255), action_ts: id.nullish() }))
      .min(1),
  }),
  z.looseObject({ ...interaction, type: z.literal('view_submission'), view }),
  z.looseObject({ ...interaction, type: z.literal('view_closed'), view }),
  z.looseObject({
    ...interaction,
    type: z.literal('block_suggestion'),
    action_id: z.string().max(255),
    value: text,
    view: view.optional(),
  }),
  z.looseObject({ ...interaction, type: z.enum(['shortcut', 'message_action']), trigger_id: id }),
]);

const Event = z.looseObject({
  ...origin,
  type: z.literal('event_callback'),
  team_id: id,
  context_team_id: id.nullish(),
  context_enterprise_id: id.nullish(),
  event_id: id,
  event: z.looseObject({ type: id, bot_id: id.nullish() }),
});

const Challenge = z.looseObject({ type: z.literal('url_verification'), challenge: text });
const SslCheck = z.looseObject({ ssl_check: z.literal('1') });

/** Everything Slack may send, as far as this app reads it; further fields are kept. */
export const Envelope = z.union([
  Command.transform((body) => ({ kind: 'command' as const, body })),
  Interaction.transform((body) => ({ kind: 'interaction' as const, body })),
  Event.transform((body) => ({ kind: 'event' as const, body })),
  Challenge.transform(({ challenge }) => ({ kind: 'challenge' as const, challenge })),
  SslCheck.transform(() => ({ kind: 'ssl-check' as const })),
]);
export type Envelope = z.output<typeof Envelope>;
/** The kinds that reach a listener. */
export type Delivery = Extract<Envelope, { readonly body: unknown }>;

/** The one workspace and app that this deployment serves. */
export interface Home {
  readonly teamId: string;
  readonly enterpriseId: string | null;
  readonly appId: string;
}

/** Whether a signed request is from our workspace, for our app, and from a person of ours. */
export function isOurs(delivery: Delivery, home: Home): boolean {
  const { body } = delivery;
  const enterprise = enterpriseOf(delivery);
  return (
    body.api_app_id === home.appId &&
    teamOf(delivery) === home.teamId &&
    (enterprise ?? null) === home.enterpriseId &&
    !isTrue(body.is_enterprise_install) &&
    body.is_ext_shared_channel !== true &&
    isOurPerson(delivery, home)
  );
}

function teamOf(delivery: Delivery): string {
  switch (delivery.kind) {
    case 'command':
      return delivery.body.team_id;
    case 'interaction':
      return delivery.body.team.id;
    case 'event':
      return delivery.body.context_team_id ?? delivery.body.team_id;
  }
}

function enterpriseOf(delivery: Delivery): string | null | undefined {
  const { enterprise_id, enterprise } = delivery.body;
  const named = enterprise_id ?? enterprise?.id;
  switch (delivery.kind) {
    case 'command':
      return named;
    case 'interaction':
      return named ?? delivery.body.team.enterprise_id;
    case 'event':
      return delivery.body.context_enterprise_id ?? named;
  }
}

function isOurPerson(delivery: Delivery, home: Home): boolean {
  switch (delivery.kind) {
    case 'command':
      return true;
    case 'interaction': {
      const { user, channel } = delivery.body;
      return (
        (user.team_id ?? home.teamId) === home.teamId &&
        user.is_bot !== true &&
        channel?.is_ext_shared !== true
      );
    }
    case 'event':
      return (delivery.body.event.bot_id ?? null) === null;
  }
}

function isTrue(value: boolean | 'true' | 'false' | null | undefined): boolean {
  return value === true || value === 'true';
}
