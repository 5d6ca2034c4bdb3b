import { type KeyboardEvent, useId, useState } from 'react';
import type { CommandHint } from './command-hints.ts';
import { CommandList } from './command-list.tsx';
import { useCommandHints } from './use-command-hints.ts';

/** Where a person writes. Slash commands are suggested while they are typed; Enter sends. */
export function Composer(props: { label: string; isThread: boolean; onSend(text: string): void }) {
  const id = useId();
  const [text, setText] = useState('');
  const refused = props.isThread && text.startsWith('/');
  const write = (next: string) => {
    setText(next);
    menu.restart();
  };
  const menu = useCommandHints(text, !props.isThread, write);

  const send = (said: string) => {
    if (said.trim() === '' || refused) return;
    props.onSend(said.trim());
    write('');
  };
  const take = (hint: CommandHint) => (hint.isWhole ? send(hint.typed) : write(hint.typed));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.shiftKey || event.nativeEvent.isComposing) return;
    const isEnter = event.key === 'Enter';
    if (!isEnter && !menu.takeKey(event.key)) return;
    event.preventDefault();
    if (isEnter) enter();
  };
  const enter = () => (menu.chosen ? take(menu.chosen) : send(text));

  return (
    <form
      className="composer"
      onSubmit={(event) => {
        event.preventDefault();
        send(text);
      }}
    >
      <CommandList id={`${id}-hints`} hints={menu.hints} active={menu.active} onTake={take} />
      <div className="composer-box">
        <textarea
          rows={1}
          value={text}
          placeholder={props.label}
          aria-label={props.label}
          aria-autocomplete="list"
          aria-haspopup="listbox"
          aria-controls={`${id}-hints`}
          aria-activedescendant={menu.chosen && `${id}-hints-${menu.active}`}
          aria-describedby={`${id}-help`}
          onChange={({ target }) => write(target.value)}
          onKeyDown={onKeyDown}
        />
        <button type="submit" className="send" disabled={text.trim() === '' || refused}>
          Send
        </button>
      </div>
      <p id={`${id}-help`} className={refused ? 'composer-help refused' : 'composer-help'}>
        <Help refused={refused} isThread={props.isThread} />
      </p>
    </form>
  );
}

function Help({ refused, isThread }: { refused: boolean; isThread: boolean }) {
  if (refused) {
    return 'Slack takes no commands in threads. Type it below the conversation instead.';
  }
  if (isThread) return 'Mention @quartermaster to ask it something.';
  return (
    <>
      <kbd>/</kbd> for commands · <kbd>@quartermaster</kbd> to ask · <kbd>Shift</kbd>+
      <kbd>Enter</kbd> for a new line
    </>
  );
}
