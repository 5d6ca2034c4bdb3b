import type { FollowUp, FollowUpAction } from '#domain/follow-ups/follow-up.ts';
import type { FollowUpNotice } from '#domain/follow-ups/follow-up-notice.ts';
import { plural } from '#slack/views/figures.ts';
import { context, type Message, message } from '#slack/views/message.ts';
import { type Line, lines, moment, person, spoken } from '#slack/views/rich-text.ts';
import { mrkdwn } from '#slack/views/text.ts';

const DONE = {
  approve: 'You approved this after the fact.',
  stop: 'I stop it now. Its card shows when that is done.',
  associate: 'I associate it now. Its card shows when that is done.',
  ignore: 'This is ignored until then.',
  accept: 'You accepted this override.',
  object: 'Your objection is recorded. What was launched goes on running until somebody stops it.',
} as const satisfies Record<Exclude<FollowUpAction['do'], 'extend'>, string>;

const NOT_DONE = {
  approve: 'Nothing was approved.',
  stop: 'Nothing was stopped.',
  associate: 'Nothing was associated.',
  ignore: 'It is not ignored.',
  accept: 'Nothing was recorded.',
  object: 'Nothing was recorded.',
  extend: 'Its end stays as it was.',
} as const satisfies Record<FollowUpAction['do'], string>;

/** What one person is told about one follow-up, apart from its card. */
export function followUpNoticeMessage(followUp: FollowUp | null, notice: FollowUpNotice): Message {
  const line = noticeLine(notice);
  return message(spoken(line), [
    lines(line),
    ...(followUp === null ? [] : [context(mrkdwn`Follow-up ${followUp.id}`)]),
  ]);
}

function noticeLine(notice: FollowUpNotice): Line {
  switch (notice.kind) {
    case 'done':
      return notice.action.do === 'extend'
        ? ['It runs until ', moment(notice.action.until), ', the earliest end that was agreed to.']
        : [DONE[notice.action.do]];
    case 'agreed':
      return [
        `Your approval is recorded. It takes ${plural(notice.seatsLeft, 'more approval')} of other people; until then its end stays as it was.`,
      ];
    case 'repeated':
      return ['You had already done that.'];
    case 'refused':
      return [...refusalLine(notice), ` ${NOT_DONE[notice.action.do]}`];
  }
}

type Refused = Extract<FollowUpNotice, { readonly kind: 'refused' }>;

function refusalLine({ why, action }: Refused): Line {
  switch (why.code) {
    case 'not-found':
      return ['That is no longer there.'];
    case 'outsider':
      return ['Guests and people of other organizations have no part in this.'];
    case 'shared-channel':
      return ['People of another organization are in this channel, so nothing is decided here.'];
    case 'policy-missing':
      return ['No policy is published, so nobody decides anything yet.'];
    case 'not-an-approver':
      return action.do === 'extend'
        ? ['Only those who may approve such a launch let it run longer.']
        : ['Only approvers of these licenses and administrators decide about this.'];
    case 'not-your-level':
      return [
        `You approve at level ${why.yours + 1}, and level ${why.open + 1} is open: others come first.`,
      ];
    case 'needs-step-up':
      return [
        'Approvals of such a launch count only with AWS credentials, which this takes none of. Please make a new request instead.',
      ];
    case 'own':
      return ['Nobody decides about what they did themselves. Please ask somebody else.'];
    case 'already-decided':
      return why.by === null
        ? [`This is already ${why.status}.`]
        : [`This is already ${why.status}; decided by `, person(why.by), '.'];
    case 'not-offered':
      return ['That cannot be done with this. Please use the newest card.'];
    case 'bad-date':
      return action.do === 'extend'
        ? [
            'The new end must be later than the present one, before that has come, and no later than policy allows.',
          ]
        : ['The date must be later than now and within a year.'];
    case 'reason-missing':
      return ['Say why, so that others understand it later.'];
  }
}
