/** Seats of one kind, and who may sit there. */
export interface Seats {
  readonly count: number;
  readonly candidates: ReadonlySet<string>;
}

/** Whether all seats can be filled when nobody takes more than one: a matching of people to seats. */
export function canFill(seats: readonly Seats[]): boolean {
  const kinds = seats.flatMap((kind) => Array.from({ length: kind.count }, () => kind.candidates));
  const seatOf = new Map<string, number>();

  /** Somebody for this seat, where others may move to free seats for it. */
  function seat(index: number, asked: Set<string>): boolean {
    for (const person of kinds[index] ?? []) {
      if (asked.has(person)) continue;
      asked.add(person);
      const taken = seatOf.get(person);
      if (taken === undefined || seat(taken, asked)) {
        seatOf.set(person, index);
        return true;
      }
    }
    return false;
  }

  return kinds.every((_, index) => seat(index, new Set()));
}
