import type { ApiOperation } from './api.ts';
import type { AwsError } from './service.ts';
import type { StructureShape } from './shape.ts';

/** An HTTP request as far as the protocols read it; header names in lower case. */
export interface WireRequest {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly body: string;
}

/** The operation that a request names, and its input once the operation's shape is known. */
export interface WireCall {
  readonly operation: string;
  /** @throws {AwsError} when the request does not fit the shape. */
  input(shape: StructureShape): unknown;
}

export interface WireReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** How one service is called and answers in one of its protocols. */
export interface WireProtocol {
  /** Which error codes and texts its refusals use. */
  readonly family: 'json' | 'query' | 'ec2' | 'rest';
  /** @throws {AwsError} when the request is not of this protocol. */
  read(request: WireRequest): WireCall;
  /** @throws {SimulatorBug} when AWS's API has no such answer. */
  answer(operation: ApiOperation, output: unknown, requestId: string): WireReply;
  refuse(error: AwsError, requestId: string): WireReply;
}
