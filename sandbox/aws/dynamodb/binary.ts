/** A copy in which binary values are base64 text, as dynalite keeps them. */
export function bytesToText<Value extends object>(value: Value): Value {
  return replaced(value, (part) =>
    part instanceof Uint8Array ? Buffer.from(part).toString('base64') : undefined,
  );
}

/** A copy in which the values of `B` and `BS` are bytes again, as the SDK's types say. */
export function textToBytes<Value extends object>(value: Value): Value {
  return replaced(value, (part, name) => {
    if (typeof part === 'string') return name === 'B' ? Buffer.from(part, 'base64') : undefined;
    if (name !== 'BS' || !Array.isArray(part)) return undefined;
    return part.map((text) => Buffer.from(String(text), 'base64'));
  });
}

type Replace = (part: unknown, name: string) => unknown;

function replaced<Value extends object>(value: Value, replace: Replace): Value {
  const copy = structuredClone(value);
  replaceIn(copy, replace);
  return copy;
}

function replaceIn(node: object, replace: Replace): void {
  for (const [name, part] of Object.entries(node)) {
    const other = replace(part, name);
    if (other !== undefined) Reflect.set(node, name, other);
    else if (typeof part === 'object' && part !== null && !(part instanceof Date)) {
      replaceIn(part, replace);
    }
  }
}
