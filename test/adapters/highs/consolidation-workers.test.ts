import { describe, expect, it } from 'vitest';
import { consolidationWorkers } from '#adapters/highs/consolidation-workers.ts';
import { WORKER_ENTRY } from '#adapters/highs/worker-entry.ts';
import type { Consolidation } from '#domain/consolidation/consolidation-plan.ts';
import {
  aHostType,
  aProblem,
  aRight,
  aWorkload,
  byItself,
  onHost,
} from '../../domain/consolidation/builders.ts';

const LIMITS = { seconds: 20, relativeGap: 0 };
const ZONES = ['a', 'b', 'c'];

/** Seven machines in each zone, six of which pay for a host. */
const PROBLEM = aProblem({
  workloads: ZONES.map((zone) =>
    aWorkload({ id: zone, zone, count: 7, alone: [byItself(200, [{ rightId: 'os', units: 1 }])] }),
  ),
  rights: [aRight({ id: 'os', buyable: Number.POSITIVE_INFINITY, boughtUnitMicros: 1 })],
});

/** A worker that does as it is told instead of solving anything. */
function worker(does: string): URL {
  const script = `import { parentPort } from 'node:worker_threads';
    parentPort.on('message', ({ problem, brief }) => { ${does} });`;
  return new URL(`data:text/javascript,${encodeURIComponent(script)}`);
}

const FOUND = `const found = { plan: { hosts: [], alone: [{ workloadId: problem.workloads[0].id,
    optionId: 'alone', count: 7 }], drawn: [], micros: 1407 }, lowerBoundMicros: 1000, gap: 0.407,
    proven: false, unitValues: new Map([['os', 1]]), infeasible: null, seconds: 1 };`;

describe('consolidating in worker threads', () => {
  it('solves independent zones, two at a time, and puts them together', async () => {
    const told: Consolidation[] = [];
    const { consolidate } = consolidationWorkers({ entry: WORKER_ENTRY, atOnce: 2 });

    const found = await consolidate(PROBLEM, LIMITS, (better) => told.push(better));

    expect(found).toMatchObject({ proven: true, gap: 0, infeasible: null });
    expect(found.plan?.micros).toBe(3 * (1000 + 201));
    expect(found.plan?.hosts.map(({ zone }) => zone).toSorted()).toEqual(ZONES);
    expect(found.plan?.drawn).toEqual([{ rightId: 'os', units: 3, bought: 3 }]);
    expect(found.unitValues).toEqual(new Map([['os', 1]]));
    const gaps = told.map(({ gap }) => gap);
    expect(gaps.length).toBeGreaterThan(1);
    expect(gaps).toEqual(gaps.toSorted((one, other) => other - one));
  });

  it('has nothing to do without machines', async () => {
    const { consolidate } = consolidationWorkers({ entry: WORKER_ENTRY });

    const found = await consolidate(aProblem({ workloads: [] }), LIMITS);

    expect(found).toMatchObject({ plan: { hosts: [], micros: 0 }, proven: true });
  });

  it('says what cannot be done', async () => {
    const { consolidate } = consolidationWorkers({ entry: WORKER_ENTRY });
    const crowded = aProblem({
      hostTypes: [aHostType({ mostNew: 0 })],
      workloads: [aWorkload()],
    });

    const found = await consolidate(crowded, LIMITS);

    expect(found).toMatchObject({ plan: null, infeasible: { code: 'hosts-short', zone: 'a' } });
  });

  it('refuses what makes no sense before any thread starts', async () => {
    const { consolidate } = consolidationWorkers({ entry: worker('process.exit(1)') });
    const problem = aProblem({ workloads: [aWorkload({ hosted: [onHost({ cores: 3 })] })] });

    await expect(consolidate(problem, LIMITS)).rejects.toThrow('has no such size');
  });

  it('keeps the best so far of a thread that is late', async () => {
    const late = worker(`${FOUND} parentPort.postMessage({ found, final: false }); for (;;);`);
    const { consolidate } = consolidationWorkers({ entry: late, graceSeconds: 0 });

    const inOneZone = { ...PROBLEM, workloads: PROBLEM.workloads.slice(0, 1) };
    const found = await consolidate(inOneZone, { seconds: 3, relativeGap: 0 });

    expect(found).toMatchObject({
      plan: { micros: 1407 },
      lowerBoundMicros: 1000,
      gap: 1407 / 1000 - 1,
      proven: false,
    });
  });

  it('says when a thread died before it found anything', async () => {
    const { consolidate } = consolidationWorkers({ entry: worker('process.exit(1)') });

    const found = await consolidate(PROBLEM, LIMITS);

    expect(found).toMatchObject({ plan: null, proven: false, infeasible: { code: 'out-of-time' } });
  });

  it('takes a thread without memory for one that died', async () => {
    const died = `throw Object.assign(new Error('heap'), { code: 'ERR_WORKER_OUT_OF_MEMORY' });`;
    const { consolidate } = consolidationWorkers({ entry: worker(died) });

    await expect(consolidate(PROBLEM, LIMITS)).resolves.toMatchObject({ plan: null });
  });

  it('passes on what goes wrong in a thread', async () => {
    const { consolidate } = consolidationWorkers({ entry: worker(`throw new Error('a bug')`) });

    await expect(consolidate(PROBLEM, LIMITS)).rejects.toThrow('a bug');
  });
});
