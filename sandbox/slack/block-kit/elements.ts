import { z } from 'zod';
import { LIMITS } from './limits.ts';
import { RichText } from './rich-text.ts';
import {
  ChoiceOption,
  ColorScheme,
  Confirm,
  ConversationFilter,
  chars,
  DispatchActionConfig,
  hasOneSource,
  Id,
  ImageSource,
  ONE_SOURCE,
  OverflowOption,
  plainText,
  Url,
} from './text.ts';

const actionable = { action_id: Id.optional() };
const confirmable = { ...actionable, confirm: Confirm.optional() };
const focusable = { focus_on_load: z.boolean().optional() };
const placeholder = { placeholder: plainText(LIMITS.placeholder).optional() };
const typed = {
  ...actionable,
  ...focusable,
  ...placeholder,
  dispatch_action_config: DispatchActionConfig.optional(),
};

export const Button = z.strictObject({
  type: z.literal('button'),
  ...confirmable,
  text: plainText(LIMITS.buttonText),
  value: chars(LIMITS.buttonValue).optional(),
  url: Url.optional(),
  style: ColorScheme.optional(),
  accessibility_label: chars(LIMITS.accessibilityLabel).optional(),
});

export const WorkflowButton = z.strictObject({
  type: z.literal('workflow_button'),
  ...confirmable,
  text: plainText(LIMITS.buttonText),
  workflow: z.strictObject({
    trigger: z.strictObject({
      url: Url,
      customizable_input_parameters: z
        .array(z.strictObject({ name: z.string(), value: z.string() }))
        .optional(),
    }),
  }),
  style: ColorScheme.optional(),
  accessibility_label: chars(LIMITS.accessibilityLabel).optional(),
});

const FeedbackButton = z.strictObject({
  text: plainText(LIMITS.buttonText),
  value: chars(LIMITS.buttonValue),
  accessibility_label: chars(LIMITS.accessibilityLabel).optional(),
});

export const FeedbackButtons = z.strictObject({
  type: z.literal('feedback_buttons'),
  ...actionable,
  positive_button: FeedbackButton,
  negative_button: FeedbackButton,
});

export const IconButton = z.strictObject({
  type: z.literal('icon_button'),
  ...confirmable,
  icon: z.enum(['trash'], 'unknown icon'),
  text: plainText(LIMITS.buttonText),
  value: chars(LIMITS.buttonValue).optional(),
  visible_to_user_ids: z.array(Id).max(LIMITS.visibleToUsers).optional(),
  accessibility_label: chars(LIMITS.accessibilityLabel).optional(),
});

export const ImageElement = z
  .strictObject({ type: z.literal('image'), alt_text: chars(LIMITS.altText), ...ImageSource })
  .refine(hasOneSource, ONE_SOURCE);

export const Overflow = z.strictObject({
  type: z.literal('overflow'),
  ...confirmable,
  options: z.array(OverflowOption).min(1).max(LIMITS.overflow),
});

const Choices = z.array(ChoiceOption).min(1).max(LIMITS.choices);

export const Checkboxes = z.strictObject({
  type: z.literal('checkboxes'),
  ...confirmable,
  ...focusable,
  options: Choices,
  initial_options: z.array(ChoiceOption).min(1).optional(),
});

export const RadioButtons = z.strictObject({
  type: z.literal('radio_buttons'),
  ...confirmable,
  ...focusable,
  options: Choices,
  initial_option: ChoiceOption.optional(),
});

export const Datepicker = z.strictObject({
  type: z.literal('datepicker'),
  ...confirmable,
  ...focusable,
  ...placeholder,
  initial_date: z.iso.date('must be a date as YYYY-MM-DD').optional(),
});

export const Timepicker = z.strictObject({
  type: z.literal('timepicker'),
  ...confirmable,
  ...focusable,
  ...placeholder,
  initial_time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time as HH:mm')
    .optional(),
  timezone: z.string().optional(),
});

export const DateTimepicker = z.strictObject({
  type: z.literal('datetimepicker'),
  ...confirmable,
  ...focusable,
  initial_date_time: z.int().min(1_000_000_000).max(9_999_999_999).optional(),
});

export const PlainTextInput = z.strictObject({
  type: z.literal('plain_text_input'),
  ...typed,
  initial_value: z.string().optional(),
  multiline: z.boolean().optional(),
  min_length: z.int().min(0).max(LIMITS.inputCharacters).optional(),
  max_length: z.int().min(1).max(LIMITS.inputCharacters).optional(),
});

export const EmailInput = z.strictObject({
  type: z.literal('email_text_input'),
  ...typed,
  initial_value: z.string().optional(),
});

export const UrlInput = z.strictObject({
  type: z.literal('url_text_input'),
  ...typed,
  initial_value: z.string().optional(),
});

const Numeral = z.string().regex(/^-?\d+(\.\d+)?$/, 'must be a number');

export const NumberInput = z.strictObject({
  type: z.literal('number_input'),
  ...typed,
  is_decimal_allowed: z.boolean(),
  initial_value: Numeral.optional(),
  min_value: Numeral.optional(),
  max_value: Numeral.optional(),
});

export const RichTextInput = z.strictObject({
  type: z.literal('rich_text_input'),
  ...typed,
  initial_value: RichText.optional(),
  min_lines: z.int().min(1).max(LIMITS.inputLines).optional(),
  max_lines: z.int().min(1).max(LIMITS.inputLines).optional(),
});

export const FileInput = z.strictObject({
  type: z.literal('file_input'),
  ...actionable,
  filetypes: z.array(z.string()).optional(),
  max_files: z.int().min(1).max(LIMITS.files).optional(),
});

/** What every menu has in common; the menus themselves are in menus.ts. */
export const menu = { ...confirmable, ...focusable, ...placeholder };

export const conversationMenu = {
  default_to_current_conversation: z.boolean().optional(),
  filter: ConversationFilter.optional(),
};
