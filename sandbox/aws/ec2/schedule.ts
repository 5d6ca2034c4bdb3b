import type { Clock } from '../../clock.ts';

/** What falls due later by the sandbox clock. Nothing runs by itself: somebody has to call `settle`. */
export interface Schedule {
  /** Runs the action, given the time it was due, in the first `settle` after so many milliseconds. */
  after(ms: number, action: (at: Date) => void): void;
  /** Runs everything that is due, in the order in which it fell due, with what that leads to. */
  settle(): void;
  /** When the next action falls due, in milliseconds since the epoch. */
  nextDue(): number | null;
}

interface Entry {
  readonly due: number;
  readonly action: (at: Date) => void;
}

/** A schedule in which an action that schedules another counts from its own due time, however late it runs. */
export function createSchedule(clock: Clock): Schedule {
  const entries: Entry[] = [];
  let running: number | null = null;

  const firstDue = (now: number): Entry | undefined =>
    entries[0] !== undefined && entries[0].due <= now ? entries.shift() : undefined;

  return {
    after(ms, action) {
      const due = (running ?? clock.now()) + ms;
      const place = entries.findIndex((entry) => entry.due > due);
      entries.splice(place === -1 ? entries.length : place, 0, { due, action });
    },
    settle() {
      const now = clock.now();
      for (let entry = firstDue(now); entry !== undefined; entry = firstDue(now)) {
        running = entry.due;
        try {
          entry.action(new Date(entry.due));
        } finally {
          running = null;
        }
      }
    },
    nextDue: () => entries[0]?.due ?? null,
  };
}
