import type { FollowUp } from '#domain/follow-ups/follow-up.ts';
import type { FollowUpCard } from '#ports/notifier.ts';
import { followUpButtons } from '#slack/views/follow-up-buttons.ts';
import { extensionLines } from '#slack/views/follow-up-extension.ts';
import { followUpStatus } from '#slack/views/follow-up-status.ts';
import { factsOfUse, titleOfUse } from '#slack/views/follow-up-use.ts';
import { context, header, type Message, message } from '#slack/views/message.ts';
import {
  bold,
  code,
  type Line,
  lines,
  moment,
  person,
  quote,
  spoken,
} from '#slack/views/rich-text.ts';
import { mrkdwn, nameText } from '#slack/views/text.ts';

/** A follow-up through its life: what it is about, where it stands, what can be done about it. */
export function followUpCard(card: FollowUpCard): Message {
  const { followUp, ledgers } = card;
  const title = titleOf(followUp);
  const status = followUpStatus(followUp);
  const buttons = followUpButtons(followUp, ledgers);
  return message(mrkdwn`${title}. ${spoken(status)}`, [
    header(title),
    lines(...factsOf(card)),
    lines(status),
    ...wordsOf(followUp),
    context(mrkdwn`Follow-up ${followUp.id}`),
    ...(buttons.length === 0 ? [] : [{ type: 'actions' as const, elements: buttons }]),
  ]);
}

function titleOf(followUp: FollowUp): string {
  switch (followUp.kind) {
    case 'time-box':
      return 'A launch with an end';
    case 'override-review':
      return 'An override to review';
    case 'unrequested':
      return titleOfUse(followUp);
  }
}

function factsOf(card: FollowUpCard): readonly Line[] {
  const { followUp, accountName } = card;
  const where: Line = [
    bold('Where: '),
    `${nameText(accountName)} (${followUp.account}), ${followUp.region}`,
  ];
  switch (followUp.kind) {
    case 'time-box':
      return [
        [bold('Request: '), code(followUp.requestId), ', for ', person(followUp.owner)],
        where,
        [bold('Instances: '), followUp.instanceIds.map((id) => nameText(id)).join(', ')],
        [bold('Stopped on: '), moment(followUp.until)],
        ...extensionLines(followUp),
      ];
    case 'override-review':
      return [
        [bold('Request: '), code(followUp.requestId)],
        where,
        [bold('Launched without approvers by: '), person(followUp.overriddenBy)],
        ...(followUp.dueAt === null ? [] : [[bold('To be reviewed by: '), moment(followUp.dueAt)]]),
      ];
    case 'unrequested':
      return factsOfUse(followUp, card, where);
  }
}

/** The last decision's own words, where it has some. */
function wordsOf({ decisions }: FollowUp) {
  const last = decisions.at(-1);
  if (last === undefined || !('reason' in last.action)) return [];
  return [quote([bold('Reason given by '), person(last.by)], last.action.reason)];
}
