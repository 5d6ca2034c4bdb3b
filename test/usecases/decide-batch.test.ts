import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { DecisionCommand } from '#domain/jobs/decision-command.ts';
import { Conflict, Unavailable } from '#src/errors.ts';
import { type BatchPorts, decideBatch } from '#usecases/decide-batch.ts';
import { aPerson } from '../builders.ts';
import { aSubmissionOf, decisionWorld } from './decision-world.ts';

type World = ReturnType<typeof decisionWorld>;

const received = (commands: readonly DecisionCommand[], attempt = 1) =>
  commands.map((command) => ({ command, attempt }));
const statusesOf = ({ table }: World, ids: readonly string[]) =>
  ids.map((id) => table.peek(id)?.status);

/** The ports, and how often each of some of them is called. */
function counted({ ports }: World): { ports: BatchPorts; calls: Record<string, number> } {
  const calls: Record<string, number> = { commit: 0, commitAll: 0 };
  function count<Argument, Result>(name: string, work: (argument: Argument) => Result) {
    return (argument: Argument): Result => {
      calls[name] = (calls[name] ?? 0) + 1;
      return work(argument);
    };
  }
  const { store, people, snapshots } = ports;
  return {
    calls,
    ports: {
      ...ports,
      store: {
        ...store,
        commit: count('commit', store.commit),
        commitAll: count('commitAll', store.commitAll),
      },
      people: { ...people, get: count('person', people.get) },
      snapshots: {
        ...snapshots,
        shard: count('shard', snapshots.shard),
        termsView: count('terms', snapshots.termsView),
        launchRoleRefusedAt: count('launchRole', snapshots.launchRoleRefusedAt),
      },
    },
  };
}

describe('a batch of decisions', () => {
  it('is one transaction, with everything looked up once', async () => {
    const world = decisionWorld();
    const ids = await world.submitted(10);
    const { ports, calls } = counted(world);

    const results = await decideBatch(
      ports,
      received(ids.map((id) => world.click('approve', id, 'UAPPROVER'))),
    );

    expect(results.map(({ status }) => status)).toEqual(ids.map(() => 'fulfilled'));
    expect(statusesOf(world, ids)).toEqual(ids.map(() => 'approved'));
    expect(calls).toEqual({
      ...{ commit: 0, commitAll: 1 },
      ...{ person: 1, shard: 1, terms: 1, launchRole: 1 },
    });
    expect(await world.table.unsent(world.time.now, 10)).toEqual([]);
    expect(world.sent.launches).toEqual(
      ids.map((requestId) => ({ kind: 'launch', requestId, generation: 1 })),
    );
  });

  it('approves as many as fit, in their order', async () => {
    const world = decisionWorld({ limit: 24 });
    const ids = await world.submitted(10);

    await decideBatch(
      world.ports,
      received(ids.map((id) => world.click('approve', id, 'UAPPROVER'))),
    );

    expect(statusesOf(world, ids)).toEqual(
      ids.map((_, index) => (index < 3 ? 'approved' : 'pending')),
    );
    expect(world.table.peekLedgers()).toMatchObject([{ held: 24 }]);
    const notices = world.sent.answers.filter(({ kind }) => kind === 'notice');
    expect(notices).toHaveLength(10);
  });

  it('says once what later changes say again', async () => {
    const world = decisionWorld({ limit: 16 });
    const [first = '', second = ''] = await world.submitted(4);

    await decideBatch(
      world.ports,
      received([
        world.click('approve', first, 'UAPPROVER'),
        world.click('deny', first, 'UAPPROVER2'),
        world.click('deny', second, 'UAPPROVER2'),
      ]),
    );

    const cards = world.sent.answers.filter(({ kind }) => kind === 'card');
    expect(cards).toEqual([
      { kind: 'card', requestId: first },
      { kind: 'card', requestId: second },
    ]);
    expect(world.sent.decisions).toHaveLength(1);
  });

  it('sends nothing before its transaction, and each alone when that loses', async () => {
    const world = decisionWorld();
    const ids = await world.submitted(3);
    const { ports, calls } = counted(world);
    const commitAll = vi.fn(async () => {
      expect(world.sent.launches).toEqual([]);
      throw new Conflict('lost');
    });

    const results = await decideBatch(
      { ...ports, store: { ...ports.store, commitAll } },
      received(ids.map((id) => world.click('approve', id, 'UAPPROVER'))),
    );

    expect(commitAll).toHaveBeenCalledOnce();
    expect(results.map(({ status }) => status)).toEqual(ids.map(() => 'fulfilled'));
    expect(statusesOf(world, ids)).toEqual(ids.map(() => 'approved'));
    expect(calls).toMatchObject({ commit: 3, person: 1 });
    expect(world.sent.launches).toHaveLength(3);
  });

  it('is done when the answer to its transaction is lost', async () => {
    const world = decisionWorld();
    const ids = await world.submitted(3);
    const { store } = world.ports;
    const commitAll: typeof store.commitAll = async (changes) => {
      await store.commitAll(changes);
      throw new Unavailable('no answer');
    };

    await decideBatch(
      { ...world.ports, store: { ...store, commitAll } },
      received(ids.map((id) => world.click('approve', id, 'UAPPROVER'))),
    );

    expect(ids.map((id) => world.table.peek(id)?.decisions.length)).toEqual([1, 1, 1]);
    // What the transaction causes is in the outbox, for the sweeper.
    const [entry] = await world.table.unsent(world.time.now, 10);
    expect(entry?.messages.filter(({ queue }) => queue === 'launches')).toHaveLength(3);
  });

  it('goes each alone when it is too much for one transaction', async () => {
    const world = decisionWorld({ limit: 1000 });
    const ids = await world.submitted(60);
    const { ports, calls } = counted(world);

    await decideBatch(ports, received(ids.map((id) => world.click('approve', id, 'UAPPROVER'))));

    expect(calls).toMatchObject({ commitAll: 1, commit: 60 });
    expect(new Set(statusesOf(world, ids))).toEqual(new Set(['approved']));
  });
});

describe('a command that fails', () => {
  const unknownTo = ({ ports }: World, stranger: string): BatchPorts => ({
    ...ports,
    people: {
      ...ports.people,
      get: async (id) => {
        if (id === stranger) throw new Unavailable('Slack does not answer');
        return aPerson(id);
      },
    },
  });

  it('takes no other with it', async () => {
    const world = decisionWorld();
    const [first = '', second = '', third = ''] = await world.submitted(3);

    const results = await decideBatch(
      unknownTo(world, 'UAPPROVER2'),
      received([
        world.click('approve', first, 'UAPPROVER'),
        world.click('approve', second, 'UAPPROVER2'),
        world.click('approve', third, 'UAPPROVER'),
      ]),
    );

    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(statusesOf(world, [first, second, third])).toEqual(['approved', 'pending', 'approved']);
  });

  it.each([
    { attempt: 1, status: 'pending', results: ['rejected', 'rejected'] },
    { attempt: 5, status: 'cancelled', results: ['rejected', 'fulfilled'] },
  ])(
    'holds back what comes after it about the same request: $results at attempt $attempt',
    async (expected) => {
      const world = decisionWorld();
      const [id = ''] = await world.submitted(1);
      const by = world.table.peek(id)?.requestedBy ?? '';

      const results = await decideBatch(
        unknownTo(world, 'UAPPROVER'),
        received(
          [world.click('deny', id, 'UAPPROVER'), world.click('cancel', id, by)],
          expected.attempt,
        ),
      );

      expect(results.map(({ status }) => status)).toEqual(expected.results);
      expect(statusesOf(world, [id])).toEqual([expected.status]);
    },
  );
});

describe('a batch and the same commands one after the other', () => {
  const serial = fc.integer({ min: 1, max: 6 });
  const idOf = (n: number): string => `req-${String(n).padStart(10, '0')}`;
  const step = fc.oneof(
    serial.map((n) => () => aSubmissionOf(idOf(n))),
    fc
      .tuple(
        fc.constantFrom('approve' as const, 'approve' as const, 'deny' as const, 'cancel' as const),
        serial,
        fc.constantFrom('UAPPROVER', 'UAPPROVER2', 'U000001'),
        fc.constantFrom('a', 'b'),
      )
      .map(
        ([kind, n, by, key]) =>
          (world: World) =>
            world.click(kind, idOf(n), by, `${n}${kind}${key}`),
      ),
    fc.constant((world: World): DecisionCommand => {
      const poolId = world.table.peekLedgers()[0]?.poolId ?? '222233334444/us-east-1/lic-0';
      return { kind: 'promote', key: 'p', at: world.time.now, poolId };
    }),
  );

  it('end alike', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(step, { minLength: 1, maxLength: 10 }), { maxLength: 6 }),
        async (batches) => {
          const [folded, single] = [decisionWorld({ limit: 32 }), decisionWorld({ limit: 32 })];
          for (const steps of batches) {
            const commands = steps.map((make) => make(folded));
            await decideBatch(folded.ports, received(commands));
            for (const command of commands) await decideBatch(single.ports, received([command]));
          }

          expect(await recordOf(folded)).toEqual(await recordOf(single));
        },
      ),
      { numRuns: 200 },
    );
  });

  async function recordOf({ table, sent }: World) {
    const ids = [1, 2, 3, 4, 5, 6].map(idOf);
    const ledgers = table.peekLedgers();
    const streams = [
      ...ids.map((id) => `request/${id}`),
      ...ledgers.map(({ poolId }) => `pool/${poolId}`),
    ];
    return {
      requests: ids.map((id) => table.peek(id)),
      ledgers,
      trails: await Promise.all(streams.map((stream) => table.auditTrail(stream))),
      launches: sent.launches,
      notices: sent.answers.filter(({ kind }) => kind === 'notice'),
    };
  }
});
