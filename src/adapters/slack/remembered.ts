import { MINUTE_MS } from '#domain/instant.ts';

/** Remembers answers for a minute; a failure is not remembered. */
export function remembered<Value>(): (key: string, read: () => Promise<Value>) => Promise<Value> {
  const known = new Map<string, { readonly value: Promise<Value>; readonly until: number }>();
  return (key, read) => {
    const hit = known.get(key);
    if (hit !== undefined && Date.now() < hit.until) return hit.value;
    const value = read();
    known.set(key, { value, until: Date.now() + MINUTE_MS });
    value.catch(() => known.delete(key));
    return value;
  };
}
