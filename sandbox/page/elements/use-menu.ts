import { useEffect, useRef, useState } from 'react';
import type { Choice, ChoiceGroup } from '../surface.ts';
import type { MenuSource } from './menu-source.ts';

/** What an open menu offers. */
export interface Offer {
  readonly status: 'type more' | 'loading' | 'failed' | 'ready';
  readonly groups: readonly ChoiceGroup[];
}

const LOADING: Offer = { status: 'loading', groups: [] };

/** The choices of a menu for typed text while it is open; a late answer to older text is dropped. */
export function useOffer(source: MenuSource, open: boolean, typed: string): Offer {
  const [offer, setOffer] = useState<Offer>(LOADING);
  const newest = useRef(source);
  newest.current = source;

  useEffect(() => {
    if (!open) {
      setOffer(LOADING);
      return;
    }
    if ([...typed].length < newest.current.minLength) {
      setOffer({ status: 'type more', groups: [] });
      return;
    }
    let current = true;
    const load = async () => {
      const groups = await newest.current.load(typed);
      if (!current) return;
      setOffer(groups === null ? { status: 'failed', groups: [] } : { status: 'ready', groups });
    };
    const timer = setTimeout(() => void load(), typed === '' ? 0 : newest.current.waitMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [open, typed]);

  return offer;
}

/** The choices of an offer in one row. */
export function choicesIn({ groups }: Offer): readonly Choice[] {
  return groups.flatMap(({ options }) => options);
}
