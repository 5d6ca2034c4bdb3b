import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Attributes } from './store.ts';

/** An item as plain values, for the sandbox's own reading. Numbers become JavaScript's. */
export function plainItem(item: Attributes): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plain(value)]));
}

function plain(value: AttributeValue): unknown {
  if (value.NULL === true) return null;
  if (value.N !== undefined) return Number(value.N);
  if (value.NS !== undefined) return value.NS.map(Number);
  if (value.L !== undefined) return value.L.map(plain);
  if (value.M !== undefined) return plainItem(value.M);
  return value.S ?? value.BOOL ?? value.SS ?? value.B ?? value.BS;
}
