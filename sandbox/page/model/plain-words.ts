import { formatDate } from './dates.ts';
import { parseMrkdwn, type Span } from './mrkdwn.ts';
import { channelName, faceOf, groupHandle } from './workspace.ts';

/** Slack's markup as it is read aloud. */
export function plainWords(markup: string, now: Date): string {
  return parseMrkdwn(markup)
    .map((span) => wordsOf(span, now))
    .join('');
}

function wordsOf(span: Span, now: Date): string {
  switch (span.kind) {
    case 'text':
    case 'code':
    case 'pre':
      return span.text;
    case 'bold':
    case 'italic':
    case 'strike':
    case 'quote':
      return span.spans.map((inner) => wordsOf(inner, now)).join('');
    case 'link':
      return span.label;
    case 'mention':
      return mentionText(span.target, span.id);
    case 'date':
      return formatDate(span.format, new Date(span.seconds * 1000), now);
  }
}

/** `@Riley Chen`, `#licenses`, `@here`. */
export function mentionText(
  target: 'user' | 'channel' | 'group' | 'everybody',
  id: string,
): string {
  switch (target) {
    case 'user':
      return `@${faceOf(id).name}`;
    case 'channel':
      return `#${channelName(id)}`;
    case 'group':
      return `@${groupHandle(id)}`;
    case 'everybody':
      return `@${id}`;
  }
}
