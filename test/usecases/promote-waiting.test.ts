import { describe, expect, it } from 'vitest';
import type { DecisionCommand } from '#domain/jobs/decision-command.ts';
import type { PublishedPolicy } from '#domain/policy/policy.ts';
import { runDecision } from '#usecases/decide-request.ts';
import { aConfiguration, aPublishedPolicy, aShard, aSubmission, NOW, poolId } from '../builders.ts';
import { memoryPolicies } from '../fakes/memory-policies.ts';
import { decisionWorld } from './decision-world.ts';

const POLICY = aPublishedPolicy({
  roles: { requester: { everyone: true }, approver: { users: ['UAPPROVER', 'UAPPROVER2'] } },
  limits: { openHoldsPerPerson: 1, unapprovedPercentOfFree: 100 },
});
const SERVE: DecisionCommand = { kind: 'promote', key: 'promote/1', at: NOW, poolId: poolId('1') };

/** A pool of eight, which the first of these people's requests holds. */
async function line(...people: readonly string[]) {
  const shard = aShard({ configurations: [aConfiguration({ limit: 8 })] });
  const { ports, table, click } = decisionWorld({ published: POLICY, shard });
  const ids = people.map((_person, index) => `req-000000000${index + 1}`);
  for (const [index, requestId] of ids.entries()) {
    await runDecision(ports, aSubmission({ requestId, by: people[index] ?? '', key: requestId }));
  }
  const standing = () => ids.map((id) => table.peek(id)?.standing ?? null);
  const serve = (published: PublishedPolicy | null = POLICY) =>
    runDecision({ ...ports, policies: memoryPolicies(published) }, SERVE);
  const free = () => runDecision(ports, click('cancel', 'req-0000000001', people[0] ?? ''));
  return { standing, serve, free };
}

describe('promoteWaiting', () => {
  it('gives what came free to the first in line', async () => {
    const { standing, serve, free } = await line('UONE', 'UTWO', 'UTHREE');
    expect(standing()).toEqual(['held', 'waiting', 'waiting']);

    await free();
    await serve();

    expect(standing()).toEqual([null, 'held', 'waiting']);
  });

  it('keeps the line in order while there is no room', async () => {
    const { standing, serve } = await line('UONE', 'UTWO');

    await serve();

    expect(standing()).toEqual(['held', 'waiting']);
  });

  it('does nothing without a line, or without a policy', async () => {
    const { standing, serve, free } = await line('UONE', 'UTWO');
    await free();

    await serve(null);
    expect(standing()).toEqual([null, 'waiting']);

    await serve();
    await serve();
    expect(standing()).toEqual([null, 'held']);
  });

  it('finds no request of a line of terms that nobody keeps', async () => {
    const { ports } = decisionWorld();

    await expect(
      runDecision(ports, { kind: 'promote-terms', key: 'p', at: NOW, ledgerId: 'none' }),
    ).resolves.toBeUndefined();
  });
});
