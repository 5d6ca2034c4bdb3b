import type { ContextBlock } from '@slack/types';
import type { OptimizationResult } from '#domain/optimization/optimization-result.ts';
import type { OptimizationRun } from '#domain/optimization/optimization-run.ts';
import { context, type Message, message } from '#slack/views/message.ts';
import { dateToken, mrkdwn } from '#slack/views/text.ts';

/** How old the figures are, at which prices, and how long the search took. */
export function ageLine({ asOf, seconds }: OptimizationResult): ContextBlock {
  const took = seconds.toLocaleString('en-US', { maximumFractionDigits: 1 });
  return context(
    mrkdwn`As of ${dateToken(asOf)} · AWS’s list prices, 730 hours a month · searched for ${took} s · by the terms on record, which is no legal advice`,
  );
}

/** Said while better answers may come. */
export function refiningText({ final }: OptimizationRun): string {
  return final ? '' : ' ⏳ I am still looking for something better; press Refresh, or wait for it.';
}

/** Said at once where an answer is computed. */
export const ASKING = '⏳ Looking for savings… The first answer comes in seconds.';

/** The same as a message beside the one that was clicked. */
export function askingMessage(): Message {
  return message(mrkdwn`${ASKING}`, [context(mrkdwn`${ASKING}`)]);
}
