/**
 * A read that is done once for each name, however often it is asked for; a failure too, so that what
 * does not answer costs its timeout once.
 */
export function readOnce<Asked, Value>(
  read: (asked: Asked) => Promise<Value>,
  nameOf: (asked: Asked) => string = String,
): (asked: Asked) => Promise<Value> {
  const known = new Map<string, Promise<Value>>();
  return (asked) => {
    const name = nameOf(asked);
    const value = known.get(name) ?? read(asked);
    // Whoever asks hears of a failure; nobody need ask.
    value.catch(() => undefined);
    known.set(name, value);
    return value;
  };
}

/** The same where one read is for several names: those that are not known yet are one read. */
export function readEachOnce<Value>(
  read: (names: readonly string[]) => Promise<readonly Value[]>,
  nameOf: (value: Value) => string,
): (names: readonly string[]) => Promise<readonly Value[]> {
  const known = new Map<string, Promise<Value | undefined>>();
  return async (names) => {
    const unread = names.filter((name) => !known.has(name));
    if (unread.length > 0) {
      const found = read(unread);
      for (const name of unread) {
        known.set(
          name,
          found.then((values) => values.find((value) => nameOf(value) === name)),
        );
      }
    }
    const values = await Promise.all(names.map((name) => known.get(name)));
    return values.filter((value) => value !== undefined);
  };
}
