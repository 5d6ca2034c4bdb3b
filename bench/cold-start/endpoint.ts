import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { z } from 'zod';
import { SIGNING_SECRET } from '../slack-function.ts';

/** Answers the few calls of one command at once: what is measured is the function, not AWS. */
export interface Endpoint {
  readonly port: number;
  /** Operations since the last time it was asked. */
  takeCalls(): readonly string[];
  close(): Promise<void>;
}

const Message = z.object({ MessageBody: z.string() });

export async function serveEndpoint(): Promise<Endpoint> {
  let calls: string[] = [];
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { name, answer } = answerTo(request, await text(request));
    calls.push(name);
    response
      .writeHead(answer === null ? 501 : 200, { 'content-type': 'application/x-amz-json-1.0' })
      .end(JSON.stringify(answer));
  };
  const server = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    takeCalls() {
      const taken = calls;
      calls = [];
      return taken;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function answerTo(request: IncomingMessage, body: string): { name: string; answer: unknown } {
  if (request.url?.startsWith('/systemsmanager/parameters/get') === true) {
    return { name: 'parameter', answer: { Parameter: { Value: SIGNING_SECRET } } };
  }
  const name = String(request.headers['x-amz-target']);
  switch (name) {
    case 'DynamoDB_20120810.PutItem':
      return { name, answer: {} };
    case 'AmazonSQS.SendMessage': {
      const { MessageBody } = Message.parse(JSON.parse(body));
      const md5 = createHash('md5').update(MessageBody).digest('hex');
      return { name, answer: { MessageId: 'bench', MD5OfMessageBody: md5 } };
    }
    default:
      return { name, answer: null };
  }
}
