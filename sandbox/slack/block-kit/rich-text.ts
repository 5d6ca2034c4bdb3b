import { z } from 'zod';
import { LIMITS } from './limits.ts';
import { chars, Id, Url } from './text.ts';

const Style = z
  .strictObject({
    bold: z.boolean().optional(),
    code: z.boolean().optional(),
    italic: z.boolean().optional(),
    strike: z.boolean().optional(),
    underline: z.boolean().optional(),
    highlight: z.boolean().optional(),
    client_highlight: z.boolean().optional(),
    unlink: z.boolean().optional(),
  })
  .optional();

const Border = z.union([z.literal(0), z.literal(1)]).optional();

const Text = z.strictObject({
  type: z.literal('text'),
  text: chars(LIMITS.text),
  style: Style,
});

const Link = z.strictObject({
  type: z.literal('link'),
  url: Url,
  text: chars(LIMITS.text).optional(),
  unsafe: z.boolean().optional(),
  style: Style,
});

const Inline = z.discriminatedUnion('type', [
  Text,
  Link,
  z.strictObject({
    type: z.literal('broadcast'),
    range: z.enum(['here', 'channel', 'everyone']),
    style: Style,
  }),
  z.strictObject({ type: z.literal('color'), value: z.string(), style: Style }),
  z.strictObject({ type: z.literal('channel'), channel_id: Id, style: Style }),
  z.strictObject({
    type: z.literal('date'),
    timestamp: z.int(),
    format: chars(LIMITS.text),
    url: Url.optional(),
    fallback: z.string().optional(),
    style: Style,
  }),
  z.strictObject({
    type: z.literal('emoji'),
    name: z.string(),
    unicode: z.string().optional(),
    url: Url.optional(),
    style: Style,
  }),
  z.strictObject({ type: z.literal('team'), team_id: Id, style: Style }),
  z.strictObject({ type: z.literal('user'), user_id: Id, style: Style }),
  z.strictObject({ type: z.literal('usergroup'), usergroup_id: Id, style: Style }),
]);

const Section = z.strictObject({
  type: z.literal('rich_text_section'),
  elements: z.array(Inline),
});

export const RichText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: Id.optional(),
  elements: z.array(
    z.discriminatedUnion('type', [
      Section,
      z.strictObject({
        type: z.literal('rich_text_list'),
        elements: z.array(Section),
        style: z.enum(['bullet', 'ordered']),
        indent: z.int().min(0).max(LIMITS.listIndent).optional(),
        offset: z.int().min(0).optional(),
        border: Border,
      }),
      z.strictObject({
        type: z.literal('rich_text_quote'),
        elements: z.array(Inline),
        border: Border,
      }),
      z.strictObject({
        type: z.literal('rich_text_preformatted'),
        elements: z.array(z.discriminatedUnion('type', [Text, Link])),
        border: Border,
        language: z.string().optional(),
      }),
    ]),
  ),
});
