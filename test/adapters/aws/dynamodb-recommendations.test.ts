import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dynamodbDecisionStore } from '#adapters/aws/dynamodb-decision-store.ts';
import { dynamodbOptimizationRuns } from '#adapters/aws/dynamodb-optimization-runs.ts';
import { dynamodbRecommendations } from '#adapters/aws/dynamodb-recommendations.ts';
import { DAY_MS, SECOND_MS } from '#domain/instant.ts';
import type { OptimizationRun } from '#domain/optimization/optimization-run.ts';
import type { Recommendation } from '#domain/optimization/recommendation.ts';
import { DEFAULT_SCENARIO } from '#domain/optimization/scenario.ts';
import {
  aFollowed,
  anAccepted,
  aRecommendation,
  steps,
  usd,
} from '../../domain/optimization/follow/builders.ts';
import { recommendationsContract } from '../recommendations.contract.ts';
import { type DeployedHub, deployedHub } from './deployed-hub.ts';

let hub: DeployedHub;
beforeEach(async () => {
  hub = await deployedHub();
});
afterEach(() => hub.close());

/** Machines whose ids do not compress away. */
const machines = (count: number) =>
  Array.from({ length: count }, () => `i-${crypto.randomUUID().replaceAll('-', '').slice(0, 17)}`);

const ofZone = (count: number) => {
  const ids = machines(count);
  return {
    subjects: ids.map((id) => ({ kind: 'instance', id, name: null }) as const),
    steps: ids.map((id) => steps.resize('r6i.xlarge', id)),
    rollback: ids.map((id) => steps.resize('r6i.2xlarge', id)),
  };
};

/** A name of so many bytes that do not compress away. */
const ofLength = (bytes: number) => ({
  subjects: [{ kind: 'instance', id: 'i-1', name: randomBytes(bytes).toString('base64') } as const],
});

describe('recommendations in DynamoDB, found by functions/optimize and decided by functions/decide', () => {
  recommendationsContract(async () => ({
    recommendations: dynamodbRecommendations(hub.tableAs('optimize'), hub.now),
    store: dynamodbDecisionStore(hub.tableAs('decide'), hub.now),
    now: hub.now,
    settle: async () => hub.clock.advance(5_000),
  }));
});

describe('recommendations in DynamoDB', () => {
  const recommendations = () => dynamodbRecommendations(hub.tableAs('optimize'), hub.now);

  it('have room for a zone of thousands of machines', async () => {
    const followed = aFollowed({ about: ofZone(3000) });
    await recommendations().keep(followed);

    expect(JSON.stringify(followed).length).toBeGreaterThan(1_000_000);
    expect(await recommendations().recommendation(followed.recommendation.id)).toEqual(followed);
  });

  it('that have no room at all are refused by name', async () => {
    await expect(recommendations().keep(aFollowed({ about: ofLength(600_000) }))).rejects.toThrow(
      /rec-0000000001 takes \d+ bytes/,
    );
  });

  it('are cleared 60 days after they were over, and not before', async () => {
    await recommendations().keep(aFollowed());
    const open = hub.items().find(({ pk }) => pk === 'RECOMMENDATION#rec-0000000001');
    const doneAt = hub.now();
    await recommendations().keep(anAccepted({ version: 2, status: 'done', doneAt }));
    const over = hub.items().find(({ pk }) => pk === 'RECOMMENDATION#rec-0000000001');

    expect(open).not.toHaveProperty('expiresAtSeconds');
    expect(over?.['expiresAtSeconds']).toBe(
      Math.ceil((doneAt.getTime() + 60 * DAY_MS) / SECOND_MS),
    );
  });

  it('are not taken for kept when DynamoDB does not answer', async () => {
    hub.faults.replace([{ service: 'dynamodb', operation: '*', effect: 'error' }]);

    await expect(recommendations().keep(aFollowed())).rejects.toThrow();
    await expect(recommendations().recommendation('rec-0000000001')).rejects.toThrow();
  });
});

function aRun(
  about: Partial<Recommendation> = {},
  changes: Partial<OptimizationRun> = {},
): OptimizationRun {
  const figures = { monthly: usd(1), hosts: [], licenses: [] };
  return {
    id: 'opt-0000000001',
    askedBy: 'U1',
    startedAt: hub.now(),
    final: false,
    refusal: null,
    results: [
      {
        scenario: DEFAULT_SCENARIO,
        asOf: hub.now(),
        machines: 1,
        fixed: [],
        before: figures,
        after: figures,
        noPlan: null,
        lowerBound: usd(0),
        gap: 0.004,
        proven: false,
        seconds: 12.5,
        unitValues: [],
        plan: [aRecommendation({ asOf: hub.now(), ...about })],
        beside: [],
      },
    ],
    ...changes,
  };
}

describe('runs of the optimizer in DynamoDB, kept by functions/optimize and read by functions/answer', () => {
  const runs = (settings = {}) =>
    dynamodbOptimizationRuns(hub.tableAs('optimize', settings), hub.now);
  const read = (id: string) => dynamodbOptimizationRuns(hub.tableAs('answer'), hub.now).run(id);
  const parts = () => hub.items().filter(({ sk }) => String(sk).startsWith('PART#'));

  it('are none before they are kept', async () => {
    expect(await read('opt-0000000001')).toBeNull();
  });

  it('come back as they were kept, in as many parts as they take', async () => {
    const run = aRun(ofLength(600_000));
    await runs().keep(run);

    expect(parts().length).toBeGreaterThan(1);
    expect(await read(run.id)).toEqual(run);
  });

  it('are replaced by better answers', async () => {
    await runs().keep(aRun(ofLength(400_000)));
    const better = aRun({}, { final: true });
    await runs().keep(better);

    expect(await read(better.id)).toEqual(better);
  });

  it('are seen whole also while they are replaced', async () => {
    const first = aRun();
    await runs().keep(first);
    hub.faults.replace([{ service: 'dynamodb', operation: 'PutItem', effect: 'error', nth: 2 }]);
    const once = runs({ maxAttempts: 1 });
    await expect(once.keep(aRun({}, { final: true }))).rejects.toThrow();

    expect(await read(first.id)).toEqual(first);
  });

  it('are there for 30 days', async () => {
    await runs().keep(aRun());
    hub.clock.advance(30 * DAY_MS - 60_000);
    expect(await read('opt-0000000001')).not.toBeNull();
    hub.clock.advance(120_000);

    expect(await read('opt-0000000001')).toBeNull();
    expect(
      hub
        .items()
        .filter((item) => !('expiresAtSeconds' in item) && String(item['pk']).startsWith('OPT')),
    ).toEqual([]);
  });
});
