import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react';

/** Nearer to the end than this, a list follows what is new. */
const NEAR_END_PX = 120;

/**
 * Keeps a list of messages at its end while somebody reads there, and where they have just said something. A new message
 * that is taller than the list is shown from its top.
 */
export function useFollowEnd(options: {
  readonly list: RefObject<HTMLDivElement | null>;
  /** What is shown: another conversation is shown from its end. */
  readonly place: string;
  readonly newest: string | undefined;
  /** True while something that the reader said is being worked on. */
  readonly waiting: boolean;
}): { onScroll(): void } {
  const { list, place, newest, waiting } = options;
  const atEnd = useRef(true);

  useEffect(() => {
    const element = list.current;
    if (element === null) return;
    const growth = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight;
    });
    for (const child of element.children) growth.observe(child);
    return () => growth.disconnect();
  }, [list]);
  useLayoutEffect(() => {
    if (waiting) atEnd.current = true;
  }, [waiting]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another place is another list
  useLayoutEffect(() => {
    atEnd.current = true;
  }, [place]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: done once for each new message
  useLayoutEffect(() => {
    const element = list.current;
    if (element === null || !atEnd.current) return;
    const last = element.querySelector<HTMLElement>('article:last-of-type');
    atEnd.current = last === null || last.offsetHeight < element.clientHeight;
    element.scrollTop = atEnd.current ? element.scrollHeight : (last?.offsetTop ?? 0);
  }, [list, place, newest]);

  return {
    onScroll() {
      const { scrollHeight = 0, scrollTop = 0, clientHeight = 0 } = list.current ?? {};
      atEnd.current = scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
    },
  };
}
