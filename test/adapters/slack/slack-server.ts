import { createServer, type IncomingMessage } from 'node:http';

/** A call that arrived: a Web API method with its arguments, or a path with its JSON body. */
export interface ReceivedCall {
  readonly path: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What the server answers: an HTTP status, and a JSON body or headers. */
export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
}

/** A place that speaks HTTP like Slack's Web API and response URLs, and says what the test wants. */
export async function slackServer(reply: (call: ReceivedCall) => Reply) {
  const calls: ReceivedCall[] = [];
  const server = createServer((request, response) => {
    void received(request).then((call) => {
      calls.push(call);
      const { status = 200, headers, json = { ok: true } } = reply(call);
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(JSON.stringify(json));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  const origin = `http://127.0.0.1:${address.port}`;
  return {
    origin,
    apiUrl: `${origin}/api/`,
    calls,
    close: () =>
      new Promise<void>((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function received(request: IncomingMessage): Promise<ReceivedCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString('utf8');
  const isJson = request.headers['content-type']?.includes('json') === true;
  const body: Record<string, unknown> = isJson
    ? JSON.parse(text)
    : Object.fromEntries(new URLSearchParams(text));
  return { path: request.url ?? '', body };
}
