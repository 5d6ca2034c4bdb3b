import { type RefObject, useLayoutEffect, useRef } from 'react';

/** A dialog element that is open for as long as it is there; the focus then returns to where it was. */
export function useOpenDialog(): RefObject<HTMLDialogElement | null> {
  const dialog = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return dialog;
}
