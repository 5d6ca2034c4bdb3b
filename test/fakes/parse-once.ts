/** A parser that reads each stored document once: neither it nor what it gives ever changes. */
export function parseOnce<Value>(
  parse: (document: unknown) => Value,
): (document: unknown) => Value {
  const known = new WeakMap<object, Value>();
  return (document) => {
    if (typeof document !== 'object' || document === null) return parse(document);
    const value = known.get(document) ?? parse(document);
    if (typeof value === 'object') known.set(document, value);
    return value;
  };
}
