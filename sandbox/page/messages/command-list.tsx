import type { CommandHint } from './command-hints.ts';

/** Suggested commands above the composer. The focus stays in the composer. */
export function CommandList(props: {
  id: string;
  hints: readonly CommandHint[];
  active: number | null;
  onTake(hint: CommandHint): void;
}) {
  const { id, hints, active } = props;
  const count = hints.length;
  return (
    <>
      <div
        id={id}
        role="listbox"
        aria-label="Commands"
        className="command-list"
        hidden={count === 0}
      >
        {hints.map((hint, index) => (
          <div
            key={hint.form}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onMouseDown={(event) => {
              event.preventDefault(); // the composer keeps the focus
              props.onTake(hint);
            }}
          >
            <strong>{hint.form}</strong> <small>{hint.does}</small>
          </div>
        ))}
      </div>
      <span role="status" className="unseen">
        {count > 0 && `${count} ${count === 1 ? 'command' : 'commands'} suggested`}
      </span>
    </>
  );
}
