import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { gateState } from '#domain/requests/request-gate.ts';
import { placeText, requestTitle } from '#slack/views/launch-summary.ts';
import { context, type Message, message } from '#slack/views/message.ts';
import { membersPieces } from '#slack/views/request-approvals.ts';
import { latest, statusLine } from '#slack/views/request-status.ts';
import { bold, type Line, lines, moment, person, quote, spoken } from '#slack/views/rich-text.ts';
import { joined, mrkdwn } from '#slack/views/text.ts';

/** Under the approvers' card: who is waited for, until when; on an escalation, that others may decide too. */
export function reminderMessage(request: LaunchRequest, escalation: boolean): Message {
  const waited = gateState(request)?.waitedFor ?? { users: [], userGroups: [] };
  const names = membersPieces(waited);
  const { dueAt } = request;
  const line: Line = [
    ...(names.length === 0 ? [] : [...names, ': ']),
    escalation
      ? 'nobody has decided this request, so it is escalated to you.'
      : 'this request still waits for your decision.',
    ...(dueAt === null ? [] : [' It expires ', moment(dueAt), '.']),
  ];
  return message(spoken(line), [
    lines([escalation ? '📣 ' : '🔔 ', ...line]),
    context(mrkdwn`${requestTitle(request)} · request ${request.id}`),
  ]);
}

/** To everybody who watches overrides: who launched what past its approvers, and why. */
export function overrideMessage(request: LaunchRequest): Message {
  const override = latest(request, ['override']);
  const by = override?.by ?? request.requestedBy;
  const line: Line = [
    '🚨 ',
    person(by),
    ' launched past the approvers: ',
    bold(requestTitle(request)),
    ` in ${placeText(request)}, asked for by `,
    person(request.requestedBy),
    '.',
  ];
  return message(joined([spoken(line), spoken(statusLine(request))], ' '), [
    lines(line),
    quote([bold('Reason given by '), person(by)], override?.reason ?? ''),
    lines(['Somebody who is not involved must review it.']),
    context(mrkdwn`Request ${request.id} · plan ${request.planHash.slice(0, 8)}`),
  ]);
}
