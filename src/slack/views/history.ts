import type { AuditEntry } from '#domain/audit.ts';
import type { LaunchRequest } from '#domain/launch-request.ts';
import { decider } from '#slack/views/decider.ts';
import { figure } from '#slack/views/figures.ts';
import { requestTitle } from '#slack/views/launch-summary.ts';
import { context, fitted, header, type Message, message } from '#slack/views/message.ts';
import { statusLine } from '#slack/views/request-status.ts';
import { bullets, type Line, lines, moment, spoken } from '#slack/views/rich-text.ts';
import { mrkdwn, nameText } from '#slack/views/text.ts';

const MOST = 100;

/** The answer to `/license history <request>`: everything the audit trail has, first to last. */
export function historyMessage(
  request: LaunchRequest | null,
  trail: readonly AuditEntry[],
): Message {
  if (request === null) {
    const text =
      'There is no request with this id that you may see. /license requests lists yours.';
    return message(mrkdwn`${text}`, [lines([text])]);
  }
  return fitted(Math.min(trail.length, MOST), (shown) => history(request, trail, shown));
}

function history(request: LaunchRequest, trail: readonly AuditEntry[], shown: number): Message {
  const hidden = trail.length - shown;
  const entries = trail.slice(hidden).map(entryLine);
  const status = statusLine(request);
  return message(mrkdwn`History of ${request.id}, ${requestTitle(request)}: ${spoken(status)}`, [
    header(requestTitle(request)),
    lines(status),
    ...bullets('What happened', [
      ...(hidden > 0 ? [[`${figure(hidden)} earlier entries are not shown`]] : []),
      ...entries,
    ]),
    context(mrkdwn`Request ${request.id} · from the audit trail`),
  ]);
}

function entryLine({ at, event, by, details }: AuditEntry): Line {
  const facts = Object.entries(details)
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `${nameText(key, 30)} ${detailText(value)}`)
    .join(', ');
  return [
    moment(at),
    ' · ',
    eventText(event),
    ' by ',
    decider(by),
    facts === '' ? '' : ` · ${facts}`,
  ];
}

/** `request.approved` reads "request approved". */
function eventText(event: string): string {
  return nameText(event.replaceAll(/[.-]/g, ' '));
}

function detailText(value: AuditEntry['details'][string]): string {
  if (typeof value === 'number') return figure(value);
  const text = String(value);
  return /^[0-9a-f]{32,}$/.test(text) ? text.slice(0, 8) : nameText(text, 80);
}
