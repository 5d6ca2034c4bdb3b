import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { openSandbox } from './sandbox-client.ts';

const { client, sandbox } = await openSandbox({ seed: 'small' });
afterAll(() => sandbox.close());

const Scanned = z.object({ Items: z.array(z.object({ pk: z.object({ S: z.string() }) })) });

/** Keys of the table's items of one kind. */
async function keysOf(kind: string): Promise<readonly string[]> {
  const output = await client.aws('dynamodb', 'Scan', { TableName: 'quartermaster' });
  const keys = Scanned.parse(output).Items.map(({ pk }) => pk.S);
  return keys.filter((key) => key.startsWith(`${kind}#`)).toSorted();
}

async function ask(job: object): Promise<void> {
  const QueueUrl = `${sandbox.awsUrl}/111122223333/quartermaster-optimizations`;
  await client.aws('sqs', 'SendMessage', { QueueUrl, MessageBody: JSON.stringify(job) });
}

describe('functions/optimize in the sandbox', () => {
  it('keeps recommendations each night, by its own role and the shipped schedule', async () => {
    await client.advance('P1D');
    const first = await keysOf('RECOMMENDATION');
    await client.invoke('optimize');

    expect(first.length).toBeGreaterThan(3);
    expect(await keysOf('RECOMMENDATION')).toEqual(first);
  });

  it('keeps a run for each question', async () => {
    const replyTo = { personId: 'U0REQUEST1', channelId: 'C0LICENSES', responseUrl: null };

    await ask({ kind: 'scenarios', key: 'T1', scenarios: [{}, { goal: 'own-only' }], replyTo });

    const heads = new Set(await keysOf('OPTIMIZATION'));
    expect([...heads]).toEqual([expect.stringMatching(/^OPTIMIZATION#opt-[0-9a-f]{10}$/)]);
  });
});
