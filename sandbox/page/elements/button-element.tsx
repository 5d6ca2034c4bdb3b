import { useState } from 'react';
import { useAsk } from '../confirm-context.ts';
import { useSurface } from '../surface.ts';
import { confirmationOf } from './confirmation-of.ts';
import type { ElementOf, ElementProps } from './element-types.ts';

type Button = ElementOf<'button' | 'workflow_button' | 'icon_button'>;

/** A button. It spins until the work that a click caused is done. */
export function ButtonElement({ element, blockId, labels }: ElementProps<Button>) {
  const { act } = useSurface();
  const ask = useAsk();
  const [busy, setBusy] = useState(false);
  const style = 'style' in element ? element.style : undefined;
  const url = 'url' in element ? element.url : undefined;

  const click = async () => {
    if (busy || (element.confirm && !(await ask(confirmationOf(element.confirm))))) return;
    setBusy(true);
    await act({
      action_id: element.action_id ?? '',
      block_id: blockId,
      value: 'value' in element ? element.value : undefined,
    });
    setBusy(false);
  };
  const shared = {
    id: labels.id,
    className: ['button', style ?? '', busy ? 'busy' : ''].join(' '),
    'aria-label': element.accessibility_label,
    onClick: () => void click(),
    children: element.text.text,
  };
  if (url !== undefined) {
    return <a {...shared} href={url} target="_blank" rel="noopener noreferrer" />;
  }
  return <button type="button" aria-busy={busy} aria-disabled={busy} {...shared} />;
}
