import type { KnownBlock, ModalView } from '@slack/types';
import { LIMITS } from '#slack/views/limits.ts';
import { plainText } from '#slack/views/message.ts';
import { lines } from '#slack/views/rich-text.ts';

/** A form that is filled a moment later; `viewKey` finds it again. */
export function waitingForm(viewKey: string): ModalView {
  return plainForm(viewKey, [lines(['One moment…'])]);
}

/** A form with nothing to fill in. */
export function plainForm(viewKey: string, blocks: readonly KnownBlock[]): ModalView {
  return {
    type: 'modal',
    external_id: viewKey,
    title: plainText('License request', LIMITS.modalTitle),
    close: plainText('Close', LIMITS.modalTitle),
    blocks: [...blocks],
  };
}
