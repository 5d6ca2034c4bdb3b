import type { Api, ApiError, ApiOperation } from './api.ts';
import type { CallContext } from './service.ts';
import type { Member, PlainShape, Shape, StructureShape } from './shape.ts';

/*
 * Services without an official client package are written down by hand, as far as they are simulated: operations with
 * their paths, and shapes from which the handlers' types follow. Tests compare the tables with AWS's models.
 */

/** A shape with the type of its values. */
export interface Described<Value, Of extends Shape = Shape> {
  readonly shape: Of;
  /** Never set: it carries the type. */
  readonly value?: Value;
}

type ValueOf<Item> = Item extends Described<infer Value> ? Value : never;

export const text: Described<string> = { shape: plain('string') };
export const number: Described<number> = { shape: plain('number') };
export const flag: Described<boolean> = { shape: plain('boolean') };

export function list<Value>(item: Described<Value>): Described<readonly Value[]> {
  return { shape: { kind: 'list', element: member(item.shape, false) } };
}

export function textMap(): Described<Readonly<Record<string, string>>> {
  const entry = member(text.shape, false);
  return { shape: { kind: 'map', key: entry, value: entry } };
}

/** A structure by AWS's name of it; what AWS requires is checked when it is read and when it is answered. */
export function structure<Members extends Readonly<Record<string, Described<unknown>>>>(
  name: string,
  members: Members,
  required: readonly (keyof Members)[] = [],
): Described<
  { readonly [Name in keyof Members]?: ValueOf<Members[Name]> | undefined },
  StructureShape
> {
  const entries = Object.entries(members).map(
    ([key, { shape }]) => [key, member(shape, required.includes(key))] as const,
  );
  return { shape: { kind: 'structure', name, union: false, members: new Map(entries) } };
}

interface RestOperation {
  /** Where it is posted to. */
  readonly path: string;
  readonly input: Described<unknown, StructureShape>;
  readonly output: Described<unknown, StructureShape>;
}

/** Operations by AWS's names. */
export type RestOperations = Readonly<Record<string, RestOperation>>;

/** What plays the operations of a table. */
export type RestHandlers<Table extends RestOperations> = {
  [Operation in keyof Table]: (
    input: ValueOf<Table[Operation]['input']>,
    context: CallContext,
  ) => ValueOf<Table[Operation]['output']>;
};

/** HTTP statuses of the errors that AWS's model declares. */
export type RestErrors = Readonly<Record<string, number>>;

/** A REST-JSON service's API from its table. */
export function restApi(endpointName: string, table: RestOperations, errors: RestErrors): Api {
  const operations = new Map(
    Object.entries(table).map(([name, { input, output }]): [string, ApiOperation] => [
      name,
      { name, input: input.shape, output: output.shape },
    ]),
  );
  return {
    endpointName,
    protocols: new Set(['restJson1']),
    serviceTarget: '',
    xmlNamespace: '',
    namespace: '',
    queryCompatible: false,
    paths: new Map(Object.entries(table).map(([name, { path }]) => [path, name])),
    operationNames: [...operations.keys()],
    operation: (name) => operations.get(name) ?? null,
    error: (code) => errorOf(code, errors[code]),
  };
}

/** The same for a service that takes the operation as a target: AWS JSON. */
export function targetApi(
  endpointName: string,
  serviceTarget: string,
  table: RestOperations,
  errors: RestErrors,
  version: '1.0' | '1.1',
): Api {
  const api = restApi(endpointName, table, errors);
  const protocol = version === '1.0' ? 'awsJson1_0' : 'awsJson1_1';
  return { ...api, protocols: new Set([protocol]), serviceTarget, paths: new Map() };
}

function errorOf(code: string, status: number | undefined): ApiError | null {
  if (status === undefined) return null;
  const { shape } = structure(code, { message: text });
  return { shape, fault: status < 500 ? 'client' : 'server', query: null, httpStatus: status };
}

function plain(kind: PlainShape['kind']): PlainShape {
  return { kind };
}

function member(shape: Shape, required: boolean): Member {
  return {
    shape,
    required,
    sensitive: false,
    xmlName: null,
    ec2QueryName: null,
    flattened: false,
  };
}
