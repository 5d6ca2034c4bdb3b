import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import type { RequestCard } from '#ports/notifier.ts';
import { cardButtons } from '#slack/views/buttons.ts';
import { decider } from '#slack/views/decider.ts';
import { failureBlocks } from '#slack/views/failure-words.ts';
import { figure } from '#slack/views/figures.ts';
import { requestTitle } from '#slack/views/launch-summary.ts';
import { LIMITS } from '#slack/views/limits.ts';
import {
  context,
  fitted,
  header,
  type Message,
  type MessageBlock,
  message,
} from '#slack/views/message.ts';
import { poolNames } from '#slack/views/pool-names.ts';
import { reasonText } from '#slack/views/reason.ts';
import { approvalBlocks } from '#slack/views/request-approvals.ts';
import { changeBlocks } from '#slack/views/request-changes.ts';
import { facts } from '#slack/views/request-facts.ts';
import { noteBlocks } from '#slack/views/request-notes.ts';
import { alternativeLine, counterBlocks } from '#slack/views/request-offers.ts';
import { latest, statusLine } from '#slack/views/request-status.ts';
import { bold, bullets, type Line, lines, person, quote, spoken } from '#slack/views/rich-text.ts';
import { dateToken, joined, mrkdwn } from '#slack/views/text.ts';

/**
 * A launch request through its whole life: what is asked for, what it does to the licenses, what
 * changed, who decided and who is waited for, where it stands. Everybody who takes part sees the
 * same; the buttons are those of the audience.
 */
export function requestCard(card: RequestCard): Message {
  const { evaluation, alternatives, notes } = card.request;
  const lists = [evaluation.reasons, evaluation.warnings, alternatives, notes];
  const longest = Math.max(...lists.map(({ length }) => length));
  return fitted(longest + 1, (steps) =>
    cardWith(card, Math.max(0, steps - 1), steps === 0 ? SHORT_QUOTE : LIMITS.quote),
  );
}

/** Of somebody's words in a card that nothing else makes short enough. */
const SHORT_QUOTE = 300;

function cardWith(
  { request, ledgers, ...card }: RequestCard,
  shown: number,
  quoted: number,
): Message {
  const { evaluation, alternatives } = request;
  const names = poolNames(request, ledgers);
  const status = statusLine(request);
  const buttons = cardButtons(request, card);
  const summary = spoken([
    'Launch request by ',
    person(request.requestedBy),
    `: ${requestTitle(request)}. `,
  ]);
  const blocks: MessageBlock[] = [
    header(requestTitle(request)),
    ...changeBlocks(request),
    lines(...facts(request, ledgers)),
    quote([bold('Reason given by '), person(request.requestedBy)], request.reason, quoted),
    ...bullets(
      REASONS_TITLE[evaluation.verdict],
      listed(evaluation.reasons, shown, (reason) => [reasonText(reason, names)]),
    ),
    ...bullets(
      'Good to know',
      listed(evaluation.warnings, shown, (warning) => [reasonText(warning, names)]),
    ),
    ...bullets('This would pass', listed(alternatives, shown, alternativeLine)),
    ...approvalBlocks(request),
    ...counterBlocks(request),
    ...noteBlocks(request, shown),
    lines(status),
    ...failureBlocks(request),
    ...decisionWords(request, quoted),
    ...smallPrint(request),
    ...(buttons.length === 0 ? [] : [{ type: 'actions' as const, elements: buttons }]),
  ];
  return message(mrkdwn`${summary}${spoken(status)}`, blocks);
}

/** What is left where a card was, when other approvers are asked in another channel. */
export function movedCard(request: LaunchRequest, channelId: string): Message {
  const where = { type: 'channel' as const, channel_id: channelId };
  const title = requestTitle(request);
  return message(
    joined([mrkdwn`${title} is decided in another channel: `, { markup: `<#${channelId}>` }], ''),
    [
      header(title),
      lines(['➡️ Other approvers are asked now. This request is decided in ', where, '.']),
      context(mrkdwn`Request ${request.id}`),
    ],
  );
}

const REASONS_TITLE = {
  allow: 'Why policy allows it',
  ask: 'Why it needs an approval',
  refuse: 'Why it cannot be launched',
} as const;

/** The words of who denied it, or launched it past its approvers. */
function decisionWords(request: LaunchRequest, quoted: number): MessageBlock[] {
  const decision = latest(request, ['deny', 'override']);
  if (decision === undefined || decision.reason === null) return [];
  const review =
    decision.kind === 'override'
      ? [context(mrkdwn`Announced to all, and reviewed afterwards by somebody else`)]
      : [];
  return [
    quote([bold('Reason given by '), decider(decision.by)], decision.reason, quoted),
    ...review,
  ];
}

function smallPrint(request: LaunchRequest): MessageBlock[] {
  const { id, planHash, generation, dueAt, remindAt, status, retryOf } = request;
  const ids = mrkdwn`Request ${id} · plan ${planHash.slice(0, 8)}`;
  const open = status === 'pending' || status === 'approved';
  return [
    context(
      ...(open && dueAt !== null ? [mrkdwn`Expires ${dateToken(dueAt)}`] : []),
      ...(status === 'pending' && remindAt !== null
        ? [mrkdwn`Next reminder ${dateToken(remindAt)}`]
        : []),
      ids,
      ...(generation > 1 ? [mrkdwn`Generation ${generation}`] : []),
      ...(retryOf === null ? [] : [mrkdwn`Tries ${retryOf} again`]),
    ),
  ];
}

/** At most `shown` lines, and one that says how many more there are. */
function listed<Item>(items: readonly Item[], shown: number, line: (item: Item) => Line): Line[] {
  const most = Math.min(shown, LIMITS.cardListItems);
  const left = items.length - most;
  const visible = items.slice(0, most).map(line);
  return left > 0 ? [...visible, [`and ${figure(left)} more`]] : visible;
}
