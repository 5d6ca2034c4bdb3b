import type { Conversation } from '../model/conversations.ts';
import { repliesTo } from '../model/conversations.ts';
import type { Tell } from '../use-sandbox.ts';
import { Composer } from './composer.tsx';
import { MessageList } from './message-list.tsx';

/** A message and its replies, beside the conversation. */
export function ThreadPane(props: {
  conversation: Conversation;
  ts: string;
  person: string;
  tell: Tell;
  onSend(text: string, threadTs: string): void;
  onClose(): void;
}) {
  const { conversation, ts, person, tell } = props;
  const root = conversation.messages.filter((message) => message.ts === ts);
  return (
    <aside className="pane" aria-label="Thread">
      <header className="pane-header">
        <h2>Thread</h2>
        <button type="button" className="icon" aria-label="Close thread" onClick={props.onClose}>
          ×
        </button>
      </header>
      <MessageList
        label="Messages in the thread"
        messages={[...root, ...repliesTo(conversation, ts)]}
        channel={conversation.id}
        person={person}
        tell={tell}
        waiting={false}
      />
      <Composer label="Reply…" isThread={true} onSend={(text) => props.onSend(text, ts)} />
    </aside>
  );
}
