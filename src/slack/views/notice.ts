import type { Notice } from '#domain/notice.ts';
import type { LaunchRequest, ReaskedWhy } from '#domain/requests/launch-request.ts';
import { plural } from '#slack/views/figures.ts';
import { context, type Message, message } from '#slack/views/message.ts';
import { poolNames } from '#slack/views/pool-names.ts';
import { reasonText } from '#slack/views/reason.ts';
import { type Action, refusalLine, STATUS_TEXT } from '#slack/views/refusal.ts';
import { bullets, type Line, lines, moment, spoken } from '#slack/views/rich-text.ts';
import { mrkdwn } from '#slack/views/text.ts';

const DONE = {
  override: 'You launched this past its approvers. It is announced, and somebody else reviews it.',
  edit: 'The request is changed. Whoever approves it decides again.',
  counter: 'Your offer is with the requester.',
  accept: 'You took the offer.',
  decline: 'You declined the offer. The request waits as it was.',
  note: 'Your note is on the request.',
  approve: 'You approved this request. Its card shows how the launch goes on.',
  deny: 'You denied this request. Its licenses are free again.',
  cancel: 'The request is cancelled. Its licenses are free again.',
} as const satisfies Record<Exclude<Action, 'submit' | 'look'>, string>;

/** What one person is told about one request, apart from its card. */
export function noticeMessage(request: LaunchRequest | null, notice: Notice): Message {
  const line = noticeLine(notice, request?.id ?? null);
  const reasons = notice.kind === 'refused' && 'reasons' in notice.why ? notice.why.reasons : [];
  const names = poolNames(request, []);
  return message(spoken(line), [
    lines(line),
    ...bullets(
      'Why',
      reasons.map((reason) => [reasonText(reason, names)]),
    ),
    ...(request === null ? [] : [context(mrkdwn`Request ${request.id}`)]),
  ]);
}

/** Why a request is decided again, as a clause. */
export const REASKED = {
  edited: 'its requester changed it',
  'policy-changed': 'policy changed',
  'verdict-changed': 'the licenses or their rules changed',
  'price-changed': 'its price changed',
  'counter-accepted': 'its requester took a counter-offer',
} as const satisfies Record<ReaskedWhy, string>;

function noticeLine(notice: Notice, requestId: string | null): Line {
  switch (notice.kind) {
    case 'seat-filled':
      return [`You approved this request. ${plural(notice.seatsLeft, 'more approval')} to go.`];
    case 'reminder':
      return ['This request still waits for your decision.'];
    case 'escalation':
      return ['Nobody has decided this request, so it is yours to decide too.'];
    case 'asked-again':
      return [`This request is to be decided again, because ${REASKED[notice.why]}.`];
    case 'counter-offered':
      return ['An approver offers something else instead of what you asked for.'];
    case 'ends-soon':
      return [
        'What you launched will be stopped on ',
        moment(notice.until),
        ', and its licenses returned. To keep it longer, ask an approver to extend it.',
      ];
    case 'ended':
      return ['What you launched was stopped, as its end had come. Its licenses are returned.'];
    case 'not-ended':
      return [
        'The end of what you launched has come, but AWS did not let me stop it. Please stop it yourself.',
      ];
    case 'counter-declined':
      return ['The requester declined your offer. The request waits as it was.'];
    case 'done':
      return [DONE[notice.action]];
    case 'repeated':
      return [`You had already done that: the request is ${STATUS_TEXT[notice.status]}.`];
    case 'refused':
      return refusalLine(notice.why, notice.action, requestId);
  }
}
