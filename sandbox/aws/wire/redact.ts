import type { Shape } from './shape.ts';

const REDACTED = '[redacted]';

/** An input for the call log: what AWS's model marks as sensitive is not written, bytes are only counted. */
export function redact(shape: Shape, value: unknown): unknown {
  if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
  if (Array.isArray(value)) {
    return shape.kind === 'list' ? value.map((item) => redact(shape.element.shape, item)) : value;
  }
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const member = shape.kind === 'structure' ? shape.members.get(name) : undefined;
      const inner = shape.kind === 'map' ? shape.value : member;
      if (inner === undefined) return [name, item];
      return [name, inner.sensitive ? REDACTED : redact(inner.shape, item)];
    }),
  );
}
