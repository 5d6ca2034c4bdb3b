/** Applies something to each item in order, and when one of them throws, undoes those before it. `apply` returns the undo. */
export function allOrNothing<Item>(items: Iterable<Item>, apply: (item: Item) => () => void): void {
  const undos: (() => void)[] = [];
  try {
    for (const item of items) undos.push(apply(item));
  } catch (error) {
    for (const undo of undos.reverse()) undo();
    throw error;
  }
}
