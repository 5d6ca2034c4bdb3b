import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditEraseResult } from '../../cli/audit-erase.ts';
import { AuditVerifyResult } from '../../cli/audit-verify.ts';
import { runCli } from '../cli/run-cli.ts';
import { APPROVALS, HUB } from './pending-request.ts';
import { openSandbox } from './sandbox-client.ts';
import { channelOf, wordsOf } from './sandbox-state.ts';

const { client, sandbox } = await openSandbox({ seed: 'small' });
const folder = await mkdtemp(join(tmpdir(), 'quartermaster-audit-'));
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true });
});

const run = (...args: readonly string[]) => runCli(args, { AWS_ENDPOINT_URL: sandbox.awsUrl });

async function verify(...args: readonly string[]) {
  const { exitCode, stdout } = await run('audit', 'verify', '--json', ...args);
  return { exitCode, ...AuditVerifyResult.parse(JSON.parse(stdout)) };
}

/** The hashes of the digests in the approvers' channel. */
async function posted(): Promise<string[]> {
  return channelOf(await client.state(), APPROVALS).flatMap(
    ({ text }) => /^Audit digest of [\d-]+: ([0-9a-f]{64})$/.exec(text)?.[1] ?? [],
  );
}

describe('the audit of a company', () => {
  let id = '';
  beforeAll(async () => {
    const { request } = await client.request('requester', { ...HUB, reason: 'Sarah is away' });
    id = request?.id ?? '';
    // The schedule digests the day when it is over; a digest that is there is not made again.
    await client.advance('P1D');
    await client.advance('PT1H');
    await client.invoke('audit');
  }, 120_000);

  it('is digested and posted once for a day that is over, and verified against what was posted', async () => {
    const [hash = '', ...others] = await posted();

    expect(others).toEqual([]);
    expect(await verify('--digest', hash)).toMatchObject({
      exitCode: 0,
      ok: true,
      digest: { hash },
      faults: [],
    });
  });

  it('tells a request’s story to whoever asks', async () => {
    const state = await client.command('requester', `/license history ${id}`);
    const told = channelOf(state, 'licenses').findLast(
      ({ ephemeral_to }) => ephemeral_to === 'U0REQUEST1',
    );

    expect(wordsOf(told?.blocks)).toContain('asked for it');
    expect(wordsOf(told?.blocks)).toContain('Sarah is away');
  });

  it('stays whole when a person’s words are erased', async () => {
    const look = await run('audit', 'erase', '--person', 'U0REQUEST1');
    expect(look.exitCode).toBe(1);
    expect(look.stderr).toContain('Nothing was erased: add --confirm U0REQUEST1');

    const args = ['audit', 'erase', '--person', 'U0REQUEST1', '--confirm', 'U0REQUEST1', '--json'];
    const erased = await run(...args);
    expect(erased.exitCode).toBe(0);
    expect(AuditEraseResult.parse(JSON.parse(erased.stdout))).toMatchObject({ ok: true, texts: 1 });

    await client.advance('PT1S');
    const { channels, dms } = await client.state();
    const cards = [
      ...channels.flatMap(({ messages }) => messages),
      ...Object.values(dms).flat(),
    ].filter(({ blocks, ephemeral_to }) => ephemeral_to === null && wordsOf(blocks).includes(id));
    expect(cards.length).toBeGreaterThan(1);
    expect(cards.map(({ blocks }) => wordsOf(blocks)).join()).not.toContain('Sarah');
    expect((await verify()).faults).toEqual([]);
  });

  it('is erased by administrators only, who say twice whom they mean', async () => {
    const wrong = await run('audit', 'erase', '--person', 'U0REQUEST1', '--confirm', 'U0APPROVE1');

    expect(wrong).toMatchObject({
      exitCode: 2,
      stderr: '--confirm: Write U0REQUEST1 again, or leave it out to look only\n',
    });
  });

  it('is exported, and names the row that somebody changed in the table', async () => {
    const file = join(folder, 'audit.jsonl');
    expect((await run('audit', 'export', file)).exitCode).toBe(0);
    await client.aws('dynamodb', 'UpdateItem', {
      TableName: 'quartermaster',
      Key: { pk: { S: `AUDIT#request/${id}` }, sk: { S: '000000001' } },
      UpdateExpression: 'SET #document.#by = :by',
      ExpressionAttributeNames: { '#document': 'document', '#by': 'by' },
      ExpressionAttributeValues: { ':by': { S: 'U0APPROVE2' } },
    });

    expect(await verify()).toMatchObject({
      exitCode: 1,
      faults: [{ stream: `request/${id}`, sequence: 1, what: 'changed' }],
    });
    expect(await verify('--file', file)).toMatchObject({ exitCode: 0, ok: true });
  });
});
