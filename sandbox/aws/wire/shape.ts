import { NormalizedSchema } from '@smithy/core/schema';

/** A schema as the SDK packages hold it, before normalization. */
export type SchemaRef = Parameters<typeof NormalizedSchema.of>[0];

/** A shape of AWS's API, read once from an SDK schema and then only looked up. */
export type Shape = StructureShape | ListShape | MapShape | TimestampShape | PlainShape;

export interface StructureShape {
  readonly kind: 'structure';
  readonly name: string;
  /** Exactly one member is set. */
  readonly union: boolean;
  readonly members: ReadonlyMap<string, Member>;
}

export interface ListShape {
  readonly kind: 'list';
  readonly element: Member;
}

export interface MapShape {
  readonly kind: 'map';
  readonly key: Member;
  readonly value: Member;
}

export interface TimestampShape {
  readonly kind: 'timestamp';
  /** `protocol` leaves the format to the protocol: epoch seconds in JSON, ISO 8601 in XML. */
  readonly format: 'protocol' | 'date-time' | 'http-date' | 'epoch-seconds';
}

export interface PlainShape {
  readonly kind: 'string' | 'boolean' | 'number' | 'blob' | 'document';
}

/** A use of a shape, with the names that the protocols write for it. */
export interface Member {
  readonly shape: Shape;
  readonly required: boolean;
  /** Never written to the call log. */
  readonly sensitive: boolean;
  readonly xmlName: string | null;
  readonly ec2QueryName: string | null;
  readonly flattened: boolean;
}

const structures = new WeakMap<object, StructureShape>();

/** The structure behind an operation's input or output, or behind an error; `unit` has no members. */
export function structureShape(schema: SchemaRef): StructureShape {
  const normalized = NormalizedSchema.of(schema);
  if (normalized.isUnitSchema()) {
    return { kind: 'structure', name: 'Unit', union: false, members: new Map() };
  }
  if (!normalized.isStructSchema()) {
    throw new TypeError(`${normalized.getName(true)} is not a structure.`);
  }
  return structureOf(normalized);
}

function structureOf(schema: NormalizedSchema): StructureShape {
  const source = schema.getSchema();
  if (!Array.isArray(source)) throw new TypeError('A structure schema is a list.');
  const known = structures.get(source);
  if (known !== undefined) return known;

  const members = new Map<string, Member>();
  const shape: StructureShape = {
    kind: 'structure',
    name: schema.getName() ?? 'structure',
    union: schema.isUnionSchema(),
    members,
  };
  structures.set(source, shape);
  const required: unknown = source[6];
  const requiredCount = typeof required === 'number' && !shape.union ? required : 0;
  for (const [name, member] of schema.structIterator()) {
    members.set(name, memberOf(member, members.size < requiredCount));
  }
  return shape;
}

function memberOf(schema: NormalizedSchema, required: boolean): Member {
  const traits = schema.getMergedTraits();
  const ec2QueryName: unknown = traits['ec2QueryName'];
  return {
    shape: shapeOf(schema),
    required,
    sensitive: traits.sensitive === 1,
    xmlName: traits.xmlName ?? null,
    ec2QueryName: typeof ec2QueryName === 'string' ? ec2QueryName : null,
    flattened: traits.xmlFlattened === 1,
  };
}

function shapeOf(schema: NormalizedSchema): Shape {
  if (schema.isStructSchema()) return structureOf(schema);
  if (schema.isListSchema()) {
    return { kind: 'list', element: memberOf(schema.getValueSchema(), false) };
  }
  if (schema.isMapSchema()) {
    const key = memberOf(schema.getKeySchema(), false);
    return { kind: 'map', key, value: memberOf(schema.getValueSchema(), false) };
  }
  if (schema.isTimestampSchema()) return { kind: 'timestamp', format: timestampFormat(schema) };
  return { kind: plainKind(schema) };
}

/** The codes are Smithy's: 4 default, 5 date-time, 6 http-date, 7 epoch-seconds. */
function timestampFormat(schema: NormalizedSchema): TimestampShape['format'] {
  const formats = { 4: 'protocol', 5: 'date-time', 6: 'http-date', 7: 'epoch-seconds' } as const;
  const code = schema.getSchema();
  if (code === 4 || code === 5 || code === 6 || code === 7) return formats[code];
  throw new TypeError(`${schema.getName(true)} has an unknown timestamp format.`);
}

function plainKind(schema: NormalizedSchema): PlainShape['kind'] {
  if (schema.isStringSchema()) return 'string';
  if (schema.isNumericSchema()) return 'number';
  if (schema.isBooleanSchema()) return 'boolean';
  if (schema.isBlobSchema()) return 'blob';
  if (schema.isDocumentSchema()) return 'document';
  throw new TypeError(`The sandbox cannot read the schema ${schema.getName(true)}.`);
}
