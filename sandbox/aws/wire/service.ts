import type { Principal } from '../iam/principal.ts';
import type { Api } from './api.ts';
import { readApi } from './api.ts';
import type { RestErrors, RestHandlers, RestOperations } from './rest-api.ts';
import { restApi, targetApi } from './rest-api.ts';

/** What a simulated operation knows about the call besides its input. */
export interface CallContext {
  /** Endpoint name, e.g. `license-manager`, `monitoring`. */
  readonly service: string;
  readonly operation: string;
  readonly account: string;
  readonly region: string;
  readonly principal: Principal;
  readonly requestId: string;
}

/** The operations that a client package has a command for. */
export type OperationOf<Package> = Exclude<
  {
    [Name in keyof Package]: Name extends `${infer Operation}Command` ? Operation : never;
  }[keyof Package],
  '$'
>;

type CommandOf<Package, Operation extends string> = `${Operation}Command` extends keyof Package
  ? Package[`${Operation}Command`]
  : never;

/** What the client sends; as on the wire, every member may be missing. */
export type InputOf<Package, Operation extends string> =
  CommandOf<Package, Operation> extends new (
    ...args: never
  ) => { readonly input: infer Input }
    ? Input
    : never;

/** What the client receives, without the SDK's own `$metadata`. */
export type OutputOf<Package, Operation extends string> =
  CommandOf<Package, Operation> extends new (
    ...args: never
  ) => {
    resolveMiddleware(...args: never): (...args: never) => Promise<{ output: infer Output }>;
  }
    ? Omit<Output, '$metadata'>
    : never;

/** The operations that a simulator plays, by AWS's names. */
export type Operations<Package> = {
  [Operation in OperationOf<Package>]?: (
    input: InputOf<Package, Operation>,
    context: CallContext,
  ) => OutputOf<Package, Operation> | Promise<OutputOf<Package, Operation>>;
};

/** One action on one resource that real AWS checks before it does the call. */
export interface Authorization {
  /** E.g. `ec2:RunInstances`. */
  readonly action: string;
  /** An ARN, or `*`. */
  readonly resource: string;
  /** Condition keys of this call, e.g. `aws:RequestTag/request`. */
  readonly conditions?: Readonly<Record<string, string | readonly string[]>>;
}

/** A modelled error as the client will see it; `fields` are the error's members besides its message. */
export class AwsError extends Error {
  readonly code: string;
  /** HTTP status; null leaves it to what AWS's model says about the code. */
  readonly status: number | null;
  readonly fields: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    options: { status?: number; fields?: Record<string, unknown> } = {},
  ) {
    super(message);
    this.name = code;
    this.code = code;
    this.status = options.status ?? null;
    this.fields = options.fields ?? {};
  }
}

/** One simulated AWS service. */
export interface AwsService {
  /** E.g. `license-manager`, `monitoring`. */
  readonly endpointName: string;
  readonly api: Api;
  /** Names of the operations that are simulated, sorted. */
  readonly simulated: readonly string[];
  /** What real AWS would check before this call. */
  authorize(operation: string, input: unknown, context: CallContext): readonly Authorization[];
  /** Plays the operation; only for operations in `simulated`. @throws {AwsError} as the client will see it. */
  play(operation: string, input: unknown, context: CallContext): Promise<unknown>;
}

type Authorize = AwsService['authorize'];

/** IAM's prefix where it is not the endpoint name. */
const IAM_PREFIXES: Readonly<Record<string, string>> = { monitoring: 'cloudwatch' };

/** A simulated service: everything about its protocol comes from the schemas in the client package. */
export function awsService<Package extends object>(
  client: Package,
  operations: Operations<Package>,
  options: { authorize?: Authorize } = {},
): AwsService {
  return serviceOf(readApi(client), operations, options);
}

/** A simulated REST-JSON service that has no client package: everything about its protocol comes from a table. */
export function restService<Table extends RestOperations>(
  api: { readonly endpointName: string; readonly operations: Table; readonly errors: RestErrors },
  handlers: RestHandlers<Table>,
): AwsService {
  return serviceOf(restApi(api.endpointName, api.operations, api.errors), handlers, {});
}

/** A simulated AWS JSON service that has no client package. */
export function targetService<Table extends RestOperations>(
  api: {
    readonly endpointName: string;
    readonly serviceTarget: string;
    readonly operations: Table;
    readonly errors: RestErrors;
    readonly version?: '1.0' | '1.1';
  },
  handlers: RestHandlers<Table>,
): AwsService {
  const { endpointName, serviceTarget, operations, errors, version = '1.1' } = api;
  const described = targetApi(endpointName, serviceTarget, operations, errors, version);
  return serviceOf(described, handlers, {});
}

function serviceOf(api: Api, operations: object, options: { authorize?: Authorize }): AwsService {
  const simulated = Object.keys(operations).sort();
  const unknown = simulated.filter((name) => api.operation(name) === null);
  if (unknown.length > 0) {
    throw new TypeError(`${api.endpointName} has no operation ${unknown.join(', ')}.`);
  }
  const prefix = IAM_PREFIXES[api.endpointName] ?? api.endpointName;
  return {
    endpointName: api.endpointName,
    api,
    simulated,
    authorize:
      options.authorize ?? ((operation) => [{ action: `${prefix}:${operation}`, resource: '*' }]),
    async play(operation, input, context) {
      const handler: unknown = Reflect.get(operations, operation);
      if (typeof handler !== 'function') throw new TypeError(`${operation} is not simulated.`);
      return Reflect.apply(handler, undefined, [input, context]);
    },
  };
}
