import type { AuditEntry } from '#domain/audit/audit.ts';
import { requestStory, type StoryLine } from '#domain/audit/request-story.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { decider } from '#slack/views/decider.ts';
import { figure } from '#slack/views/figures.ts';
import { requestTitle } from '#slack/views/launch-summary.ts';
import { context, fitted, header, type Message, message } from '#slack/views/message.ts';
import { statusLine } from '#slack/views/request-status.ts';
import { bullets, type Line, lines, moment, spoken } from '#slack/views/rich-text.ts';
import { turnLine } from '#slack/views/story-turn.ts';
import { mrkdwn, nameText } from '#slack/views/text.ts';

const MOST = 100;
const LONGEST_WORDS = 300;

/** The answer to `/license history <request>`: its story, first to last. */
export function historyMessage(
  request: LaunchRequest | null,
  trail: readonly AuditEntry[],
): Message {
  if (request === null) {
    const text =
      'There is no request with this id that you may see. /license requests lists yours.';
    return message(mrkdwn`${text}`, [lines([text])]);
  }
  const story = requestStory(request, trail);
  return fitted(Math.min(story.length, MOST), (shown) => history(request, story, shown));
}

function history(request: LaunchRequest, story: readonly StoryLine[], shown: number): Message {
  const hidden = story.length - shown;
  const status = statusLine(request);
  return message(mrkdwn`History of ${request.id}, ${requestTitle(request)}: ${spoken(status)}`, [
    header(requestTitle(request)),
    lines(status),
    ...bullets('What happened', [
      ...(hidden > 0 ? [[`${figure(hidden)} earlier entries are not shown`]] : []),
      ...story.slice(hidden).map((line, index, all) => told(line, all[index - 1])),
    ]),
    context(mrkdwn`Request ${request.id} · from the audit trail`),
  ]);
}

/** When, who, what, and in which generation where that is another than before. */
function told(line: StoryLine, before: StoryLine | undefined): Line {
  const { at, by, generation, words } = line;
  const isNew = generation !== null && generation > (before?.generation ?? 1);
  return [
    moment(at),
    ' · ',
    decider(by),
    ' ',
    ...turnLine(line),
    ...(isNew ? [` (generation ${generation})`] : []),
    ...(words === null || words === '' ? [] : [`: “${nameText(words, LONGEST_WORDS)}”`]),
  ];
}
