import { DescribeInstancesCommand, EC2Client } from '@aws-sdk/client-ec2';
import {
  LicenseManagerClient,
  ListLicenseConfigurationsCommand,
} from '@aws-sdk/client-license-manager';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { requestPacing } from '#adapters/aws/request-pacing.ts';
import type { PacedService } from '#adapters/aws/request-rates.ts';
import { MINUTE_MS, SECOND_MS } from '#domain/instant.ts';
import type { Scope } from '#domain/scope.ts';
import { OutOfTime, Unavailable } from '#src/errors.ts';
import {
  ServerBucket,
  type ServerRate,
  shortestSeconds,
} from '../../../bench/collection/token-bucket.ts';
import { VirtualClock } from '../../../bench/collection/virtual-clock.ts';
import { type DeployedHub, deployedHub, MEMBER, REGION } from './deployed-hub.ts';

const SCOPE: Scope = { account: MEMBER, region: REGION };
const ELSEWHERE: Scope = { account: MEMBER, region: 'eu-west-1' };

describe('pacing', () => {
  let clock: VirtualClock;
  let pacing: ReturnType<typeof requestPacing>;
  beforeEach(() => {
    clock = new VirtualClock(0);
    pacing = requestPacing({ now: clock.now, sleep: clock.sleep, random: () => 0.5 });
  });

  /** So many calls, two at a time, each a tenth of a second long. */
  async function calls(count: number, server: ServerBucket, service: PacedService, scope = SCOPE) {
    const start = clock.now();
    let left = count;
    const caller = async () => {
      while (left > 0) {
        left -= 1;
        await pacing.paced(scope, service, async () => {
          server.spend();
          await clock.sleep(100);
        });
      }
    };
    await clock.run(Promise.all([caller(), caller()]));
    return (clock.now() - start) / SECOND_MS;
  }

  it.each<[PacedService, string, ServerRate, number]>([
    ['ec2', 'the published rate', { burst: 100, perSecond: 20 }, 1.15],
    ['license-manager', 'the assumed rate', { burst: 25, perSecond: 5 }, 1.05],
    ['license-manager', 'less than assumed', { burst: 10, perSecond: 2 }, 1.2],
    ['license-manager', 'more than assumed', { burst: 50, perSecond: 10 }, 1.3],
    ['rds', 'no burst at all', { burst: 1, perSecond: 5 }, 1.5],
  ])('of %s against %s wastes few calls and little time', async (service, _what, rate, most) => {
    const server = new ServerBucket(rate, clock);

    const seconds = await calls(1000, server, service);

    expect(server.passed).toBe(1000);
    expect(server.refused).toBeLessThan(50);
    expect(seconds / shortestSeconds(1000, rate)).toBeLessThan(most);
  });

  it('is one for each account, Region and service', async () => {
    const open = new ServerBucket({ burst: 1000, perSecond: 1000 }, clock);
    await calls(25, open, 'license-manager');

    expect(await calls(25, open, 'license-manager')).toBeGreaterThan(3);
    expect(await calls(25, open, 'license-manager', ELSEWHERE)).toBeLessThan(1.5);
    expect(await calls(25, open, 'ec2')).toBeLessThan(1.5);
  });

  it('gives up what is throttled for long, and then asks no more for a while', async () => {
    const shut = new ServerBucket({ burst: 0, perSecond: 0 }, clock);
    const call = () => pacing.paced(SCOPE, 'license-manager', async () => shut.spend());

    await expect(clock.run(call())).rejects.toMatchObject({ name: 'RateLimitExceededException' });
    expect(shut.refused).toBe(6);
    expect(clock.now()).toBeGreaterThan(10 * SECOND_MS);

    await expect(clock.run(call())).rejects.toBeInstanceOf(Unavailable);
    expect(shut.refused).toBe(6);

    await clock.run(clock.sleep(MINUTE_MS));
    await expect(clock.run(call())).rejects.toMatchObject({ name: 'RateLimitExceededException' });
  });

  it('begins no call whose turn comes after the time is over', async () => {
    const open = new ServerBucket({ burst: 1000, perSecond: 1000 }, clock);
    pacing.stopAt(new Date(10 * SECOND_MS));

    await expect(calls(1000, open, 'license-manager')).rejects.toBeInstanceOf(OutOfTime);
    expect(clock.now()).toBeLessThanOrEqual(10 * SECOND_MS);
    expect(open.passed).toBeGreaterThan(60);

    pacing.stopAt(null);
    expect(await calls(1, open, 'license-manager')).toBeLessThan(1);
  });

  it('does not wait for a clock that went back to come again', async () => {
    const shut = new ServerBucket({ burst: 0, perSecond: 0 }, clock);
    const open = new ServerBucket({ burst: 1000, perSecond: 1000 }, clock);
    const call = () => pacing.paced(SCOPE, 'license-manager', async () => shut.spend());
    await clock.run(clock.sleep(2 * 60 * MINUTE_MS));
    await expect(clock.run(call())).rejects.toThrow();
    clock.jump(-60 * MINUTE_MS);

    expect(await calls(10, open, 'license-manager')).toBeLessThan(20);
  });

  it('passes other errors on at once', async () => {
    let tries = 0;
    const call = pacing.paced(SCOPE, 'ec2', async () => {
      tries += 1;
      throw new TypeError('a bug');
    });

    await expect(clock.run(call)).rejects.toThrow('a bug');
    expect(tries).toBe(1);
  });
});

describe('pacing of an SDK client', () => {
  let hub: DeployedHub;
  afterEach(() => hub.close());

  async function clients(licenseManagerRate: ServerRate) {
    hub = await deployedHub({ licenseManagerRate });
    let waited = 0;
    const pacing = requestPacing({
      now: () => Date.now() + waited,
      sleep: async (ms) => {
        waited += ms;
      },
      random: () => 0,
    });
    const settings = { ...hub.clientAs('collect'), credentials: ADMINISTRATOR };
    return {
      licenses: new LicenseManagerClient({
        ...settings,
        retryStrategy: pacing.strategy(SCOPE, 'license-manager'),
      }),
      compute: new EC2Client({ ...settings, retryStrategy: pacing.strategy(SCOPE, 'ec2') }),
      pacing,
    };
  }

  it('repeats what License Manager throttled, six times and not more', async () => {
    const { licenses } = await clients({ burst: 0, perSecond: 0 });

    await expect(licenses.send(new ListLicenseConfigurationsCommand())).rejects.toMatchObject({
      name: 'RateLimitExceededException',
    });
    expect(hub.calls.list('license-manager')).toHaveLength(6);
  });

  it.each([
    ['throttle', 6],
    ['error', 3],
    ['lose_response', 3],
  ] as const)('repeats a call after %s: %i attempts in all', async (effect, attempts) => {
    const { compute } = await clients({ burst: 100, perSecond: 100 });
    hub.faults.replace([{ service: 'ec2', operation: '*', effect }]);

    await expect(compute.send(new DescribeInstancesCommand())).rejects.toThrow();
    expect(hub.calls.list('ec2')).toHaveLength(attempts);
  });

  it('gives the answer of the attempt that succeeds', async () => {
    const { compute } = await clients({ burst: 100, perSecond: 100 });
    hub.faults.replace([{ service: 'ec2', operation: '*', effect: 'throttle', nth: 1 }]);

    await expect(compute.send(new DescribeInstancesCommand())).resolves.toMatchObject({
      Reservations: [],
    });
    expect(hub.calls.list('ec2')).toHaveLength(2);
  });

  it('makes no call when the time is over', async () => {
    const { compute, pacing } = await clients({ burst: 100, perSecond: 100 });
    pacing.stopAt(new Date(Date.now() - 1));

    await expect(compute.send(new DescribeInstancesCommand())).rejects.toBeInstanceOf(OutOfTime);
    expect(hub.calls.list('ec2')).toEqual([]);
  });
});

const ADMINISTRATOR = { accessKeyId: 'administrator', secretAccessKey: 'unchecked' };
