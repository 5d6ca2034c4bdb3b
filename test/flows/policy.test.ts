import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PolicyPublishResult } from '../../cli/policy-publish.ts';
import { sha256 } from '../builders.ts';
import { runCli } from '../cli/run-cli.ts';
import { recordsAt } from './records.ts';
import { openSandbox } from './sandbox-client.ts';
import { channelOf, type Message, type State, wordsOf } from './sandbox-state.ts';

const { client, sandbox } = await openSandbox();
const records = recordsAt(sandbox.awsUrl);
const folder = await mkdtemp(join(tmpdir(), 'quartermaster-'));
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true });
});

const APPROVALS = 'license-approvals';
const FIRST = await readFile(new URL('../../sandbox/policy.yml', import.meta.url), 'utf8');
/** One SQL Server Standard at a time, and Sam administers too. */
const SECOND = FIRST.replace('countMaximum: 10', 'countMaximum: 1').replace(
  'administrator: { users: [',
  'administrator: { users: [U0APPROVE2, ',
);

/** `admin` proposes a document at the command line; its card arrives by itself. */
async function propose(text: string, expected: string): Promise<Message> {
  const file = join(folder, 'policy.yml');
  await writeFile(file, text);
  return publish([file], expected);
}

async function publish(what: readonly string[], expected: string): Promise<Message> {
  const { stdout } = await runCli(
    ['policy', 'publish', ...what, '--expect', expected, '--as', 'U0ADMIN001', '--json'],
    { AWS_ENDPOINT_URL: sandbox.awsUrl },
  );
  const { proposal } = PolicyPublishResult.parse(JSON.parse(stdout));
  return vi.waitFor(() => cardOf(`Proposal ${proposal?.id}`), { timeout: 10_000 });
}

/** @throws until there is exactly one */
async function cardOf(words: string): Promise<Message> {
  const cards = channelOf(await client.state(), APPROVALS).filter(
    ({ ephemeral_to, blocks }) => ephemeral_to === null && wordsOf(blocks).includes(words),
  );
  const [card] = cards;
  if (card === undefined || cards.length > 1) throw new Error(`${cards.length} cards`);
  return card;
}

/** What only this person sees in the approvers' channel, the newest. */
function toldTo(state: State, personId: string): string | undefined {
  return channelOf(state, APPROVALS).findLast(({ ephemeral_to }) => ephemeral_to === personId)
    ?.text;
}

/** The card as it is now. */
async function again({ ts }: Message): Promise<string> {
  const messages = channelOf(await client.state(), APPROVALS);
  return wordsOf(messages.find((message) => message.ts === ts)?.blocks);
}

describe('a new policy', () => {
  let card: Message;
  beforeAll(async () => {
    card = await propose(SECOND, sha256(FIRST));
  });
  const click = (user: string, action: string) => client.click(user, action, card, APPROVALS);

  it('shows the administrators who proposes what, and what it changes', () => {
    const words = wordsOf(card.blocks);

    expect(words).toContain('arn:aws:iam::111122223333:user/administrator');
    expect(words).toContain('Role administrator : users with U0APPROVE2');
    expect(words).toContain('Launch profile SQL Server Standard : countMaximum 10 → 1');
    expect(words).toContain('Waiting for an administrator other than U0ADMIN001');
  });

  it('is not in force by being proposed', async () => {
    const { request } = await client.request('requester', { count: '2' });

    expect(request?.status).toBe('pending');
  });

  it.each([
    ['admin', 'U0ADMIN001', 'Nobody confirms their own proposal.'],
    ['approver', 'U0APPROVE1', 'Only administrators of the policy in force decide'],
    ['approver2', 'U0APPROVE2', 'Only administrators of the policy in force decide'],
  ])('is not confirmed by %s, who is told why', async (user, id, why) => {
    const state = await click(user, 'confirm_policy');

    expect(toldTo(state, id)).toContain(why);
    expect(await again(card)).toContain('Waiting for an administrator');
  });

  it('is confirmed by a second administrator, and its card says so', async () => {
    const state = await click('admin2', 'confirm_policy');

    expect(toldTo(state, 'U0ADMIN002')).toContain('You confirmed this policy.');
    expect(await again(card)).toContain('Confirmed by U0ADMIN002 , · in force');
    expect(await again(card)).not.toContain('Reject');
  });

  it('tells whoever clicks afterwards that it is done', async () => {
    await click('admin2', 'confirm_policy');
    const state = await click('admin', 'reject_policy');

    expect(toldTo(state, 'U0ADMIN002')).toContain('You had already done that.');
    expect(toldTo(state, 'U0ADMIN001')).toContain('already confirmed; decided by <@U0ADMIN002>');
    expect(state.queues).toEqual({ decisions: 0, jobs: 0, dead: 0 });
  });

  it('decides the next requests', async () => {
    await client.advance('PT10S');

    const two = await client.request('requester', { count: '2' });
    const one = await client.request('requester', { count: '1' });

    expect(two.request).toMatchObject({ status: 'denied', decisions: [{ by: 'policy' }] });
    expect(one.request?.status).toBe('pending');
  });

  it('leaves one chain of audit: the proposal, the refused clicks, the decision', async () => {
    const trail = await records.auditTrail('policy');

    expect(trail.map(({ event, by }) => `${event} ${by}`)).toEqual([
      'policy.proposed U0ADMIN001',
      'confirm-policy.refused U0ADMIN001',
      'confirm-policy.refused U0APPROVE1',
      'confirm-policy.refused U0APPROVE2',
      'policy.confirmed U0ADMIN002',
      'confirm-policy.repeated U0ADMIN002',
      'reject-policy.refused U0ADMIN001',
    ]);
    expect(await records.unsent()).toEqual([]);
  });
});

describe('a roll-back', () => {
  it('is proposed by the hash of what was in force, confirmed like any policy, and decides', async () => {
    const card = await publish(['--roll-back-to', sha256(FIRST)], sha256(SECOND));
    expect(wordsOf(card.blocks)).toContain('Roll back to an earlier policy');
    expect(wordsOf(card.blocks)).toContain(
      'Launch profile SQL Server Standard : countMaximum 1 → 10',
    );

    await client.click('admin2', 'confirm_policy', card, APPROVALS);
    await client.advance('PT10S');

    expect(await again(card)).toContain('Confirmed by U0ADMIN002 , · in force');
    expect((await client.request('requester', { count: '2' })).request?.status).toBe('pending');
  });
});

describe('policy check --against', () => {
  it('says which past requests would come out otherwise', async () => {
    const file = join(folder, 'against.yml');
    await writeFile(file, SECOND);

    const { exitCode, stdout } = await runCli(['policy', 'check', file, '--against'], {
      AWS_ENDPOINT_URL: sandbox.awsUrl,
    });

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      / of U0REQUEST1, .*: approved by 1 of U0APPROVE1, U0APPROVE2 under everything → refused \(count-above-maximum\)\n/,
    );
  });
});

// Last: the command line goes by its own clock, so what it proposes afterwards is a day old.
describe('a proposal that was overtaken', () => {
  it('is closed by the first click after another policy, and after a day', {
    timeout: 90_000,
  }, async () => {
    const now = sha256(FIRST);
    const winner = await propose(`${SECOND}# winner\n`, now);
    const loser = await propose(`${SECOND}# loser\n`, now);
    await client.click('admin2', 'confirm_policy', winner, APPROVALS);

    const late = await client.click('admin2', 'confirm_policy', loser, APPROVALS);
    const slow = await propose(SECOND, sha256(`${SECOND}# winner\n`));
    await client.advance('P1DT1M');
    const expired = await client.click('admin2', 'confirm_policy', slow, APPROVALS);

    expect(toldTo(late, 'U0ADMIN002')).toContain('Another policy was published since');
    expect(await again(loser)).toContain('Another policy was published meanwhile');
    expect(toldTo(expired, 'U0ADMIN002')).toContain('This proposal expired');
    expect(await again(slow)).toContain('Expired before it was confirmed · nothing changed');
  });
});
