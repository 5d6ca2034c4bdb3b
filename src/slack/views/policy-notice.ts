import type { PolicyAction, PolicyNotice, PolicyRefusal } from '#domain/policy/policy-notice.ts';
import type { PolicyProposal } from '#domain/policy/policy-proposal.ts';
import { context, type Message, message } from '#slack/views/message.ts';
import { type Line, lines, person, spoken } from '#slack/views/rich-text.ts';
import { mrkdwn } from '#slack/views/text.ts';

const DONE = {
  'confirm-policy': 'You confirmed this policy. It is in force within seconds.',
  'reject-policy': 'You rejected this policy. The one in force stays.',
} as const satisfies Record<PolicyAction, string>;

const NOT_DONE = {
  'confirm-policy': 'Your confirmation was not recorded.',
  'reject-policy': 'Nothing was rejected.',
} as const satisfies Record<PolicyAction, string>;

/** What one person is told about one policy proposal, apart from its card. */
export function policyNoticeMessage(
  proposal: PolicyProposal | null,
  notice: PolicyNotice,
): Message {
  const line = noticeLine(notice);
  return message(spoken(line), [
    lines(line),
    ...(proposal === null ? [] : [context(mrkdwn`Proposal ${proposal.id}`)]),
  ]);
}

function noticeLine(notice: PolicyNotice): Line {
  switch (notice.kind) {
    case 'done':
      return [DONE[notice.action]];
    case 'repeated':
      return ['You had already done that.'];
    case 'refused':
      return [...refusalLine(notice.why), ` ${NOT_DONE[notice.action]}`];
  }
}

function refusalLine(why: PolicyRefusal): Line {
  switch (why.code) {
    case 'not-found':
      return ['There is no such policy proposal.'];
    case 'outsider':
      return ['Guests and people of other organizations have no part in this.'];
    case 'shared-channel':
      return ['People of another organization are in this channel, so nothing is decided here.'];
    case 'not-an-administrator':
      return ['Only administrators of the policy in force decide about a new one.'];
    case 'own-proposal':
      return ['Nobody confirms their own proposal. Please ask another administrator.'];
    case 'document-missing':
      return ['The proposed document is not stored any more. Please propose it again.'];
    case 'already-decided':
      return why.by === null
        ? [`This proposal is already ${why.status}.`]
        : [`This proposal is already ${why.status}; decided by `, person(why.by), '.'];
    case 'expired':
      return ['This proposal expired before it was confirmed. Please propose it again.'];
    case 'superseded':
      return [
        'Another policy was published since this was proposed. Please propose it again, with the hash that is published now.',
      ];
  }
}
