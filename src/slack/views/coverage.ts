import type { Coverage } from '#ports/notifier.ts';
import { context, type MessageBlock } from '#slack/views/message.ts';
import { missingText } from '#slack/views/source-words.ts';
import { dateToken, type Markup, mrkdwn, nameText } from '#slack/views/text.ts';

const SHOWN = 5;

/** Where figures come from, how old the oldest is, and what is missing: no part passes for the whole. */
export function coverageLines({ asOf, missing }: Coverage): MessageBlock[] {
  const age = asOf === null ? mrkdwn`no figures yet` : mrkdwn`oldest figure ${dateToken(asOf)}`;
  const source = mrkdwn`Source: AWS License Manager and EC2 · ${age}`;
  if (missing.length === 0) return [context(source)];
  const gaps = missing
    .slice(0, SHOWN)
    .map(
      ({ accountName, region, ...source }): Markup =>
        mrkdwn`${nameText(accountName)}, ${region}: ${nameText(missingText(source), 160)}`,
    );
  const more = missing.length - gaps.length;
  return [
    context(source),
    context(
      mrkdwn`⚠️ Missing or old, so totals are not complete:`,
      ...gaps,
      ...(more > 0 ? [mrkdwn`and ${more} more`] : []),
    ),
  ];
}
