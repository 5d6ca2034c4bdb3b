import { answered, answeredBlob, answeredMembers, answeredTimestamp } from './answer.ts';
import { requested, requestedBlob, requestedTimestamp, requireMembers } from './requested.ts';
import { AwsError } from './service.ts';
import type { Shape, StructureShape } from './shape.ts';

const NON_FINITE: ReadonlySet<unknown> = new Set(['NaN', 'Infinity', '-Infinity']);

/** A request's JSON as the value that the SDK was given. @throws {AwsError} for unknown members and wrong types. */
export function fromJson(shape: Shape, value: unknown, path = '$'): unknown {
  switch (shape.kind) {
    case 'structure':
      return structureFromJson(shape, value, path);
    case 'list':
      return requested
        .list(value, path)
        .map((item, index) => fromJson(shape.element.shape, item, `${path}[${index}]`));
    case 'map':
      return Object.fromEntries(
        Object.entries(requested.record(value, path)).map(([key, item]) => [
          key,
          fromJson(shape.value.shape, item, `${path}.${key}`),
        ]),
      );
    case 'timestamp':
      return requestedTimestamp(value, path);
    case 'blob':
      return requestedBlob(value, path);
    case 'number':
      return NON_FINITE.has(value) ? Number(value) : requested.number(value, path);
    case 'string':
      return requested.string(value, path);
    case 'boolean':
      return requested.boolean(value, path);
    case 'document':
      return value;
  }
}

function structureFromJson(shape: StructureShape, value: unknown, path: string): unknown {
  const structure: Record<string, unknown> = {};
  for (const [name, item] of Object.entries(requested.record(value, path))) {
    const member = shape.members.get(name);
    if (member === undefined) requested.fail(path, `unknown member ${name} of ${shape.name}`);
    if (item !== null) structure[name] = fromJson(member.shape, item, `${path}.${name}`);
  }
  requireMembers(shape, structure, path, (name) => missingMember(`${path}.${name}`));
  return structure;
}

function missingMember(path: string): AwsError {
  const problem = `Value null at '${path}' failed to satisfy constraint: Member must not be null`;
  return new AwsError('ValidationException', `1 validation error detected: ${problem}`);
}

/** An answer as wire JSON. @throws {SimulatorBug} when AWS's API has no such answer. */
export function toJson(shape: Shape, value: unknown, path = '$'): unknown {
  switch (shape.kind) {
    case 'structure': {
      const structure: Record<string, unknown> = {};
      for (const [name, member, item] of answeredMembers(shape, value, path)) {
        structure[name] = toJson(member.shape, item, `${path}.${name}`);
      }
      return structure;
    }
    case 'list':
      return answered
        .list(value, path)
        .map((item, index) => toJson(shape.element.shape, item, `${path}[${index}]`));
    case 'map':
      return Object.fromEntries(
        Object.entries(answered.record(value, path)).map(([key, item]) => [
          key,
          toJson(shape.value.shape, item, `${path}.${key}`),
        ]),
      );
    case 'timestamp':
      return answeredTimestamp(shape.format, 'epoch-seconds', value, path);
    case 'blob':
      return answeredBlob(value, path);
    case 'number': {
      const number = answered.number(value, path);
      return Number.isFinite(number) ? number : String(number);
    }
    case 'string':
      return answered.string(value, path);
    case 'boolean':
      return answered.boolean(value, path);
    case 'document':
      return value;
  }
}
