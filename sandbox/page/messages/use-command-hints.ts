import { useState } from 'react';
import { type CommandHint, hintsFor } from './command-hints.ts';

/** Suggestions for what is being typed, and which of them is chosen. */
export interface CommandMenu {
  readonly hints: readonly CommandHint[];
  readonly active: number | null;
  readonly chosen: CommandHint | undefined;
  /** Takes a key that is meant for the suggestions; false when it is not. */
  takeKey(key: string): boolean;
  /** Begins again, because something was typed. */
  restart(): void;
}

/** The suggestions for `text`; `complete` writes the chosen one into the composer. */
export function useCommandHints(
  text: string,
  enabled: boolean,
  complete: (typed: string) => void,
): CommandMenu {
  const [active, setActive] = useState<number | null>(null);
  const [dismissed, setDismissed] = useState(false);
  const hints = enabled && !dismissed ? hintsFor(text) : [];
  const chosen = active === null ? undefined : hints[active];
  const move = (step: 1 | -1) => {
    const from = active ?? (step === 1 ? -1 : 0);
    setActive((from + step + hints.length) % hints.length);
  };
  const takeKey = (key: string): boolean => {
    switch (key) {
      case 'ArrowDown':
        move(1);
        return true;
      case 'ArrowUp':
        move(-1);
        return true;
      case 'Escape':
        setDismissed(true);
        return true;
      case 'Tab':
        complete((chosen ?? hints[0])?.typed ?? text);
        return true;
      default:
        return false;
    }
  };
  return {
    hints,
    active,
    chosen,
    takeKey: (key) => hints.length > 0 && takeKey(key),
    restart() {
      setActive(null);
      setDismissed(false);
    },
  };
}
