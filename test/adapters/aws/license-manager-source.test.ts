import { afterEach, describe, expect, it } from 'vitest';
import { withBackoff } from '#adapters/aws/backoff.ts';
import { Unavailable } from '#src/errors.ts';
import { aConfiguration, launch } from '../../sandbox/aws/license-manager/small-cloud.ts';
import { type DeployedHub, deployedHub, MEMBER, REGION } from './deployed-hub.ts';
import { sourcesOf } from './sources.ts';

const SCOPE = { account: MEMBER, region: REGION };

/** A backoff that notes how long it would have slept, and lets the sandbox's time pass meanwhile. */
function noting(pass: (ms: number) => void = () => {}, attempts = 8) {
  const slept: number[] = [];
  const sleep = async (ms: number) => {
    slept.push(ms);
    pass(ms);
  };
  return { slept, sleep, random: () => 1, attempts };
}

const throttled = () =>
  Object.assign(new Error('Slow down'), { name: 'RateLimitExceededException' });

describe('a License Manager call that is throttled', () => {
  it('is repeated, ever later, at most ten seconds apart', async () => {
    const backoff = noting();
    let calls = 0;

    const answer = await withBackoff(async () => {
      calls += 1;
      if (calls < 8) throw throttled();
      return 'done';
    }, backoff);

    expect(answer).toBe('done');
    expect(backoff.slept).toEqual([200, 400, 800, 1600, 3200, 6400, 10_000]);
  });

  it('waits anything between nothing and that', async () => {
    const backoff = { ...noting(), random: () => 0.25, attempts: 3 };

    await expect(withBackoff(() => Promise.reject(throttled()), backoff)).rejects.toThrow();

    expect(backoff.slept).toEqual([50, 100]);
  });

  it('is given up after the last attempt, without another wait', async () => {
    const backoff = { ...noting(), attempts: 2 };
    const calling = withBackoff(() => Promise.reject(throttled()), backoff);

    await expect(calling).rejects.toBeInstanceOf(Unavailable);
    expect(backoff.slept).toEqual([200]);
  });

  it('is not repeated for any other reason', async () => {
    const backoff = noting();
    const calling = withBackoff(() => Promise.reject(new Error('no')), backoff);

    await expect(calling).rejects.toThrow('no');
    expect(backoff.slept).toEqual([]);
  });
});

describe('License Manager with long lists and a low rate', () => {
  let hub: DeployedHub;
  afterEach(() => hub.close());

  async function world(rate: { perSecond: number; burst: number }) {
    hub = await deployedHub({ licenseManagerRate: rate });
    const state = hub.cloud.region(MEMBER, REGION);
    const records = Array.from({ length: 12 }, (_, index) =>
      aConfiguration(state, { Name: `Pool ${index}` }),
    );
    for (let count = 0; count < 120; count += 1) launch(hub.cloud, state, records.slice(0, 1));
    return records.map(({ LicenseConfigurationArn }) => LicenseConfigurationArn);
  }
  const attempts = () => hub.calls.list('license-manager').length;

  it('gives every page of usage', async () => {
    const [arn = ''] = await world({ perSecond: 1000, burst: 1000 });

    expect(await sourcesOf(hub).licenses.usage(SCOPE, arn)).toHaveLength(120);
    expect(attempts()).toBe(3);
  });

  it('is asked again when it throttles, and then gives everything', async () => {
    const arns = await world({ perSecond: 5, burst: 5 });
    const backoff = noting((ms) => hub.clock.advance(ms));
    const { licenses } = sourcesOf(hub, { backoff });

    const usage = await Promise.all(arns.map((arn) => licenses.usage(SCOPE, arn)));

    expect(usage.flat()).toHaveLength(120);
    expect(backoff.slept.length).toBeGreaterThan(0);
    expect(attempts()).toBe(14 + backoff.slept.length);
  });

  it('is unavailable when it never stops throttling', async () => {
    await world({ perSecond: 1000, burst: 1000 });
    hub.faults.replace([{ service: 'license-manager', operation: '*', effect: 'throttle' }]);
    const backoff = noting(undefined, 3);

    const reading = sourcesOf(hub, { backoff }).licenses.configurations(SCOPE);

    await expect(reading).rejects.toBeInstanceOf(Unavailable);
    expect(attempts()).toBe(3);
  });

  it('has at most two calls under way, whatever is asked at once', async () => {
    const arns = await world({ perSecond: 1000, burst: 1000 });
    hub.faults.replace([{ service: 'license-manager', operation: '*', effect: 'delay', ms: 50 }]);
    const { licenses } = sourcesOf(hub);
    const started = performance.now();

    await Promise.all(arns.slice(1).map((arn) => licenses.usage(SCOPE, arn)));

    expect(performance.now() - started).toBeGreaterThanOrEqual(250);
  });
});
