import { type KeyboardEvent, useRef, useState } from 'react';
import type { Choice } from '../surface.ts';
import type { Labels } from './element-types.ts';
import { Listbox } from './listbox.tsx';
import type { MenuSource } from './menu-source.ts';
import { choicesIn, useOffer } from './use-menu.ts';

/**
 * A field that offers choices while one types.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/combobox/
 */
export function Combobox(props: {
  labels: Labels;
  placeholder: string;
  source: MenuSource;
  value: Choice | null;
  onChoose(choice: Choice | null): void;
}) {
  const { labels, source, value, onChoose } = props;
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const [active, setActive] = useState(0);
  const input = useRef<HTMLInputElement>(null);
  const offer = useOffer(source, open, typed ?? '');
  const choices = choicesIn(offer);
  const listId = `${labels.id}-list`;

  const show = () => {
    setOpen(true);
    setActive(0);
  };
  const close = () => {
    setOpen(false);
    setTyped(null);
  };
  const choose = (choice: Choice | null) => {
    onChoose(choice);
    close();
    input.current?.focus();
  };
  const move = (step: number) => {
    if (!open) show();
    else if (choices.length > 0) setActive((active + step + choices.length) % choices.length);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const meaning = meaningOf(event.key, open);
    if (meaning === null) return;
    event.preventDefault();
    event.stopPropagation();
    if (meaning === 'close') close();
    else if (meaning === 'choose') choose(choices[active] ?? value);
    else move(meaning);
  };

  return (
    <div className="combobox">
      <input
        {...labels}
        ref={input}
        type="text"
        role="combobox"
        className="input"
        autoComplete="off"
        spellCheck={false}
        aria-autocomplete="list"
        aria-expanded={open}
        aria-controls={listId}
        aria-activedescendant={open && choices[active] ? `${listId}-${active}` : undefined}
        placeholder={value?.text.text ?? props.placeholder}
        value={(open ? typed : value?.text.text) ?? ''}
        onChange={({ target }) => {
          setTyped(target.value);
          show();
        }}
        onClick={() => (open ? undefined : show())}
        onKeyDown={onKeyDown}
        onBlur={close}
      />
      {value !== null && labels['aria-required'] === false && (
        <button type="button" className="clear" aria-label="Clear" onClick={() => choose(null)}>
          ×
        </button>
      )}
      <Listbox
        id={listId}
        open={open}
        offer={offer}
        active={active}
        source={source}
        onChoose={choose}
      />
    </div>
  );
}

/** What a key does to the menu: steps, closes, chooses; null when it is not meant for it. */
function meaningOf(key: string, open: boolean): 1 | -1 | 'close' | 'choose' | null {
  if (key === 'ArrowDown') return 1;
  if (key === 'ArrowUp') return -1;
  if (!open) return null;
  if (key === 'Escape') return 'close';
  return key === 'Enter' ? 'choose' : null;
}
