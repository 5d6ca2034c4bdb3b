import { z } from 'zod';
import { Card, Carousel, Plan, TaskCard } from './card-blocks.ts';
import { DataTable, DataVisualization, Table } from './data-blocks.ts';
import {
  Button,
  Checkboxes,
  Datepicker,
  DateTimepicker,
  EmailInput,
  FeedbackButtons,
  FileInput,
  IconButton,
  ImageElement,
  NumberInput,
  Overflow,
  PlainTextInput,
  RadioButtons,
  RichTextInput,
  Timepicker,
  UrlInput,
  WorkflowButton,
} from './elements.ts';
import { LIMITS } from './limits.ts';
import { MULTI_SELECTS, SELECTS } from './menus.ts';
import { RichText } from './rich-text.ts';
import {
  anyText,
  chars,
  hasOneSource,
  Id,
  ImageSource,
  mrkdwnText,
  ONE_SOURCE,
  plainText,
} from './text.ts';

const identified = { block_id: Id.optional() };
const choosers = [
  Checkboxes,
  Datepicker,
  RadioButtons,
  Timepicker,
  ...SELECTS,
  ...MULTI_SELECTS,
] as const;

const Actions = z.strictObject({
  type: z.literal('actions'),
  ...identified,
  elements: z
    .array(
      z.discriminatedUnion('type', [
        Button,
        WorkflowButton,
        Overflow,
        DateTimepicker,
        RichTextInput,
        ...choosers,
      ]),
    )
    .min(1)
    .max(LIMITS.actions),
});

const Alert = z.strictObject({
  type: z.literal('alert'),
  ...identified,
  text: anyText(LIMITS.alert),
  level: z.enum(['default', 'info', 'warning', 'error', 'success']).optional(),
});

const Context = z.strictObject({
  type: z.literal('context'),
  ...identified,
  elements: z
    .array(
      z.discriminatedUnion('type', [ImageElement, plainText(LIMITS.text), mrkdwnText(LIMITS.text)]),
    )
    .min(1)
    .max(LIMITS.context),
});

const ContextActions = z.strictObject({
  type: z.literal('context_actions'),
  ...identified,
  elements: z
    .array(z.discriminatedUnion('type', [FeedbackButtons, IconButton]))
    .min(1)
    .max(LIMITS.contextActions),
});

const Divider = z.strictObject({ type: z.literal('divider'), ...identified });

const Header = z.strictObject({
  type: z.literal('header'),
  ...identified,
  text: plainText(LIMITS.header),
  level: z.int().min(1).max(4).optional(),
});

const Image = z
  .strictObject({
    type: z.literal('image'),
    ...identified,
    alt_text: chars(LIMITS.altText),
    title: plainText(LIMITS.label).optional(),
    ...ImageSource,
  })
  .refine(hasOneSource, ONE_SOURCE);

const Input = z.strictObject({
  type: z.literal('input'),
  ...identified,
  label: plainText(LIMITS.label),
  hint: plainText(LIMITS.label).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
  element: z.discriminatedUnion('type', [
    PlainTextInput,
    EmailInput,
    UrlInput,
    NumberInput,
    RichTextInput,
    FileInput,
    DateTimepicker,
    ...choosers,
  ]),
});

const Markdown = z.strictObject({
  type: z.literal('markdown'),
  ...identified,
  text: chars(LIMITS.markdown),
});

const Section = z
  .strictObject({
    type: z.literal('section'),
    ...identified,
    text: anyText(LIMITS.text).optional(),
    fields: z.array(anyText(LIMITS.fields.text)).min(1).max(LIMITS.fields.count).optional(),
    accessory: z
      .discriminatedUnion('type', [Button, WorkflowButton, ImageElement, Overflow, ...choosers])
      .optional(),
    expand: z.boolean().optional(),
  })
  .refine(({ text, fields }) => Boolean(text ?? fields), 'must define either `text` or `fields`');

const Container = z
  .strictObject({
    type: z.literal('container'),
    ...identified,
    title: plainText(LIMITS.container.title).optional(),
    rich_text_title: RichText.optional(),
    subtitle: anyText(LIMITS.container.title).optional(),
    icon: ImageElement.optional(),
    child_blocks: z
      .array(
        z.discriminatedUnion('type', [
          Actions,
          Context,
          Divider,
          Header,
          Image,
          Input,
          RichText,
          Section,
          Table,
        ]),
      )
      .min(1)
      .max(LIMITS.container.children),
    width: z.enum(['narrow', 'standard', 'wide', 'full']).optional(),
    is_collapsible: z.boolean().optional(),
    default_collapsed: z.boolean().optional(),
    has_header_divider: z.boolean().optional(),
  })
  .refine(
    ({ title, rich_text_title }) => Boolean(title ?? rich_text_title),
    'must define either `title` or `rich_text_title`',
  )
  .refine(
    ({ default_collapsed, is_collapsible }) => !default_collapsed || is_collapsible === true,
    '`default_collapsed` needs `is_collapsible`',
  );

export type Surface = 'message' | 'modal' | 'home';

const EVERYWHERE: readonly Surface[] = ['message', 'modal', 'home'];

/**
 * Every block that this bot may send, and where. `video`, `file` and `call` are left out: they need scopes or remote
 * files that it does not have.
 * @see https://docs.slack.dev/reference/block-kit/blocks
 */
export const BLOCKS = {
  actions: { schema: Actions, surfaces: EVERYWHERE },
  alert: { schema: Alert, surfaces: ['modal'] },
  card: { schema: Card, surfaces: EVERYWHERE },
  carousel: { schema: Carousel, surfaces: ['message', 'home'] },
  container: { schema: Container, surfaces: ['message'] },
  context: { schema: Context, surfaces: EVERYWHERE },
  context_actions: { schema: ContextActions, surfaces: ['message'] },
  data_table: { schema: DataTable, surfaces: ['message'] },
  data_visualization: { schema: DataVisualization, surfaces: ['message'] },
  divider: { schema: Divider, surfaces: EVERYWHERE },
  header: { schema: Header, surfaces: EVERYWHERE },
  image: { schema: Image, surfaces: EVERYWHERE },
  input: { schema: Input, surfaces: EVERYWHERE },
  markdown: { schema: Markdown, surfaces: ['message'] },
  plan: { schema: Plan, surfaces: ['message'] },
  rich_text: { schema: RichText, surfaces: EVERYWHERE },
  section: { schema: Section, surfaces: EVERYWHERE },
  table: { schema: Table, surfaces: ['message', 'home'] },
  task_card: { schema: TaskCard, surfaces: ['message'] },
} as const satisfies Record<string, { schema: z.ZodType; surfaces: readonly Surface[] }>;
