import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const MODELS = new URL('../../../../shared/data/aws-models/', import.meta.url);

/** Whether AWS's own models are there to judge by; tests that need them skip when they are not. */
export const modelsPresent = existsSync(MODELS);
if (!modelsPresent) {
  // biome-ignore lint/suspicious/noConsole: a skip must be seen
  console.warn(
    `SKIPPED: AWS's API models are not in ${fileURLToPath(MODELS)}; conformance is not checked.`,
  );
}

/** Folders whose name is not the endpoint name. */
const FOLDERS: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' };

const Ref = z.object({ shape: z.string() });
const Shape = z.object({
  type: z.string(),
  required: z.array(z.string()).default([]),
  members: z.record(z.string(), Ref).default({}),
  union: z.boolean().default(false),
  member: Ref.optional(),
  key: Ref.optional(),
  value: Ref.optional(),
  enum: z.array(z.string()).optional(),
  pattern: z.string().optional(),
  min: z.number().optional(),
  max: z.number().optional(),
});
type Shape = z.output<typeof Shape>;
const Operation = z.object({
  http: z.object({ requestUri: z.string() }).default({ requestUri: '/' }),
  input: Ref.optional(),
  output: Ref.optional(),
  errors: z.array(Ref).default([]),
});

interface Model {
  operation(name: string): z.output<typeof Operation>;
  shape(name: string): Shape;
}

const models = new Map<string, Model>();

function modelOf(service: string): Model {
  const known = models.get(service);
  if (known !== undefined) return known;
  const file = new URL(`${FOLDERS[service] ?? service}/service-2.json`, MODELS);
  const { operations, shapes } = z
    .object({
      operations: z.record(z.string(), z.unknown()),
      shapes: z.record(z.string(), z.unknown()),
    })
    .parse(JSON.parse(readFileSync(file, 'utf8')));
  const parsed = new Map<string, Shape>();
  const model: Model = {
    operation: (name) => Operation.parse(operations[name]),
    shape(name) {
      const shape = parsed.get(name) ?? Shape.parse(shapes[name]);
      parsed.set(name, shape);
      return shape;
    },
  };
  models.set(service, model);
  return model;
}

/**
 * What AWS's own model has against a value of the SDK: required members, unknown ones, types, enums, patterns, ranges.
 *
 * Empty when it conforms, or when the models are not there. `service` is the endpoint name.
 */
export function conforms(
  service: string,
  operation: string,
  side: 'input' | 'output',
  value: unknown,
): readonly string[] {
  if (!modelsPresent) return [];
  const model = modelOf(service);
  const ref = model.operation(operation)[side];
  return ref === undefined ? [] : [...problems(model, ref.shape, value, '$')];
}

/** The errors that AWS's model declares for an operation; empty when the models are not there. */
export function declaredErrors(service: string, operation: string): readonly string[] {
  return modelsPresent
    ? modelOf(service)
        .operation(operation)
        .errors.map(({ shape }) => shape)
    : [];
}

/** Where AWS's model posts an operation to, and what it says of a structure: every member's type, and the required ones. */
export function modelled(service: string, operation: string, side: 'input' | 'output') {
  const model = modelOf(service);
  const { http, [side]: ref } = model.operation(operation);
  return { path: http.requestUri, ...(ref && { shape: describedBy(model, ref.shape) }) };
}

/** A structure as plain data, as deep as it goes. */
export interface DescribedShape {
  readonly type: string;
  readonly required?: readonly string[];
  readonly members?: Readonly<Record<string, DescribedShape>>;
  readonly element?: DescribedShape;
}

function describedBy(model: Model, name: string): DescribedShape {
  const shape = model.shape(name);
  switch (shape.type) {
    case 'structure':
      return {
        type: 'structure',
        required: shape.required.toSorted(),
        members: Object.fromEntries(
          Object.entries(shape.members).map(([key, ref]) => [key, describedBy(model, ref.shape)]),
        ),
      };
    case 'list':
      return { type: 'list', element: describedBy(model, shape.member?.shape ?? '') };
    case 'integer':
    case 'long':
      return { type: 'number' };
    default:
      return { type: shape.type };
  }
}

type Problems = Generator<string, void>;

function* problems(model: Model, name: string, value: unknown, path: string): Problems {
  const shape = model.shape(name);
  switch (shape.type) {
    case 'structure':
      yield* structureProblems(model, name, value, path);
      return;
    case 'list':
      yield* listProblems(model, shape, value, path);
      return;
    case 'map':
      yield* mapProblems(model, shape, value, path);
      return;
    case 'string':
      yield* stringProblems(shape, value, path);
      return;
    default:
      yield* scalarProblems(shape, value, path);
  }
}

function* structureProblems(model: Model, name: string, value: unknown, path: string): Problems {
  const shape = model.shape(name);
  if (typeof value !== 'object' || value === null) {
    yield `${path}: not a structure`;
    return;
  }
  const set = Object.entries(value).filter(([, item]) => item !== undefined && item !== null);
  const names = new Set(set.map(([member]) => member));
  for (const required of shape.required) {
    if (!names.has(required)) yield `${path}.${required}: required by ${name}`;
  }
  if (shape.union && set.length !== 1) yield `${path}: ${name} takes one member`;
  for (const [member, item] of set) {
    yield* memberProblems(model, name, member, item, `${path}.${member}`);
  }
}

function* memberProblems(
  model: Model,
  name: string,
  member: string,
  value: unknown,
  path: string,
): Problems {
  const ref = model.shape(name).members[member];
  if (ref === undefined) yield `${path}: not a member of ${name}`;
  else yield* problems(model, ref.shape, value, path);
}

function* listProblems(model: Model, shape: Shape, value: unknown, path: string): Problems {
  if (!Array.isArray(value) || shape.member === undefined) {
    yield `${path}: not a list`;
    return;
  }
  yield* rangeProblems(shape, value.length, `${path}: length`);
  for (const [index, item] of value.entries()) {
    yield* problems(model, shape.member.shape, item, `${path}[${index}]`);
  }
}

function* mapProblems(model: Model, shape: Shape, value: unknown, path: string): Problems {
  if (typeof value !== 'object' || value === null || !shape.key || !shape.value) {
    yield `${path}: not a map`;
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    yield* problems(model, shape.key.shape, key, `${path} key`);
    yield* problems(model, shape.value.shape, item, `${path}.${key}`);
  }
}

function* stringProblems(shape: Shape, value: unknown, path: string): Problems {
  if (typeof value !== 'string') {
    yield `${path}: not a string`;
    return;
  }
  yield* rangeProblems(shape, value.length, `${path}: length`);
  if (shape.enum !== undefined && !shape.enum.includes(value))
    yield `${path}: "${value}" not in enum`;
  if (shape.pattern !== undefined && !matches(shape.pattern, value)) {
    yield `${path}: "${value}" does not match ${shape.pattern}`;
  }
}

function* scalarProblems(shape: Shape, value: unknown, path: string): Problems {
  const fits: Readonly<Record<string, boolean>> = {
    integer: Number.isInteger(value),
    long: Number.isInteger(value),
    float: typeof value === 'number',
    double: typeof value === 'number',
    boolean: typeof value === 'boolean',
    timestamp: value instanceof Date,
    blob: value instanceof Uint8Array || typeof value === 'string',
  };
  if (fits[shape.type] !== true) yield `${path}: not a ${shape.type}`;
  else if (typeof value === 'number') yield* rangeProblems(shape, value, path);
}

function* rangeProblems({ min, max }: Shape, size: number, path: string): Problems {
  if (min !== undefined && size < min) yield `${path} ${size} < ${min}`;
  if (max !== undefined && size > max) yield `${path} ${size} > ${max}`;
}

/** The models' patterns are Java's; the few that JavaScript cannot read judge nothing. */
function matches(pattern: string, text: string): boolean {
  for (const flags of ['us', 's']) {
    try {
      return new RegExp(`^(?:${pattern})$`, flags).test(text);
    } catch {
      // Tried again without the u flag.
    }
  }
  return true;
}
