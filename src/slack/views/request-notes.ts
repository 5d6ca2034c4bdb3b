import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { figure } from '#slack/views/figures.ts';
import { context, type MessageBlock } from '#slack/views/message.ts';
import { bold, moment, person, quote } from '#slack/views/rich-text.ts';
import { mrkdwn } from '#slack/views/text.ts';

/** A card shows at most so many, and so much of each in code points. */
export const SHOWN_NOTES = 5;
const NOTE_QUOTE = 300;

/** The newest notes on a request, oldest first; each says whose words they are. */
export function noteBlocks({ notes }: LaunchRequest, most: number): MessageBlock[] {
  const shown = Math.min(most, SHOWN_NOTES);
  const hidden = Math.max(0, notes.length - shown);
  return [
    ...notes
      .slice(hidden)
      .map(({ by, at, text }) =>
        quote([bold('Note by '), person(by), ', ', moment(at)], text, NOTE_QUOTE),
      ),
    ...(hidden > 0 ? [context(mrkdwn`${figure(hidden)} earlier notes are not shown`)] : []),
  ];
}
