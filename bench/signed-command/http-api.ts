import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { z } from 'zod';
import { ESTATE } from '../../sandbox/estate/company.ts';
import { httpApiEvent, httpResponse } from '../../sandbox/functions/api-gateway.ts';

/* A process of its own: the bundled handler behind an HTTP API. It tells its parent the port. */

type Handler = (event: unknown, context: { awsRequestId: string }) => Promise<unknown>;

const Bundle = z.object({ handler: z.custom<Handler>((value) => typeof value === 'function') });

const { handler } = Bundle.parse(await import(process.argv[2] ?? ''));
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const event = httpApiEvent(
    {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      ),
      body: await buffer(request),
    },
    ESTATE.hubAccount,
    Date.now(),
  );
  const { status, headers, body } = httpResponse(await handler(event, { awsRequestId: 'bench' }));
  response.writeHead(status, headers).end(body);
}

const server = createServer((request, response) => void answer(request, response));
server.listen(0, '127.0.0.1', () => process.send?.(server.address()));
process.once('disconnect', () => process.exit(0));
