import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { APPROVALS, HUB, instancesOf, launchCalls, pendingRequest } from './pending-request.ts';
import { recordsAt } from './records.ts';
import { messagesSent, queueOf, redeliver, type Sent } from './redelivery.ts';
import { openSandbox } from './sandbox-client.ts';
import { cardsOf, toldAbout } from './sandbox-state.ts';

const { client, sandbox } = await openSandbox({ seed: 'small' });
const records = recordsAt(sandbox.awsUrl);
afterAll(() => sandbox.close());

const Body = z.object({
  kind: z.string(),
  by: z.string().optional(),
  notice: z.object({ kind: z.string() }).optional(),
});

/** A message by what it is about: of messages of one kind, one is worth delivering again. */
function kindOf(sent: Sent): string {
  const { kind, by, notice } = Body.parse(JSON.parse(sent.MessageBody));
  return [queueOf(sent), kind, by, notice?.kind].filter((part) => part !== undefined).join(' ');
}

/** What must be as it was, however often a job comes again. */
async function everything(id: string) {
  const state = await client.state();
  const ledgers = await records.ledgers();
  return {
    requests: state.requests,
    cards: cardsOf(state, id),
    queues: state.queues,
    launchCalls: await launchCalls(client, id),
    trail: await records.auditTrail(`request/${id}`),
    unsent: await records.unsent(),
    figures: ledgers.map(({ poolId, held, consumed }) => ({ poolId, held, consumed })),
  };
}

const { id, approvers } = await pendingRequest(client, HUB);
await client.click('approver', 'approve', approvers, APPROVALS);
await client.click('approver2', 'approve', approvers, APPROVALS);
await client.advance('PT2M');
const sent = new Map((await messagesSent(client)).map((each) => [kindOf(each), each]));
const before = await everything(id);

describe('a launch and its jobs', () => {
  it('is done once', async () => {
    expect(before.requests).toMatchObject([
      { status: 'confirmed', decisions: [{ kind: 'approve', by: 'U0APPROVE1' }] },
    ]);
    expect(before.launchCalls).toBe(1);
    expect(before.queues).toEqual({ decisions: 0, jobs: 0, dead: 0 });
    expect(before.unsent).toEqual([]);
    expect([...sent.keys()].toSorted()).toEqual([
      'answers card',
      'answers notice done',
      'answers notice refused',
      'answers request-form',
      'collections collect',
      'collections keep-terms',
      'decisions approve U0APPROVE1',
      'decisions approve U0APPROVE2',
      'decisions submit U0REQUEST1',
      'launches launch',
    ]);
  });

  it.each([...sent])('stays done once when "%s" comes 100 times more', async (kind, job) => {
    const rounds = kind.startsWith('collections') ? 50 : 1;
    for (let round = 0; round < rounds; round += 1) {
      await redeliver(client, job, 100 / rounds);
      // License Manager answers so many calls a second, by the clock.
      if (rounds > 1) await client.advance('PT4S');
    }

    expect(await everything(id)).toEqual(before);
    expect(await instancesOf(client, id)).toEqual(before.requests[0]?.instance_ids);
  });

  it('tells everybody', async () => {
    const state = await client.state();

    expect(toldAbout(id, state, 'U0APPROVE1')).toContain(
      'You approved this request. Its card shows how the launch goes on.',
    );
    expect(toldAbout(id, state, 'U0APPROVE2')[0]).toContain('decided by <@U0APPROVE1>');
  });
});
