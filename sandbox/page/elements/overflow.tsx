import { useAsk } from '../confirm-context.ts';
import { useSurface } from '../surface.ts';
import { confirmationOf } from './confirmation-of.ts';
import type { ElementOf, ElementProps } from './element-types.ts';

/** The "…" menu of a message. */
export function Overflow({ element, blockId, labels }: ElementProps<ElementOf<'overflow'>>) {
  const { act } = useSurface();
  const ask = useAsk();
  const menuId = `${labels.id}-menu`;
  const choose = async (value: string) => {
    document.getElementById(menuId)?.hidePopover();
    if (element.confirm && !(await ask(confirmationOf(element.confirm)))) return;
    await act({ action_id: element.action_id ?? '', block_id: blockId, selected: value });
  };
  return (
    <span className="overflow">
      <button
        type="button"
        id={labels.id}
        className="button"
        aria-label="More actions"
        popoverTarget={menuId}
      >
        …
      </button>
      <div id={menuId} popover="auto" className="popover menu">
        {element.options.map(({ text, value, url }) =>
          url === undefined ? (
            <button key={value} type="button" onClick={() => void choose(value)}>
              {text.text}
            </button>
          ) : (
            <a key={value} href={url} target="_blank" rel="noopener noreferrer">
              {text.text}
            </a>
          ),
        )}
      </div>
    </span>
  );
}
