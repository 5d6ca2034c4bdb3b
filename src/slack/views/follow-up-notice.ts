import type { FollowUp, FollowUpAction } from '#domain/follow-ups/follow-up.ts';
import type { FollowUpNotice, FollowUpRefusal } from '#domain/follow-ups/follow-up-notice.ts';
import { context, type Message, message } from '#slack/views/message.ts';
import { type Line, lines, person, spoken } from '#slack/views/rich-text.ts';
import { mrkdwn } from '#slack/views/text.ts';

const DONE = {
  approve: 'You approved this after the fact.',
  stop: 'I stop it now. Its card shows when that is done.',
  associate: 'I associate it now. Its card shows when that is done.',
  ignore: 'This is ignored until then.',
  accept: 'You accepted this override.',
  object: 'Your objection is recorded. What was launched goes on running until somebody stops it.',
  extend: 'It runs longer.',
} as const satisfies Record<FollowUpAction['do'], string>;

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
      return [DONE[notice.action.do]];
    case 'repeated':
      return ['You had already done that.'];
    case 'refused':
      return [...refusalLine(notice.why), ` ${NOT_DONE[notice.action.do]}`];
  }
}

function refusalLine(why: FollowUpRefusal): Line {
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
      return ['Only approvers of these licenses and administrators decide about this.'];
    case 'own':
      return ['Nobody decides about what they did themselves. Please ask somebody else.'];
    case 'already-decided':
      return why.by === null
        ? [`This is already ${why.status}.`]
        : [`This is already ${why.status}; decided by `, person(why.by), '.'];
    case 'not-offered':
      return ['That cannot be done with this. Please use the newest card.'];
    case 'bad-date':
      return ['The date must be later than now and within a year.'];
  }
}
