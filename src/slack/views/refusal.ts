import type { Notice, Refusal } from '#domain/notice.ts';
import type { RequestStatus } from '#domain/requests/launch-request.ts';
import { decider } from '#slack/views/decider.ts';
import { plural } from '#slack/views/figures.ts';
import { code, type Line } from '#slack/views/rich-text.ts';
import { nameText } from '#slack/views/text.ts';

/** What somebody tried to do. */
export type Action = Extract<Notice, { readonly kind: 'refused' }>['action'];

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

/** Why something was refused: what happened, what was not done, what to do next. */
export function refusalLine(why: Refusal, action: Action, requestId: string | null): Line {
  const [happened, next] = refusal(why, action, requestId);
  return [...happened, ` ${NOT_DONE[action]}`, ...(next === null ? [] : [' ', ...next])];
}

/** What happened, and what to do next. */
type Words = readonly [happened: Line, next: Line | null];

type Told = Extract<Refusal, { readonly code: keyof typeof WORDS }>;
type Counted = Exclude<Refusal, Told>;

/** Refusals that are always the same words. */
const WORDS = {
  'not-found': [['There is no such request.'], ['/license requests lists those that you can see.']],
  expired: [
    ['This request expired before it was decided.'],
    ['Its requester can press Ask again on its card.'],
  ],
  'no-form': [
    ['This request is for a change that a recommendation named, and no form has fields for it.'],
    ['Please ask for the recommendation again.'],
  ],
  'plan-changed': [
    ['The plan changed since this card was shown.'],
    ['Please look at the newest card and decide there.'],
  ],
  'own-request': [
    ['Nobody may approve what they requested, edited or benefit from.'],
    ['Please ask another approver.'],
  ],
  'shared-channel': [
    ['People of another organization are in this channel, so nothing is decided here.'],
    ['Please decide in your Home tab, or ask an administrator to move approvals elsewhere.'],
  ],
  'may-not-override': [
    ['Policy does not let you launch past the approvers.'],
    ['Please ask those whom the card names, or an administrator.'],
  ],
  'reason-missing': [
    ['That takes words, and there were none.'],
    ['Please say why, so that others understand it later.'],
  ],
  'no-counter-offer': [
    ['There is no such offer to answer: it was answered, or replaced by a newer one.'],
    ['Please look at the newest card.'],
  ],
  'no-better-offer': [
    ['That is no offer that policy lets through, or it is what was asked for.'],
    ['Approve the request as it is, deny it, or offer something else.'],
  ],
  outsider: [['Guests and people of other organizations have no part in this.'], null],
  'not-a-viewer': [
    ['Policy gives you no role here.'],
    ['Please ask a license administrator for one.'],
  ],
  'does-not-fit': [
    ['The licenses do not fit any more.'],
    ['The request stays pending and takes its place in line when licenses come free.'],
  ],
  'policy-missing': [
    ['No policy is published yet, so nobody may launch.'],
    ['An administrator can publish one with quartermaster policy publish.'],
  ],
  'pool-busy': [
    ['Many people are deciding about these licenses right now.'],
    ['Please try again in a minute.'],
  ],
} as const satisfies Readonly<Partial<Record<Refusal['code'], Words>>>;

function refusal(why: Refusal, action: Action, requestId: string | null): Words {
  return isTold(why) ? WORDS[why.code] : counted(why, action, requestId);
}

function isTold(why: Refusal): why is Told {
  return why.code in WORDS;
}

function counted(why: Counted, action: Action, requestId: string | null): Words {
  switch (why.code) {
    case 'already-decided':
      return why.by === null
        ? [[`This request is already ${STATUS_TEXT[why.status]}.`], null]
        : [
            [
              `This request is already ${STATUS_TEXT[why.status]}; decided by `,
              decider(why.by),
              '.',
            ],
            null,
          ];
    case 'not-an-approver':
      return [
        ['Policy does not make you an approver of this request.'],
        ['Its card names those who are waited for.'],
      ];
    case 'not-your-level':
      return [
        [
          `Others decide first: level ${why.open + 1} is open, and you approve at level ${why.yours + 1}.`,
        ],
        why.yours > why.open ? ['The card shows when it is your turn.'] : null,
      ];
    case 'needs-step-up':
      return [
        ['Policy asks that this is approved with AWS credentials, outside Slack.'],
        ['Please run ', code(approveCommand(requestId)), ' in a terminal.'],
      ];
    case 'command-not-allowed':
      return [
        ['Policy does not let your roles use ', code(`/license ${nameText(why.command, 20)}`), '.'],
        ['Please ask a license administrator.'],
      ];
    case 'too-many-notes':
      return [[`A request takes at most ${plural(why.maximum, 'note')}.`], null];
    case 'not-your-request':
      return [[whoseRequest(action)], null];
    case 'too-late-to-cancel':
      return [[`It is too late to cancel: the request is ${STATUS_TEXT[why.status]}.`], null];
    case 'cannot-launch':
      return [['This cannot be launched.'], null];
  }
}

/** The command that approves a request with AWS credentials. */
export function approveCommand(requestId: string | null): string {
  return `quartermaster approve ${requestId ?? '<request>'}`;
}

function whoseRequest(action: Action): string {
  return action === 'cancel'
    ? 'Only its requester and administrators may cancel a request.'
    : 'Only its requester may do that.';
}
