/** Seats of one kind, and who may sit there. */
export interface Seats {
  readonly count: number;
  readonly candidates: ReadonlySet<string>;
}

/** Whether all seats can be filled when nobody takes more than one: a matching of people to seats. */
export function canFill(seats: readonly Seats[]): boolean {
  const each = seats.flatMap((kind) => Array.from({ length: kind.count }, () => kind.candidates));
  /** Who sits where, a seat being those who may sit there. */
  const seatOf = new Map<string, ReadonlySet<string>>();

  /** Somebody for this seat, where others may move to free seats for it. */
  function fill(seat: ReadonlySet<string>, asked: Set<string>): boolean {
    for (const person of seat) {
      if (asked.has(person)) continue;
      asked.add(person);
      const taken = seatOf.get(person);
      if (taken === undefined || fill(taken, asked)) {
        seatOf.set(person, seat);
        return true;
      }
    }
    return false;
  }

  return each.every((seat) => fill(seat, new Set()));
}
