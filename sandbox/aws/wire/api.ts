import { z } from 'zod';
import type { SchemaRef, StructureShape } from './shape.ts';
import { structureShape } from './shape.ts';

export type Protocol = 'awsJson1_0' | 'awsJson1_1' | 'awsQuery' | 'ec2Query' | 'restJson1';

/** An operation of AWS's API, simulated or not. */
export interface ApiOperation {
  readonly name: string;
  readonly input: StructureShape;
  readonly output: StructureShape;
}

/** An error that the API declares. */
export interface ApiError {
  readonly shape: StructureShape;
  readonly fault: 'client' | 'server';
  /** Over the query protocols: its code and HTTP status there. */
  readonly query: readonly [string, number] | null;
  /** Over REST; null where the package does not say. */
  readonly httpStatus: number | null;
}

/** A service's API, as an official client package or a table of ours says. */
export interface Api {
  /** Also the signing name, e.g. `monitoring`. */
  readonly endpointName: string;
  readonly protocols: ReadonlySet<Protocol>;
  /** Prefix of `x-amz-target`. */
  readonly serviceTarget: string;
  readonly xmlNamespace: string;
  /** Prefix of error types in JSON, e.g. `com.amazonaws.sqs`. */
  readonly namespace: string;
  /** Clients expect the query protocol's error codes also with JSON. */
  readonly queryCompatible: boolean;
  /** Operations by the path that each is posted to; empty for protocols that name the operation in the request. */
  readonly paths: ReadonlyMap<string, string>;
  operation(name: string): ApiOperation | null;
  readonly operationNames: readonly string[];
  error(code: string): ApiError | null;
}

const ClientConfig = z.object({
  defaultSigningName: z.string(),
  protocol: z.custom<{ getShapeId(): string }>(
    (value) => typeof value === 'object' && value !== null && 'getShapeId' in value,
  ),
  protocolSettings: z.object({
    defaultNamespace: z.string(),
    serviceTarget: z.string(),
    xmlNamespace: z.string().default(''),
    awsQueryCompatible: z.boolean().default(false),
  }),
});

const ErrorTraits = z.object({
  error: z.enum(['client', 'server']),
  awsQueryError: z.tuple([z.string(), z.number()]).nullable().default(null),
});

/** Reads the API from the schemas that a package like `@aws-sdk/client-ec2` exports. */
export function readApi(client: object): Api {
  const config = clientConfig(client);
  const schemas: unknown[] = Object.values(client);
  const operations = new Map(schemas.filter(isOperation).map((schema) => [schema[2], schema]));
  const errors = new Map(schemas.filter(isError).map((schema) => [schema[2], schema]));
  return {
    endpointName: config.defaultSigningName,
    protocols: protocolsOf(config),
    serviceTarget: config.protocolSettings.serviceTarget,
    xmlNamespace: config.protocolSettings.xmlNamespace,
    namespace: config.protocolSettings.defaultNamespace,
    queryCompatible: config.protocolSettings.awsQueryCompatible,
    paths: new Map(),
    operationNames: [...operations.keys()],
    operation: cached((name) => {
      const schema = operations.get(name);
      if (schema === undefined) return null;
      return { name, input: structureShape(schema[4]), output: structureShape(schema[5]) };
    }),
    error: cached((code) => {
      const schema = errors.get(code);
      const traits = ErrorTraits.safeParse(schema?.[3]);
      if (schema === undefined || !traits.success) return null;
      const { error, awsQueryError } = traits.data;
      return {
        shape: structureShape(schema),
        fault: error,
        query: awsQueryError,
        httpStatus: null,
      };
    }),
  };
}

type OperationSchema = Extract<SchemaRef, readonly [9, ...unknown[]]>;
type ErrorSchema = Extract<SchemaRef, readonly [-3, ...unknown[]]>;

function isOperation(value: unknown): value is OperationSchema {
  return Array.isArray(value) && value[0] === 9;
}

function isError(value: unknown): value is ErrorSchema {
  return Array.isArray(value) && value[0] === -3;
}

function clientConfig(client: object): z.output<typeof ClientConfig> {
  const Client: unknown = Object.entries(client).find(([name]) =>
    /^[A-Z]\w*Client$/.test(name),
  )?.[1];
  if (typeof Client !== 'function') {
    throw new TypeError('awsService needs an @aws-sdk/client-* package: it found no client class.');
  }
  const credentials = { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' };
  const instance: unknown = Reflect.construct(Client, [{ region: 'us-east-1', credentials }]);
  return z.object({ config: ClientConfig }).parse(instance).config;
}

function protocolsOf(config: z.output<typeof ClientConfig>): ReadonlySet<Protocol> {
  const own = z
    .enum(['awsJson1_0', 'awsJson1_1', 'awsQuery', 'ec2Query'])
    .parse(config.protocol.getShapeId().split('#')[1]);
  return new Set<Protocol>(config.protocolSettings.awsQueryCompatible ? [own, 'awsQuery'] : [own]);
}

function cached<Value>(read: (name: string) => Value): (name: string) => Value {
  const known = new Map<string, Value>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found;
    const value = read(name);
    known.set(name, value);
    return value;
  };
}
