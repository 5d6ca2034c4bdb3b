import { z } from 'zod';
import { LIMITS } from './limits.ts';

/** A string of at most `max` Unicode code points, by default not empty. */
export function chars(max: number, min = 1) {
  return z.string().check((context) => {
    const length = [...context.value].length;
    const found = { input: context.value, origin: 'string', inclusive: true } as const;
    if (length > max) context.issues.push({ ...found, code: 'too_big', maximum: max });
    if (length < min) context.issues.push({ ...found, code: 'too_small', minimum: min });
  });
}

/** An absolute http(s) URL within Slack's length. */
export const Url = chars(LIMITS.url).check((context) => {
  if (!/^https?:\/\/[^\s]+$/.test(context.value)) {
    context.issues.push({ code: 'custom', input: context.value, message: 'invalid url' });
  }
});

export const Id = chars(LIMITS.id);

export function plainText(max: number) {
  return z.strictObject({
    type: z.literal('plain_text', 'must be plain_text'),
    text: chars(max),
    emoji: z.boolean().optional(),
  });
}

export function mrkdwnText(max: number) {
  return z.strictObject({
    type: z.literal('mrkdwn', 'must be mrkdwn'),
    text: chars(max),
    verbatim: z.boolean().optional(),
  });
}

/** Either kind of text object. */
export function anyText(max: number) {
  return z.discriminatedUnion('type', [plainText(max), mrkdwnText(max)]);
}

export const ColorScheme = z.enum(['primary', 'danger'], 'must be primary or danger');

export const Confirm = z.strictObject({
  title: plainText(LIMITS.confirm.title).optional(),
  text: anyText(LIMITS.confirm.text),
  confirm: plainText(LIMITS.confirm.button).optional(),
  deny: plainText(LIMITS.confirm.button).optional(),
  style: ColorScheme.optional(),
});

const OptionParts = {
  value: chars(LIMITS.option.value),
  description: plainText(LIMITS.option.description).optional(),
};

/** An option of a menu: plain text only. */
export const MenuOption = z.strictObject({ text: plainText(LIMITS.option.text), ...OptionParts });

/** An option of an overflow menu, which alone may carry a link. */
export const OverflowOption = MenuOption.extend({ url: Url.optional() });

/** An option of checkboxes and radio buttons, where mrkdwn is allowed. */
export const ChoiceOption = z.strictObject({
  text: anyText(LIMITS.option.text),
  value: chars(LIMITS.option.value),
  description: anyText(LIMITS.option.description).optional(),
});

export const MenuOptions = z.array(MenuOption).min(1).max(LIMITS.options);

export const MenuOptionGroups = z
  .array(z.strictObject({ label: plainText(LIMITS.option.text), options: MenuOptions }))
  .min(1)
  .max(LIMITS.optionGroups);

/** Where an image comes from: exactly one of a URL and a Slack file. */
export const ImageSource = {
  image_url: Url.optional(),
  slack_file: z
    .strictObject({
      id: z
        .string()
        .regex(/^F[A-Z0-9]{8,}$/, 'invalid slack file')
        .optional(),
      url: Url.optional(),
    })
    .refine(({ id, url }) => (id === undefined) !== (url === undefined), 'invalid slack file')
    .optional(),
};

/** True when an image names exactly one source. */
export function hasOneSource(image: { image_url?: unknown; slack_file?: unknown }): boolean {
  return (image.image_url === undefined) !== (image.slack_file === undefined);
}

export const ONE_SOURCE = 'must define either `image_url` or `slack_file`';

export const ConversationFilter = z
  .strictObject({
    include: z
      .array(z.enum(['im', 'mpim', 'private', 'public']))
      .min(1)
      .optional(),
    exclude_external_shared_channels: z.boolean().optional(),
    exclude_bot_users: z.boolean().optional(),
  })
  .refine((filter) => Object.keys(filter).length > 0, 'must define at least one filter');

export const DispatchActionConfig = z.strictObject({
  trigger_actions_on: z
    .array(z.enum(['on_enter_pressed', 'on_character_entered']))
    .min(1)
    .max(2),
});
