import {
  ComputeOptimizerClient,
  GetEC2InstanceRecommendationsCommand,
} from '@aws-sdk/client-compute-optimizer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { computeOptimizerService } from '../../../sandbox/aws/compute-optimizer/service.ts';
import type { Clock } from '../../../sandbox/clock.ts';
import { DATA_PLATFORM } from '../../../sandbox/estate/accounts.ts';
import { buildEstate } from '../../../sandbox/estate/estate.ts';
import { idOf } from '../../../sandbox/estate/ids.ts';
import { awsWorld, errorOf } from './aws-world.ts';

const HOUR = 3_600_000;
const LARGE = idOf('i', DATA_PLATFORM, 'us-east-1', 'dwh-sql-05');

/** As the administrator of the account. */
function playedBy(clock: Clock) {
  const cloud = buildEstate('optimizer', clock);
  return { cloud, service: computeOptimizerService(cloud) };
}

describe('simulated Compute Optimizer', () => {
  let now = Date.parse('2026-11-22T12:00:00Z');
  const clock: Clock = {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
    offset: new SharedArrayBuffer(8),
  };
  const { cloud, service } = playedBy(clock);
  let world: Awaited<ReturnType<typeof awsWorld>>;
  beforeAll(async () => {
    world = await awsWorld(() => [service]);
  });
  afterAll(() => world.server.close());
  const ask = async (input: object = {}) =>
    world.server.call({
      service: 'compute-optimizer',
      operation: 'GetEC2InstanceRecommendations',
      input,
      account: DATA_PLATFORM,
      region: 'us-east-1',
    });

  it('looks once a day: a new size shows on the next', async () => {
    const instance = cloud.region(DATA_PLATFORM, 'us-east-1').instances.get(LARGE);
    const before = await ask();
    clock.advance(5 * HOUR);
    const sameDay = await ask();
    if (instance !== undefined) instance.InstanceType = 'r6i.large';
    const changed = await ask();
    clock.advance(12 * HOUR);
    const nextDay = await ask();

    expect(sameDay).toEqual(before);
    expect(changed).toEqual(before);
    expect(nextDay).not.toEqual(before);
  });

  it.each([
    ['too many at once', { maxResults: 1001 }],
    ['another token', { nextToken: 'made-up' }],
    ['a filter that the sandbox does not play', { filters: [{ name: 'FindingReasonCodes' }] }],
  ])('refuses %s', async (_what, input) => {
    expect((await errorOf(ask(input))).name).toBe('InvalidParameterValueException');
  });

  it('refuses another account’s', async () => {
    const error = await errorOf(ask({ accountIds: ['222233334444'] }));

    expect(error.name).toBe('AccessDeniedException');
  });

  it('answers in pages, each recommendation once', async () => {
    const client = new ComputeOptimizerClient({ ...world.client(), region: 'us-east-1' });
    const ids: (string | undefined)[] = [];
    let nextToken: string | undefined;
    do {
      const page = await client.send(
        new GetEC2InstanceRecommendationsCommand({ maxResults: 4, nextToken }),
      );
      ids.push(...(page.instanceRecommendations ?? []).map(({ instanceArn }) => instanceArn));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);

    expect(ids.length).toBeGreaterThan(8);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
