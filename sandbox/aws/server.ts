import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { callHttpApi, type HttpApi } from './execute-api/http-api.ts';
import { protocolsOf } from './wire/choose-protocol.ts';
import type { DirectCall } from './wire/direct-call.ts';
import { callDirectly } from './wire/direct-call.ts';
import type { AwsSandbox } from './wire/exchange.ts';
import { exchange } from './wire/exchange.ts';
import type { AwsService } from './wire/service.ts';
import { parseAuthorization } from './wire/signature.ts';
import type { WireProtocol, WireReply } from './wire/wire-protocol.ts';
import { escapeXml } from './wire/xml.ts';

const BODY_BYTES = 16 * 1024 * 1024;
/** Longer than clients idle, so that none sends into a connection that is just being closed. */
const KEEP_ALIVE_MS = 120_000;

/** Simulated AWS: one port for every service, loopback only. */
export interface AwsServer {
  readonly url: string;
  readonly port: number;
  /** Faults do not hit these calls. @throws {AwsError} as AWS would answer. */
  call(request: DirectCall): Promise<unknown>;
  close(): Promise<void>;
}

interface Endpoint {
  readonly service: AwsService;
  readonly protocols: ReadonlyMap<string, WireProtocol>;
}

type Endpoints = ReadonlyMap<string, Endpoint>;

interface ServerOptions extends AwsSandbox {
  readonly services: readonly AwsService[];
  readonly port?: number;
  /** Answers what is signed for `execute-api`; without it there is no such service. */
  readonly httpApi?: HttpApi;
}

/** Serves the services on 127.0.0.1; port 0 takes a free one. */
export async function serveAws(options: ServerOptions): Promise<AwsServer> {
  const endpoints: Endpoints = new Map(
    options.services.map((service) => [
      service.endpointName,
      { service, protocols: protocolsOf(service.api) },
    ]),
  );
  const server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    void serve(options, endpoints, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    call: (request) => callDirectly(options, options.services, request),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function serve(
  sandbox: ServerOptions,
  endpoints: Endpoints,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const reply = await replyTo(sandbox, endpoints, request);
    if (reply === null) {
      request.socket.destroy();
      return;
    }
    // SDKs correct their clocks by this header, so it follows the sandbox's clock.
    const date = new Date(sandbox.clock.now()).toUTCString();
    response.writeHead(reply.status, { date, ...reply.headers }).end(reply.body);
  } catch {
    // The client went away while it was sending.
    request.socket.destroy();
  }
}

async function replyTo(
  sandbox: ServerOptions,
  endpoints: Endpoints,
  request: IncomingMessage,
): Promise<WireReply | null> {
  const { headers, method = 'GET', url: target = '/' } = request;
  const contentType = headers['content-type']?.split(';')[0]?.trim() ?? '';
  const refuse = plainRefusal(contentType);
  if (!isLocal(headers.host) || headers.origin !== undefined) {
    return refuse(403, 'AccessDenied', 'Simulated AWS answers loopback clients only.');
  }
  const body = await readBody(request);
  if (body === null) return refuse(413, 'RequestEntityTooLarge', 'The body is too large.');
  const scope = parseAuthorization(headers.authorization);
  if (scope === null) {
    return refuse(403, 'MissingAuthenticationToken', 'The request is not signed with SigV4.');
  }
  const signed = { method, target, headers, body };
  if (scope.service === 'execute-api' && sandbox.httpApi !== undefined) {
    return callHttpApi(sandbox, sandbox.httpApi, scope, signed);
  }
  const endpoint = endpoints.get(scope.service);
  if (endpoint === undefined) {
    return refuse(501, 'NotSimulated', `The sandbox does not simulate ${scope.service}.`);
  }
  const protocol = endpoint.protocols.get(contentType);
  if (protocol === undefined) {
    const message = `The sandbox does not speak ${contentType} for ${scope.service}.`;
    return refuse(501, 'NotSimulated', message);
  }
  return exchange(sandbox, { service: endpoint.service, protocol, scope, request: signed });
}

function isLocal(host: string | undefined): boolean {
  return /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(host ?? '');
}

async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request) {
    const buffer = Buffer.from(chunk);
    bytes += buffer.byteLength;
    if (bytes > BODY_BYTES) return null;
    chunks.push(buffer);
  }
  return Buffer.concat(chunks);
}

/** Refusals before any service's protocol is known, so that both kinds of client can read them. */
function plainRefusal(contentType: string) {
  return (status: number, code: string, message: string): WireReply => {
    const headers = { 'content-type': contentType, 'x-amzn-errortype': code };
    if (contentType !== 'application/x-www-form-urlencoded') {
      headers['content-type'] = 'application/x-amz-json-1.1';
      return { status, headers, body: JSON.stringify({ __type: code, message }) };
    }
    const error = `<Error><Code>${code}</Code><Message>${escapeXml(message)}</Message></Error>`;
    const body = `<ErrorResponse>${error}<RequestId>${randomUUID()}</RequestId></ErrorResponse>`;
    return { status, headers: { ...headers, 'content-type': 'text/xml' }, body };
  };
}
