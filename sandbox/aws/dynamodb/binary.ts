/** The same with binary values as base64 text, as dynalite keeps them. */
export function bytesToText<Value extends object>(value: Value): Value {
  return replaced(value, (part) =>
    part instanceof Uint8Array ? Buffer.from(part).toString('base64') : undefined,
  );
}

/** The same with the values of `B` and `BS` as bytes again, as the SDK's types say. */
export function textToBytes<Value extends object>(value: Value): Value {
  return replaced(value, (part, name) => {
    if (typeof part === 'string') return name === 'B' ? Buffer.from(part, 'base64') : undefined;
    if (name !== 'BS' || !Array.isArray(part)) return undefined;
    return part.map((text) => Buffer.from(String(text), 'base64'));
  });
}

type Replace = (part: unknown, name: string) => unknown;

/** A copy with what is replaced; the value itself where nothing is, which is most often so. */
function replaced<Value extends object>(value: Value, replace: Replace): Value {
  if (!needsReplacing(value, replace)) return value;
  const copy = structuredClone(value);
  replaceIn(copy, replace);
  return copy;
}

function needsReplacing(node: object, replace: Replace): boolean {
  return Object.entries(node).some(
    ([name, part]) =>
      replace(part, name) !== undefined || (isBranch(part) && needsReplacing(part, replace)),
  );
}

function replaceIn(node: object, replace: Replace): void {
  for (const [name, part] of Object.entries(node)) {
    const other = replace(part, name);
    if (other !== undefined) Reflect.set(node, name, other);
    else if (isBranch(part)) replaceIn(part, replace);
  }
}

function isBranch(part: unknown): part is object {
  return typeof part === 'object' && part !== null && !(part instanceof Date);
}
