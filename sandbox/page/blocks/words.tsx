import type { ReactNode } from 'react';
import { useNow } from '../clock-context.ts';
import { formatDate } from '../model/dates.ts';
import { type Mention as MentionTarget, parseMrkdwn, type Span } from '../model/mrkdwn.ts';
import { mentionText } from '../model/plain-words.ts';

/** A text object: markup or literal text. */
export function Words({
  of: { type, text },
}: {
  of: { readonly type: 'mrkdwn' | 'plain_text'; readonly text: string };
}) {
  return type === 'mrkdwn' ? <Mrkdwn markup={text} /> : text;
}

/** Slack's markup. */
export function Mrkdwn({ markup }: { markup: string }) {
  return <Spans of={parseMrkdwn(markup)} />;
}

function Spans({ of: spans }: { of: readonly Span[] }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: a text's pieces never move
  return spans.map((span, index) => <Piece key={index} of={span} />);
}

function Piece({ of: span }: { of: Span }) {
  switch (span.kind) {
    case 'text':
      return span.text;
    case 'code':
      return <code>{span.text}</code>;
    case 'pre':
      return <pre>{span.text}</pre>;
    case 'bold':
      return (
        <strong>
          <Spans of={span.spans} />
        </strong>
      );
    case 'italic':
      return (
        <em>
          <Spans of={span.spans} />
        </em>
      );
    case 'strike':
      return (
        <s>
          <Spans of={span.spans} />
        </s>
      );
    case 'quote':
      return (
        <blockquote>
          <Spans of={span.spans} />
        </blockquote>
      );
    case 'link':
      return <Link url={span.url}>{span.label}</Link>;
    case 'mention':
      return <Mention target={span.target} id={span.id} />;
    case 'date':
      return <Moment {...span} />;
  }
}

/** Somebody or something named, in Slack's colors. */
export function Mention({ target, id }: { target: MentionTarget; id: string }) {
  const loud = target === 'everybody';
  return <span className={loud ? 'mention loud' : 'mention'}>{mentionText(target, id)}</span>;
}

/** A link to the web; any other scheme stays text. */
export function Link({ url, children }: { url: string; children: ReactNode }) {
  if (!/^(https?|mailto):/i.test(url)) return children;
  return (
    <a href={url} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  );
}

/** A date in the reader's own zone; the fallback where it is none. */
export function Moment({
  seconds,
  format,
  fallback,
}: {
  seconds: number;
  format: string;
  fallback: string;
}) {
  const now = useNow();
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return fallback;
  return (
    <time dateTime={date.toISOString()} title={date.toLocaleString()}>
      {formatDate(format, date, now)}
    </time>
  );
}
