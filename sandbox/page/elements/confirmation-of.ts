import type { z } from 'zod';
import type { Confirm } from '../../slack/block-kit/text.ts';
import type { Confirmation } from '../confirm-context.ts';

/** The question that an element asks before it acts, with Slack's own words where it brings none. */
export function confirmationOf(confirm: z.output<typeof Confirm>): Confirmation {
  return {
    title: confirm.title?.text ?? 'Are you sure?',
    text: confirm.text,
    confirm: confirm.confirm?.text ?? 'Yes',
    deny: confirm.deny?.text ?? 'Cancel',
    danger: confirm.style === 'danger',
  };
}
