import { Fragment, type ReactNode, useRef } from 'react';
import { useNow } from '../clock-context.ts';
import { dayOf, formatDate, messageTime } from '../model/dates.ts';
import type { Message as MessageData } from '../model/sandbox-state.ts';
import type { Tell } from '../use-sandbox.ts';
import { Message } from './message.tsx';
import { useFollowEnd } from './use-follow-end.ts';

/** Messages of one author within this time stand under one name. */
const TOGETHER_MS = 5 * 60_000;

/** Messages, oldest first. */
export function MessageList(props: {
  label: string;
  messages: readonly MessageData[];
  channel: string;
  person: string;
  tell: Tell;
  /** True while something that the reader said is being worked on. */
  waiting: boolean;
  repliesOf?: (ts: string) => number;
  onOpenThread?: (ts: string) => void;
  /** What stands above the first message. */
  children?: ReactNode;
}) {
  const { messages, channel, person } = props;
  const now = useNow();
  const list = useRef<HTMLDivElement>(null);
  const { onScroll } = useFollowEnd({
    list,
    place: `${person} ${channel}`,
    newest: messages.at(-1)?.ts,
    waiting: props.waiting,
  });

  return (
    <div
      ref={list}
      role="log"
      aria-live="off"
      aria-label={props.label}
      className="message-list"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: the list scrolls by keyboard
      tabIndex={0}
      onScroll={onScroll}
    >
      <div>
        {props.children}
        {messages.map((message, index) => (
          <Fragment key={message.ts}>
            <Day message={message} before={messages[index - 1]} now={now} />
            <Message
              message={message}
              channel={channel}
              person={person}
              tell={props.tell}
              follows={belongTogether(messages[index - 1], message)}
              replies={props.repliesOf?.(message.ts) ?? 0}
              onOpenThread={props.onOpenThread}
            />
          </Fragment>
        ))}
      </div>
    </div>
  );
}

function Day(props: { message: MessageData; before: MessageData | undefined; now: Date }) {
  const date = messageTime(props.message.ts);
  if (props.before && dayOf(messageTime(props.before.ts)) === dayOf(date)) return null;
  return (
    <h3 className="day">
      <span>{formatDate('{date_long_pretty}', date, props.now)}</span>
    </h3>
  );
}

function belongTogether(before: MessageData | undefined, message: MessageData): boolean {
  if (before === undefined || before.user !== message.user) return false;
  const [then, now] = [messageTime(before.ts), messageTime(message.ts)];
  const isNear = now.getTime() - then.getTime() < TOGETHER_MS && dayOf(then) === dayOf(now);
  return isNear && Boolean(before.ephemeral_to) === Boolean(message.ephemeral_to);
}
