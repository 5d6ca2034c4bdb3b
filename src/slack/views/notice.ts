import type { LaunchRequest, RequestStatus } from '#domain/launch-request.ts';
import type { Notice, Refusal } from '#domain/notice.ts';
import { plural } from '#slack/views/figures.ts';
import { context, type Message, message } from '#slack/views/message.ts';
import { poolNames } from '#slack/views/pool-names.ts';
import { reasonText } from '#slack/views/reason.ts';
import { bullets, type Line, lines, person, spoken } from '#slack/views/rich-text.ts';
import { mrkdwn } from '#slack/views/text.ts';

type Action = Extract<Notice, { readonly kind: 'refused' }>['action'];

const NOT_DONE = {
  submit: 'Nothing was requested.',
  approve: 'Your approval was not recorded.',
  deny: 'Nothing was denied.',
  cancel: 'Nothing was cancelled.',
  override: 'Nothing was launched.',
  edit: 'The request is as it was.',
  counter: 'Nothing was offered.',
  accept: 'The request is as it was.',
  decline: 'The request is as it was.',
  note: 'Your note was not added.',
  look: 'Nothing is shown.',
} as const satisfies Record<Action, string>;

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

/** Request states as they read in a sentence. */
export const STATUS_TEXT = {
  draft: 'still a draft',
  pending: 'waiting for a decision',
  approved: 'approved',
  launching: 'being launched',
  launched: 'launched',
  unknown: 'being checked: AWS has not said whether it was launched',
  confirmed: 'launched and confirmed by License Manager',
  denied: 'denied',
  cancelled: 'cancelled',
  expired: 'expired',
  failed: 'failed',
} as const satisfies Record<RequestStatus, string>;

/** What one person is told about one request, apart from its card. */
export function noticeMessage(request: LaunchRequest | null, notice: Notice): Message {
  const line = noticeLine(notice);
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

const ASKED_AGAIN = {
  edited: 'its requester changed it',
  'policy-changed': 'policy changed',
  'verdict-changed': 'the licenses or their rules changed',
  'price-changed': 'its price changed',
  'counter-accepted': 'its requester took a counter-offer',
} as const satisfies Record<Extract<Notice, { kind: 'asked-again' }>['why'], string>;

function noticeLine(notice: Notice): Line {
  switch (notice.kind) {
    case 'seat-filled':
      return [`You approved this request. ${plural(notice.seatsLeft, 'more approval')} to go.`];
    case 'reminder':
      return ['This request still waits for your decision.'];
    case 'escalation':
      return ['Nobody has decided this request, so it is yours to decide too.'];
    case 'asked-again':
      return [`This request is to be decided again, because ${ASKED_AGAIN[notice.why]}.`];
    case 'counter-offered':
      return ['An approver offers something else instead of what you asked for.'];
    case 'counter-declined':
      return ['The requester declined your offer. The request waits as it was.'];
    case 'done':
      return [DONE[notice.action]];
    case 'repeated':
      return [`You had already done that: the request is ${STATUS_TEXT[notice.status]}.`];
    case 'refused':
      return [...refusalLine(notice.why), ` ${NOT_DONE[notice.action]}`];
  }
}

function refusalLine(why: Refusal): Line {
  switch (why.code) {
    case 'not-found':
      return ['There is no such request any more.'];
    case 'already-decided':
      return why.by === null
        ? [`This request is already ${STATUS_TEXT[why.status]}.`]
        : [`This request is already ${STATUS_TEXT[why.status]}; decided by `, decider(why.by), '.'];
    case 'expired':
      return ['This request expired before it was decided. Please ask for a new one.'];
    case 'plan-changed':
      return ['The plan changed since this card was shown. Please decide on the newest card.'];
    case 'own-request':
      return [
        'Nobody may approve what they requested, edited or benefit from. Please ask another approver.',
      ];
    case 'not-an-approver':
      return ['Policy does not make you an approver of this request.'];
    case 'not-your-level':
      return [
        `Others decide first: level ${why.open + 1} is open, and you approve at level ${why.yours + 1}.`,
      ];
    case 'needs-step-up':
      return [
        'Policy asks that this is approved with AWS credentials. Run: quartermaster approve with the id of the request.',
      ];
    case 'may-not-override':
      return ['Policy does not let you launch past the approvers.'];
    case 'no-counter-offer':
      return ['There is no offer to answer any more.'];
    case 'no-better-offer':
      return ['That is what was asked for already. Approve it, or offer something else.'];
    case 'too-many-notes':
      return [`A request takes at most ${plural(why.maximum, 'note')}.`];
    case 'not-your-request':
      return ['Only its requester and administrators may cancel a request.'];
    case 'outsider':
      return ['Guests and people of other organizations have no part in this.'];
    case 'not-a-viewer':
      return ['Policy gives you no role here. Ask a license administrator for one.'];
    case 'too-late-to-cancel':
      return [`It is too late to cancel: the request is ${STATUS_TEXT[why.status]}.`];
    case 'does-not-fit':
      return ['The licenses do not fit any more, so the request stays pending and waits in line.'];
    case 'cannot-launch':
      return ['This cannot be launched.'];
    case 'policy-missing':
      return [
        'No policy is published yet, so nobody may launch. An administrator can publish one.',
      ];
    case 'pool-busy':
      return [
        'Many people are deciding about these licenses right now. Please try again in a minute.',
      ];
  }
}

/** Who decided, where the clock or policy may have. */
export function decider(by: string): Line[number] {
  if (by === 'policy') return 'policy';
  if (by === 'clock') return 'the clock';
  return person(by);
}
