import type { InputBlock } from '@slack/types';
import type { SelectOption } from '#slack/views/launch-option.ts';
import { LIMITS } from '#slack/views/limits.ts';
import { plainText } from '#slack/views/message.ts';
import { clean, clip } from '#slack/views/text.ts';

/** The most instances that a form takes; policy may allow fewer. */
export const COUNT_MAXIMUM = 100;

/** Code points of a reason or note that a form takes. */
export const REASON_MAXIMUM = 1000;

/** The most pools that a launch may draw on beside the first. */
export const OTHER_POOLS_MAXIMUM = 4;

/** An input without its element; its block_id is its action_id. */
export function field(
  id: string,
  label: string,
  optional: boolean,
  hint?: string,
): Omit<InputBlock, 'element'> {
  return {
    type: 'input',
    block_id: id,
    optional,
    label: plainText(label, LIMITS.label),
    ...(hint === undefined ? {} : { hint: plainText(hint, LIMITS.hint) }),
  };
}

/** A select whose options are asked for while somebody types; one with a hint may stay empty. */
export function select(
  id: string,
  label: string,
  placeholder: string,
  initial: SelectOption | undefined,
  hint?: string,
): InputBlock {
  return {
    ...field(id, label, hint !== undefined, hint),
    element: {
      type: 'external_select',
      action_id: id,
      min_query_length: 0,
      placeholder: plainText(placeholder, LIMITS.placeholder),
      ...(initial === undefined || !isOption(initial) ? {} : { initial_option: initial }),
    },
  };
}

/** The same for several; at most so many as a launch may have. */
export function multiSelect(
  id: string,
  label: string,
  placeholder: string,
  initial: readonly SelectOption[],
  hint: string,
): InputBlock {
  const start = initial.filter(isOption);
  return {
    ...field(id, label, true, hint),
    element: {
      type: 'multi_external_select',
      action_id: id,
      min_query_length: 0,
      max_selected_items: OTHER_POOLS_MAXIMUM,
      placeholder: plainText(placeholder, LIMITS.placeholder),
      ...(start.length === 0 ? {} : { initial_options: start }),
    },
  };
}

/** What Slack would refuse is left to be chosen. */
function isOption({ value }: SelectOption): boolean {
  return value.length > 0 && [...value].length <= LIMITS.optionValue;
}

/** One box to tick; its value is its own name. */
export function checkbox(id: string, label: string, text: string, ticked: boolean): InputBlock {
  const options = [{ text: plainText(text, LIMITS.optionText), value: id }];
  return {
    ...field(id, label, true),
    element: {
      type: 'checkboxes',
      action_id: id,
      options,
      ...(ticked ? { initial_options: options } : {}),
    },
  };
}

/** A whole number from 1. */
export function number(
  id: string,
  label: string,
  optional: boolean,
  initial: number | null,
  hint?: string,
): InputBlock {
  return {
    ...field(id, label, optional, hint),
    element: {
      type: 'number_input',
      action_id: id,
      is_decimal_allowed: false,
      min_value: '1',
      ...(id === 'count' ? { max_value: String(COUNT_MAXIMUM) } : {}),
      ...(initial === null ? {} : { initial_value: String(initial) }),
    },
  };
}

/** Several lines of somebody's own words. */
export function words(id: string, label: string, hint: string, initial: string | null): InputBlock {
  const start = initial === null ? '' : clip(cleanLines(initial), REASON_MAXIMUM);
  return {
    ...field(id, label, false, hint),
    element: {
      type: 'plain_text_input',
      action_id: id,
      multiline: true,
      min_length: 1,
      max_length: REASON_MAXIMUM,
      ...(start === '' ? {} : { initial_value: start }),
    },
  };
}

function cleanLines(text: string): string {
  const cleaned = text.split('\n').map((line) => clean(line).trim());
  return cleaned.join('\n').trim();
}

/** The day on which it is stopped. */
export function day(id: string, label: string, hint: string, initial: string | null): InputBlock {
  return {
    ...field(id, label, true, hint),
    element: {
      type: 'datepicker',
      action_id: id,
      placeholder: plainText('Without an end', LIMITS.placeholder),
      ...(initial === null ? {} : { initial_date: initial }),
    },
  };
}
