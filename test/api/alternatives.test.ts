import { createServer } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { RequestView, requestView } from '#api/request-view.ts';
import type { DecisionCommand } from '#domain/jobs/decision-command.ts';
import { request } from '../../cli/request.ts';
import { requestText } from '../../cli/request-text.ts';
import { aPublishedPolicy, aRequest } from '../builders.ts';
import {
  ASKED,
  EVERY_ALTERNATIVE,
  EVERY_POOL,
  EVERYWHERE,
  POLICY_EVERYWHERE,
} from '../every-alternative.ts';
import { apiWorld, IDENTITIES } from './api-world.ts';

const published = aPublishedPolicy({ ...POLICY_EVERYWHERE, identities: IDENTITIES });
const SUBMIT = 'POST /v1/requests';

/** A refused request as a caller gets it: as JSON, read again. */
const view = RequestView.parse(
  JSON.parse(
    JSON.stringify(
      z.encode(
        RequestView,
        requestView(aRequest({ status: 'denied', choice: ASKED, alternatives: EVERY_ALTERNATIVE })),
      ),
    ),
  ),
);

function world() {
  return apiWorld({ published, pools: EVERY_POOL, shards: EVERYWHERE });
}

function choiceOf(command: DecisionCommand | undefined) {
  return command?.kind === 'submit' ? command.choice : null;
}

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
  vi.unstubAllEnvs();
});

/** The API on a port of its own; what becomes of a command is not looked at. */
async function served({ call }: ReturnType<typeof world>): Promise<string> {
  const command = { key: 'k', outcome: 'refused', why: null };
  const shown = { statusCode: 200, document: { id: 'req-0000000001', request: null, command } };
  const server = createServer((received, response) => {
    void text(received).then(async (body) => {
      const { statusCode, document } =
        received.method === 'POST' ? await call(SUBMIT, { body }) : shown;
      response.writeHead(statusCode, { 'content-type': 'application/json' });
      response.end(JSON.stringify(document));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => server.close());
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('No port');
  return `http://127.0.0.1:${address.port}`;
}

describe('an alternative', () => {
  const every = EVERY_ALTERNATIVE.map(({ kind, choice }, index) => ({ kind, choice, index }));

  it.each(every)('$kind is asked for by the body that the API shows', async ({ choice, index }) => {
    const { call, sent } = world();

    const body = { ...view.alternatives[index]?.body, reason: 'This will do' };
    const { statusCode } = await call(SUBMIT, { body });

    expect(statusCode).toBe(202);
    expect(choiceOf(sent.decisions[0]?.command)).toEqual(choice);
  });

  it.each(every)(
    '$kind is asked for by the flags that the command line shows',
    async ({ kind, choice, index }) => {
      const api = world();
      vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
      vi.stubEnv('AWS_REGION', 'us-east-1');
      const lines = requestText(view)
        .split('\n')
        .filter((line) => line.includes('Would pass'));
      const [said = '', flags = ''] = lines[index]?.split(': ') ?? [];

      const { exitCode } = await request.run([
        ...flags.split(' '),
        ...['--reason', 'This will do', '--url', await served(api)],
      ]);

      expect(said).toBe(`  Would pass (${kind})`);
      expect(exitCode).toBe(1);
      expect(choiceOf(api.sent.decisions[0]?.command)).toEqual(choice);
    },
  );
});
