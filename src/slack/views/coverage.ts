import type { Coverage } from '#ports/notifier.ts';
import { context, type MessageBlock } from '#slack/views/message.ts';
import { missingText } from '#slack/views/source-words.ts';
import { dateToken, joined, type Markup, mrkdwn, nameText } from '#slack/views/text.ts';

const SHOWN = 5;

/** Where figures come from, how old the oldest is, and what is missing: no part passes for the whole. */
export function coverageLines({ asOf, missing }: Coverage): MessageBlock[] {
  const age = asOf === null ? mrkdwn`no figures yet` : mrkdwn`oldest figure ${dateToken(asOf)}`;
  const source = mrkdwn`Source: AWS License Manager and EC2 · ${age}`;
  const off = missing.filter(({ state }) => state === 'off');
  const lost = missing.filter(({ state }) => state !== 'off');
  return [
    context(source),
    ...grouped(mrkdwn`⚠️ Missing or old, so totals are not complete:`, lost),
    ...grouped(mrkdwn`Switched off, so not in any figure:`, off),
  ];
}

type Missing = Coverage['missing'][number];

/** The same trouble in many places is one line. */
function grouped(title: Markup, missing: readonly Missing[]): MessageBlock[] {
  const groups = [...Map.groupBy(missing, missingText)].map(
    ([text, places]) => mrkdwn`${nameText(text, 160)} · ${placesText(places)}`,
  );
  if (groups.length === 0) return [];
  const hidden = groups.length - SHOWN;
  const more = hidden > 0 ? [mrkdwn`and ${hidden} more`] : [];
  return [context(joined([title, ...groups.slice(0, SHOWN), ...more], '\n'))];
}

const PLACES = 2;

function placesText(places: readonly Missing[]): string {
  const shown = places
    .slice(0, PLACES)
    .map(({ accountName, region }) => `${nameText(accountName, 30)} ${nameText(region, 20)}`);
  const hidden = places.length - PLACES;
  return `${shown.join(', ')}${hidden > 0 ? ` and ${hidden} more` : ''}`;
}
