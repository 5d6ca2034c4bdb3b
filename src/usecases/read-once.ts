/**
 * A read that is done once for each name, however often it is asked for; a failure too, so that what
 * does not answer costs its timeout once.
 */
export function readOnce<Key, Value>(
  read: (key: Key) => Promise<Value>,
  nameOf: (key: Key) => string,
): (key: Key) => Promise<Value> {
  const known = new Map<string, Promise<Value>>();
  return (key) => {
    const name = nameOf(key);
    const value = known.get(name) ?? read(key);
    // Whoever asks hears of a failure; nobody need ask.
    value.catch(() => undefined);
    known.set(name, value);
    return value;
  };
}
