import type { Narrow } from './narrow.ts';
import { narrowing } from './narrow.ts';
import { AwsError } from './service.ts';
import type { StructureShape } from './shape.ts';

/** Narrowing of what clients send. */
export const requested: Narrow = narrowing(
  (path, problem) => new AwsError('SerializationException', `${path}: ${problem}`),
);

/** Refuses a structure whose required members are not all there, or a union that is not one of its members. */
export function requireMembers(
  shape: StructureShape,
  value: Readonly<Record<string, unknown>>,
  path: string,
  missing: (name: string) => AwsError,
): void {
  for (const [name, member] of shape.members) {
    if (member.required && value[name] === undefined) throw missing(name);
  }
  if (shape.union && Object.keys(value).length !== 1) {
    requested.fail(path, `${shape.name} takes exactly one member`);
  }
}

/** Bytes from base64. */
export function requestedBlob(value: unknown, path: string): Uint8Array {
  const text = requested.string(value, path);
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text) requested.fail(path, 'expected base64');
  return bytes;
}

/** An instant from epoch seconds or from text. */
export function requestedTimestamp(value: unknown, path: string): Date {
  const instant =
    typeof value === 'number' ? value * 1000 : Date.parse(requested.string(value, path));
  const date = new Date(Math.round(instant));
  if (Number.isNaN(date.getTime())) requested.fail(path, 'expected a timestamp');
  return date;
}
