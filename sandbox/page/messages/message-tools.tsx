import { Icon } from '../shell/icon.tsx';

/** What stands at a message's corner while it is pointed at or has the focus. */
export function MessageTools(props: { onReply: (() => void) | undefined; onAsk(): void }) {
  return (
    <div className="message-tools">
      {props.onReply && (
        <button type="button" onClick={props.onReply}>
          <Icon name="thread" /> Reply in thread
        </button>
      )}
      <button type="button" onClick={props.onAsk}>
        <Icon name="bolt" /> Ask about licenses
      </button>
    </div>
  );
}
