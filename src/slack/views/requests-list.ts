import type { LaunchRequest } from '#domain/launch-request.ts';
import { figure, plural } from '#slack/views/figures.ts';
import { requestTitle } from '#slack/views/launch-summary.ts';
import { fitted, header, type Message, message } from '#slack/views/message.ts';
import { statusLine } from '#slack/views/request-status.ts';
import { bold, code, type Line, lines, moment, person, spoken } from '#slack/views/rich-text.ts';
import { joined, mrkdwn } from '#slack/views/text.ts';

/** The answer to `/license requests`: one's own requests, newest first. */
export function requestsMessage(requests: readonly LaunchRequest[]): Message {
  if (requests.length === 0) {
    return message(mrkdwn`You have no requests. /license request opens the form.`, [
      lines(['You have no requests. ', code('/license request'), ' opens the form.']),
    ]);
  }
  return fitted(Math.min(requests.length, 20), (shown) => list(requests, shown));
}

function list(requests: readonly LaunchRequest[], shown: number): Message {
  const visible = requests.slice(0, shown);
  const hidden = requests.length - shown;
  const newest = visible[0];
  const text = joined(
    [
      mrkdwn`You have ${plural(requests.length, 'request')}.`,
      ...(newest === undefined
        ? []
        : [mrkdwn` The newest: ${requestTitle(newest)}. ${spoken(statusLine(newest))}`]),
    ],
    '',
  );
  return message(text, [
    header('Your requests'),
    ...visible.map((request) => lines(...requestLines(request))),
    ...(hidden > 0 ? [lines([`and ${figure(hidden)} more`])] : []),
  ]);
}

/** A request in three lines: what, where it stands, its id and age. */
export function requestLines(request: LaunchRequest): Line[] {
  return [
    [bold(requestTitle(request))],
    statusLine(request),
    [
      code(request.id),
      ' · asked by ',
      person(request.requestedBy),
      ', ',
      moment(request.submittedAt),
    ],
  ];
}
