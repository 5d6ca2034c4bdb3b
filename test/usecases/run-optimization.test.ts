import { describe, expect, it } from 'vitest';
import type { Consolidation } from '#domain/consolidation/consolidation-plan.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { later } from '#domain/instant.ts';
import type { OptimizationRun } from '#domain/optimization/optimization-run.ts';
import { Scenario } from '#domain/optimization/scenario.ts';
import type { ConsolidationLimits, Consolidator } from '#ports/consolidator.ts';
import { Unavailable } from '#src/errors.ts';
import {
  type OptimizationPorts,
  runOptimization,
  type ScenariosJob,
} from '#usecases/run-optimization.ts';
import { ACCOUNT, aPerson, aPublishedPolicy, aShard, NOW } from '../builders.ts';
import { optimizableShard, sqlMachine } from '../domain/optimization/optimization-world.ts';
import { memoryQueues } from '../fakes/memory-queues.ts';
import { memoryTable } from '../fakes/memory-table.ts';
import { optimizerPorts, searching } from './optimizer-world.ts';

const THEIRS = '999988887777';
const ids = (count: number) =>
  Array.from({ length: count }, (_, index) => `i-${index.toString(16).padStart(17, '0')}`);
/** Twelve machines whose licenses cost less on one host. */
const ESTATE = optimizableShard(ids(12).map((id) => sqlMachine(id)));
const HIDDEN: InventoryShard = {
  ...optimizableShard([sqlMachine('i-0000000000000dead')]),
  account: THEIRS,
};

const JOB: ScenariosJob = {
  kind: 'scenarios',
  key: 'T1',
  scenarios: [Scenario.parse({})],
  replyTo: { personId: 'UREQUESTER', channelId: 'C1', responseUrl: null },
};
const DELIVERY = { messageId: '0123456789', attempt: 1 };
const UNTIL = later(NOW, 240_000);
const ANSWER = { kind: 'optimization', key: 'T1', scenario: null, page: 1, replyTo: JOB.replyTo };
const STUCK = {
  kind: 'stuck',
  key: 'T1',
  givenUp: true,
  reference: '01234567',
  replyTo: JOB.replyTo,
};

async function world(
  shards: readonly InventoryShard[] = [ESTATE],
  changes: Partial<OptimizationPorts> = {},
  options: Parameters<typeof optimizerPorts>[1] = {},
) {
  const { queues, sent } = memoryQueues();
  const kept: OptimizationRun[] = [];
  const reported: unknown[] = [];
  const leftOut: string[] = [];
  const recommendations = memoryTable({ now: () => NOW });
  const ports: OptimizationPorts = {
    ...(await optimizerPorts(shards, options)),
    queues,
    runs: { keep: async (run) => void kept.push(run) },
    recommendations,
    leftOut: (ids) => void leftOut.push(...ids),
    report: (reference, error) => void reported.push([reference, String(error)]),
    ...changes,
  };
  return {
    kept,
    reported,
    leftOut,
    recommendations,
    answers: sent.answers,
    run: (job: ScenariosJob = JOB, attempt = 1, until = UNTIL) =>
      runOptimization(ports, job, { ...DELIVERY, attempt }, until),
  };
}

/** Tells of the plan that the search comes to, at these prices, before it answers with it. */
function telling(...prices: readonly number[]): Consolidator {
  return {
    async consolidate(problem, limits, onBetter) {
      const found = await searching.consolidate(problem, limits);
      const { plan } = found;
      for (const price of prices) {
        const micros = plan === null ? 0 : Math.round(plan.micros * price);
        const told: Consolidation = { ...found, plan: plan && { ...plan, micros } };
        onBetter?.(told);
      }
      return found;
    },
  };
}

describe('a question to the optimizer', () => {
  it('is answered by a run that is kept under the id of the question', async () => {
    const { run, kept, answers } = await world();

    await run();
    await run();

    const [first, again] = kept;
    expect(first).toMatchObject({ askedBy: 'UREQUESTER', final: true, refusal: null });
    expect(first?.results.map(({ proven, machines }) => [proven, machines])).toEqual([[true, 12]]);
    expect(first?.results[0]?.plan.length).toBeGreaterThan(0);
    expect(again?.id).toBe(first?.id);
    expect(answers).toEqual([1, 2].map(() => ({ ...ANSWER, runId: first?.id })));
  });

  it('can be followed up at once, unless it was about another estate than there is', async () => {
    const { run, kept, recommendations } = await world();
    await run({ ...JOB, scenarios: [Scenario.parse({ leave: ['windows-server'] })] });
    expect(await recommendations.followed()).toEqual([]);

    await run();

    const [result] = kept.at(-1)?.results ?? [];
    const found = [...(result?.plan ?? []), ...(result?.beside ?? [])].map(({ id }) => id);
    const followed = await recommendations.followed();
    expect(followed.map(({ recommendation }) => recommendation.id).toSorted()).toEqual(
      [...new Set(found)].toSorted(),
    );
    expect(followed.every(({ status }) => status === 'new')).toBe(true);
  });

  it('says which recommendations are too large to be followed', async () => {
    const recommendations = memoryTable({ now: () => NOW });
    const keep = async () => {
      throw new RangeError('too large');
    };
    const { run, kept, leftOut } = await world([ESTATE], {
      recommendations: { ...recommendations, keep },
    });
    await run();
    expect(leftOut.length).toBeGreaterThan(0);
    expect(kept.at(-1)?.final).toBe(true);
  });

  it('hears of the first plan that passes its check, not of one that is hardly better, and of the last', async () => {
    const { run, kept, answers } = await world([ESTATE], {
      consolidator: telling(1.1, 1, 1),
    });

    await run();

    expect(kept.map(({ final, results }) => [final, results.length])).toEqual([
      [false, 1],
      [true, 1],
    ]);
    expect(answers).toHaveLength(2);
  });

  it('compares two scenarios in their order, in the time of one', async () => {
    const limits: ConsolidationLimits[] = [];
    const { run, kept } = await world([ESTATE], {
      consolidator: {
        consolidate(problem, limit) {
          limits.push(limit);
          return searching.consolidate(problem, limit);
        },
      },
    });
    const own = Scenario.parse({ goal: 'own-only', keepProduction: true });

    await run({ ...JOB, scenarios: [...JOB.scenarios, own] });

    const goals = kept.at(-1)?.results.map(({ scenario }) => scenario.goal);
    expect(goals).toEqual(['least-cost', 'own-only']);
    expect(limits.map(({ seconds }) => seconds)).toEqual([30, 60]);
  });

  it('is searched for no longer than there is time', async () => {
    const seconds: number[] = [];
    const { run } = await world([ESTATE], {
      consolidator: {
        consolidate(problem, limits) {
          seconds.push(limits.seconds);
          return searching.consolidate(problem, limits);
        },
      },
    });

    await run(JOB, 1, later(NOW, 12_000));
    await run(JOB, 1, later(NOW, -12_000));

    expect(seconds).toEqual([12, 1]);
  });

  it('is computed of what policy lets somebody see, and names nothing else', async () => {
    const roles = {
      viewer: { everyone: true, accounts: [ACCOUNT] },
      approver: { users: ['UAPPROVER'] },
      administrator: { users: ['UADMIN'] },
    };
    const published = aPublishedPolicy({ roles });
    const { run, kept } = await world([ESTATE, HIDDEN], {}, { published });

    await run();
    await run({ ...JOB, replyTo: { ...JOB.replyTo, personId: 'UAPPROVER' } });

    const [seen, all] = kept.map((one) => JSON.stringify(one));
    expect(kept.map(({ results }) => results[0]?.machines)).toEqual([12, 13]);
    expect(seen).not.toContain('i-0000000000000dead');
    expect(seen).not.toContain(THEIRS);
    expect(all).toContain(THEIRS);
  });

  it.each`
    refusal               | shards                            | published
    ${'no-policy'}        | ${[ESTATE]}                       | ${null}
    ${'no-inventory'}     | ${[]}                             | ${undefined}
    ${'no-inventory'}     | ${[aShard()]}                     | ${undefined}
    ${'nothing-licensed'} | ${[{ ...ESTATE, instances: [] }]} | ${undefined}
  `('is refused where nothing can be computed: $refusal', async (row) => {
    const options = row.published === undefined ? {} : { published: row.published };
    const { run, kept, answers } = await world(row.shards, {}, options);

    await run();

    expect(kept).toMatchObject([{ refusal: row.refusal, results: [], final: true }]);
    expect(answers).toMatchObject([{ kind: 'optimization', runId: kept[0]?.id }]);
  });

  it('is refused without a word of what is there to somebody who may not look', async () => {
    const { run, kept } = await world([ESTATE], {
      people: { get: async (id) => aPerson(id, { outsider: 'stranger' }) },
    });

    await run();

    expect(kept).toMatchObject([{ refusal: 'no-inventory', results: [] }]);
  });
});

describe('a question that cannot be answered', () => {
  it.each([
    ['the solver died', { consolidator: { consolidate: () => Promise.reject(new Error('dead')) } }],
    [
      'Slack does not say who asks',
      { people: { get: () => Promise.reject(new Unavailable('x')) } },
    ],
    ['the run cannot be kept', { runs: { keep: () => Promise.reject(new Error('full')) } }],
  ])('is told of with a reference: %s', async (_why, changes) => {
    const { run, answers, reported } = await world([ESTATE], changes);

    await run();

    expect(answers).toEqual([STUCK]);
    expect(reported).toMatchObject([['01234567', expect.any(String)]]);
  });

  it('is not tried again when the first try took the function with it', async () => {
    const { run, kept, answers } = await world();

    await run(JOB, 2);

    expect(kept).toEqual([]);
    expect(answers).toEqual([STUCK]);
  });

  it('is answered in the end, though what was found on the way could not be kept', async () => {
    const kept: OptimizationRun[] = [];
    const { run, answers } = await world([ESTATE], {
      consolidator: telling(1.1),
      runs: {
        async keep(run) {
          if (!run.final) throw new Error('busy');
          kept.push(run);
        },
      },
    });

    await run();

    expect(kept).toHaveLength(1);
    expect(answers).toEqual([{ ...ANSWER, runId: kept[0]?.id }]);
  });

  it('goes back to the queue when nobody can be told', async () => {
    const { queues, failing } = memoryQueues();
    failing(new Error('SQS is away'));
    const { run } = await world([ESTATE], { queues });

    await expect(run()).rejects.toThrow('SQS is away');
  });
});
