import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { gateState } from '#domain/requests/request-gate.ts';
import type { RequestsAnswer } from '#ports/notifier.ts';
import { figure, plural } from '#slack/views/figures.ts';
import { requestTitle } from '#slack/views/launch-summary.ts';
import { fitted, header, type Message, type MessageBlock, message } from '#slack/views/message.ts';
import { membersPieces } from '#slack/views/request-approvals.ts';
import { statusLine } from '#slack/views/request-status.ts';
import { bold, code, type Line, lines, moment, person, spoken } from '#slack/views/rich-text.ts';
import { joined, mrkdwn } from '#slack/views/text.ts';

/** The answer to `/license requests`: what waits for this person, and their own, newest first. */
export function requestsMessage({ waitingForMe, mine }: RequestsAnswer): Message {
  if (mine.length === 0 && waitingForMe.length === 0) {
    return message(
      mrkdwn`You have no requests, and none waits for you. /license request opens the form.`,
      [
        lines([
          'You have no requests, and none waits for you. ',
          code('/license request'),
          ' opens the form.',
        ]),
      ],
    );
  }
  const longest = Math.max(mine.length, waitingForMe.length);
  return fitted(Math.min(longest, MOST), (shown) => list({ waitingForMe, mine }, shown));
}

/** Of each list. */
const MOST = 20;

function list({ waitingForMe, mine }: RequestsAnswer, shown: number): Message {
  const newest = mine[0];
  const text = joined(
    [
      ...(waitingForMe.length === 0
        ? []
        : [mrkdwn`${plural(waitingForMe.length, 'request waits', 'requests wait')} for you. `]),
      mrkdwn`You have ${plural(mine.length, 'request')}.`,
      ...(newest === undefined
        ? []
        : [mrkdwn` The newest: ${requestTitle(newest)}. ${spoken(statusLine(newest))}`]),
    ],
    '',
  );
  return message(text, [
    ...(waitingForMe.length === 0 ? [] : section('Waiting for you', waitingForMe, shown)),
    ...(mine.length === 0 ? [] : section('Your requests', mine, shown)),
  ]);
}

function section(title: string, requests: readonly LaunchRequest[], shown: number): MessageBlock[] {
  const hidden = requests.length - shown;
  return [
    header(title),
    ...requests.slice(0, shown).map((request) => lines(...requestLines(request))),
    ...(hidden > 0 ? [lines([`and ${figure(hidden)} more`])] : []),
  ];
}

/** A request in a few lines: what, where it stands, who is waited for, until when, its id and age. */
export function requestLines(request: LaunchRequest): Line[] {
  return [
    [bold(requestTitle(request))],
    statusLine(request),
    ...waitedForLines(request),
    [
      code(request.id),
      ' · asked by ',
      person(request.requestedBy),
      ', ',
      moment(request.submittedAt),
    ],
  ];
}

function waitedForLines(request: LaunchRequest): Line[] {
  const { status, dueAt, counter, requestedBy } = request;
  if (status !== 'pending') return [];
  const state = gateState(request);
  const names =
    counter === null ? membersPieces(state?.waitedFor ?? NOBODY) : [person(requestedBy)];
  const level = state !== null && state.levels.length > 1 && state.open !== null;
  const parts: Line[] = [
    ...(names.length === 0 ? [] : [['waiting for ', ...names]]),
    ...(level ? [[`level ${state.open + 1} of ${state.levels.length}`]] : []),
    ...(state === null ? [] : [[`${plural(state.seatsLeft, 'approval')} to go`]]),
    ...(dueAt === null ? [] : [['expires ', moment(dueAt)]]),
  ];
  return [parts.flatMap((part, index) => (index === 0 ? part : [' · ', ...part]))];
}

const NOBODY = { users: [], userGroups: [] };
