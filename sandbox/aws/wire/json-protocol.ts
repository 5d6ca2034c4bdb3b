import type { Api, ApiError } from './api.ts';
import { fromJson, toJson } from './json.ts';
import { AwsError } from './service.ts';
import type { WireProtocol } from './wire-protocol.ts';

/** AWS JSON 1.0 and 1.1: the operation in `x-amz-target`, one JSON document each way. */
export function jsonProtocol(api: Api, version: '1.0' | '1.1'): WireProtocol {
  const contentType = `application/x-amz-json-${version}`;
  const targetPrefix = `${api.serviceTarget}.`;
  return {
    family: 'json',
    read({ headers, body }) {
      const target = headers['x-amz-target'];
      if (typeof target !== 'string' || !target.startsWith(targetPrefix)) {
        throw new AwsError('UnknownOperationException', `Unknown operation: ${target}`);
      }
      return {
        operation: target.slice(targetPrefix.length),
        input: (shape) => fromJson(shape, parse(body)),
      };
    },
    answer: (operation, output, requestId) => ({
      status: 200,
      headers: { 'content-type': contentType, 'x-amzn-requestid': requestId },
      body: JSON.stringify(toJson(operation.output, output ?? {})),
    }),
    refuse: (error, requestId) => ({
      status: error.status ?? (api.error(error.code)?.fault === 'server' ? 500 : 400),
      headers: {
        'content-type': contentType,
        'x-amzn-requestid': requestId,
        ...(api.queryCompatible && { 'x-amzn-query-error': queryError(api, error) }),
      },
      body: JSON.stringify(errorBody(api, error)),
    }),
  };
}

/** The body as JSON; nothing is an empty structure. @throws AwsError SerializationException */
export function parse(body: string): unknown {
  try {
    return JSON.parse(body === '' ? '{}' : body);
  } catch {
    throw new AwsError('SerializationException', 'The request body is not JSON.');
  }
}

function errorBody(api: Api, error: AwsError): object {
  const declared = api.error(error.code);
  if (declared === null) return { __type: error.code, message: error.message, ...error.fields };
  const members = toJson(declared.shape, errorMembers(declared, error));
  return Object.assign({ __type: `${api.namespace}#${error.code}` }, members);
}

/** AWS writes `message` in some errors and `Message` in others. */
export function errorMembers(declared: ApiError, error: AwsError): Record<string, unknown> {
  const members: Record<string, unknown> = { ...error.fields };
  if (declared.shape.members.has('Message')) members['Message'] = error.message;
  if (declared.shape.members.has('message')) members['message'] = error.message;
  return members;
}

function queryError(api: Api, error: AwsError): string {
  const declared = api.error(error.code);
  const type = declared?.fault === 'server' ? 'Receiver' : 'Sender';
  return `${declared?.query?.[0] ?? error.code};${type}`;
}
