/** What a standard queue is allowed to do to messages, made repeatable by the random source. */
export interface Disorder {
  readonly random: () => number;
  /** Probability, 0 to 1, that a message is delivered twice. */
  readonly duplicate: number;
  /** Probability, 0 to 1, that a receive takes messages in any order. */
  readonly reorder: number;
}

/** The same items in any order. */
export function shuffled<Item>(items: readonly Item[], random: () => number): readonly Item[] {
  return items
    .map((item) => ({ item, rank: random() }))
    .sort((a, b) => a.rank - b.rank)
    .map(({ item }) => item);
}
