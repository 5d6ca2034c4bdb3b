import type { Narrow } from './narrow.ts';
import { narrowing } from './narrow.ts';
import type { Member, StructureShape, TimestampShape } from './shape.ts';

/** A simulator answered what AWS's API has no member for, or left out what AWS always sends. */
export class SimulatorBug extends Error {
  override readonly name = 'SimulatorBug';
}

/** Narrowing of what simulators answer. */
export const answered: Narrow = narrowing(
  (path, problem) => new SimulatorBug(`simulator bug at ${path}: ${problem}`),
);

/** The members that an answer sets, in the API's order. @throws {SimulatorBug} for unknown and missing ones. */
export function answeredMembers(
  shape: StructureShape,
  value: unknown,
  path: string,
): [name: string, member: Member, value: unknown][] {
  const record = answered.record(value, path);
  const stray = Object.keys(record).find((name) => !shape.members.has(name));
  if (stray !== undefined) answered.fail(path, `${shape.name} has no member ${stray}`);
  const set: [string, Member, unknown][] = [];
  for (const [name, member] of shape.members) {
    const item = record[name] ?? null;
    if (item !== null) set.push([name, member, item]);
    else if (member.required) answered.fail(path, `${shape.name} requires ${name}`);
  }
  if (shape.union && set.length !== 1) answered.fail(path, `${shape.name} sets exactly one member`);
  return set;
}

/** A timestamp as text or as epoch seconds, in the schema's format or else the protocol's. */
export function answeredTimestamp(
  format: TimestampShape['format'],
  protocolFormat: 'date-time' | 'epoch-seconds',
  value: unknown,
  path: string,
): string | number {
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) {
    return answered.fail(path, 'expected a valid Date');
  }
  switch (format === 'protocol' ? protocolFormat : format) {
    case 'date-time':
      return value.toISOString();
    case 'http-date':
      return value.toUTCString();
    case 'epoch-seconds':
      return value.getTime() / 1000;
  }
}

/** A blob in base64. */
export function answeredBlob(value: unknown, path: string): string {
  if (!(value instanceof Uint8Array)) return answered.fail(path, 'expected bytes');
  return Buffer.from(value).toString('base64');
}
