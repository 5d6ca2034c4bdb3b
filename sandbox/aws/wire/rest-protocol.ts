import type { Api } from './api.ts';
import { fromJson, toJson } from './json.ts';
import { errorMembers, parse } from './json-protocol.ts';
import { refusal } from './refusals.ts';
import type { WireProtocol } from './wire-protocol.ts';

/** REST-JSON of services whose operations are all POSTs to a path of their own, with everything in the body. */
export function restProtocol(api: Api): WireProtocol {
  const contentType = 'application/json';
  return {
    family: 'rest',
    read({ method, path, body }) {
      const operation = method === 'POST' ? api.paths.get(path) : undefined;
      if (operation === undefined) {
        throw refusal('unknownOperation', 'rest', `Unable to determine service/operation: ${path}`);
      }
      return { operation, input: (shape) => fromJson(shape, parse(body)) };
    },
    answer: (operation, output, requestId) => ({
      status: 200,
      headers: { 'content-type': contentType, 'x-amzn-requestid': requestId },
      body: JSON.stringify(toJson(operation.output, output ?? {})),
    }),
    refuse(error, requestId) {
      const declared = api.error(error.code);
      const body =
        declared === null
          ? { message: error.message, ...error.fields }
          : toJson(declared.shape, errorMembers(declared, error));
      return {
        status: error.status ?? declared?.httpStatus ?? 400,
        headers: {
          'content-type': contentType,
          'x-amzn-requestid': requestId,
          // Services write a reference behind the code, which clients have to cut off.
          'x-amzn-errortype': `${error.code}:http://internal.amazon.com/coral/`,
        },
        body: JSON.stringify(body),
      };
    },
  };
}
