import { type ReactNode, useEffect, useRef } from 'react';
import type { Choice } from '../surface.ts';
import type { MenuSource } from './menu-source.ts';
import { choicesIn, type Offer } from './use-menu.ts';

/** What a combobox offers. The focus stays in the field; the active choice is marked. */
export function Listbox(props: {
  id: string;
  open: boolean;
  offer: Offer;
  active: number;
  source: MenuSource;
  onChoose(choice: Choice): void;
}) {
  const { id, open, offer, active, source } = props;
  const list = useRef<HTMLDivElement>(null);
  const choices = choicesIn(offer);
  const text = open ? statusText(offer, choices.length, source.minLength) : '';

  // biome-ignore lint/correctness/useExhaustiveDependencies: the list scrolls when another choice becomes active
  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active, offer]);

  return (
    <>
      <div
        ref={list}
        id={id}
        role="listbox"
        aria-label="Choices"
        className="listbox"
        hidden={!open}
      >
        {offer.groups.map((group, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an offer never changes
          <Group key={place} label={group.label}>
            {group.options.map((choice) => {
              const index = choices.indexOf(choice);
              return (
                <div
                  key={choice.value}
                  id={`${id}-${index}`}
                  role="option"
                  tabIndex={-1}
                  aria-selected={index === active}
                  onMouseDown={(event) => {
                    event.preventDefault(); // the field keeps the focus
                    props.onChoose(choice);
                  }}
                >
                  {choice.text.text}
                  {choice.description && <small>{choice.description.text}</small>}
                </div>
              );
            })}
          </Group>
        ))}
        {choices.length === 0 && <div className="nothing">{text}</div>}
      </div>
      <span role="status" className="unseen">
        {text}
      </span>
    </>
  );
}

function Group({ label, children }: { label: string | null; children: ReactNode }) {
  if (label === null) return children;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a listbox may hold groups, and no fieldset
    <div role="group" aria-label={label}>
      <div className="group-label">{label}</div>
      {children}
    </div>
  );
}

function statusText({ status }: Offer, count: number, minLength: number): string {
  switch (status) {
    case 'type more':
      return `Type at least ${minLength} ${minLength === 1 ? 'character' : 'characters'}`;
    case 'loading':
      return 'Loading…';
    case 'failed':
      return 'The choices could not be loaded';
    case 'ready':
      return count === 0 ? 'No results' : `${count} ${count === 1 ? 'result' : 'results'}`;
  }
}
