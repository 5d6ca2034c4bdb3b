import { EC2Client } from '@aws-sdk/client-ec2';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moneyOf } from '#adapters/aws/amount.ts';
import { listedPrices } from '#adapters/aws/listed-prices.ts';
import { priceSource } from '#adapters/aws/price-source.ts';
import { signedTargetClient } from '#adapters/aws/signed-rest-client.ts';
import { failureOf } from '#adapters/aws/source-failure.ts';
import { HOUR_MS, later } from '#domain/instant.ts';
import type { WantedPrices } from '#domain/launch/machine-price.ts';
import { NOW } from '../../builders.ts';
import { deployedHub, MEMBER } from './deployed-hub.ts';

const SCOPE = { account: MEMBER, region: 'eu-west-1' };
const usd = (micros: number) => ({ micros, currency: 'USD' });

function wanted(changes: Partial<WantedPrices> = {}): WantedPrices {
  return {
    types: new Set(['r6i.xlarge', 'm7g.large']),
    plainTypes: new Set(),
    usageOperations: new Set(['RunInstances:0800']),
    tenancies: new Set(['default']),
    spot: false,
    ...changes,
  };
}

let hub: Awaited<ReturnType<typeof deployedHub>>;
beforeAll(async () => {
  hub = await deployedHub();
});
afterAll(() => hub.close());

/** The source as functions/collect or another function would read it. */
function sourceAs(name: 'collect' | 'decide', now = () => NOW) {
  const settings = hub.clientAs(name);
  const call = signedTargetClient({
    ...settings,
    service: 'pricing',
    host: 'api.pricing.us-east-1.amazonaws.com',
    prefix: 'AWSPriceListService',
  });
  return priceSource(listedPrices(call, now), ({ region }) => {
    const credentials = { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'unknown' };
    return new EC2Client({ ...settings, region, credentials });
  });
}
const calls = () => hub.calls.list('pricing').length;

describe('listed prices', () => {
  it('are those of the Region, the types, what is in them and the tenancies asked for', async () => {
    const found = await sourceAs('collect').prices(
      SCOPE,
      wanted({
        usageOperations: new Set(['RunInstances:0800', 'RunInstances:0006']),
        tenancies: new Set(['default', 'host']),
      }),
    );
    const of = (usageOperation: string, tenancy: string) =>
      found
        .filter((price) => price.usageOperation === usageOperation && price.tenancy === tenancy)
        .map(({ instanceType, hourly }) => [instanceType, hourly.micros]);

    // 0.252 USD in us-east-1, and 0.184 for Windows with 0.48 for SQL Server Standard on four vCPUs.
    expect(of('RunInstances:0800', 'default')).toEqual([['r6i.xlarge', 272_160]]);
    expect(of('RunInstances:0006', 'default')).toEqual([['r6i.xlarge', 936_160]]);
    expect(of('RunInstances:0800', 'host')).toEqual([['r6i.xlarge', 0]]);
    expect(of('RunInstances:0006', 'host')).toEqual([['r6i.xlarge', 664_000]]);
  });

  it('are, of what is only compared with, without licenses and not of hosts', async () => {
    const found = await sourceAs('collect').prices(
      SCOPE,
      wanted({
        types: new Set(['r6i.xlarge']),
        plainTypes: new Set(['r6i.xlarge', 'r5.xlarge']),
        usageOperations: new Set(['RunInstances:0800', 'RunInstances:0006']),
        tenancies: new Set(['default', 'host']),
      }),
    );

    const ofOther = found.filter(({ instanceType }) => instanceType === 'r5.xlarge');
    expect(ofOther).toMatchObject([{ usageOperation: 'RunInstances:0800', tenancy: 'default' }]);
    expect(found.filter(({ instanceType }) => instanceType === 'r6i.xlarge')).toHaveLength(4);
  });

  it('take no call more for what is only compared with, where its list is read anyway', async () => {
    const known = { usageOperations: new Set(['RunInstances:0800', 'RunInstances:0006']) };
    const read = async (changes: Partial<WantedPrices>) => {
      const before = calls();
      await sourceAs('collect').prices(SCOPE, wanted({ ...known, ...changes }));
      return calls() - before;
    };
    const plainTypes = new Set(['r5.xlarge']);

    expect(await read({ plainTypes })).toBe(await read({}));
    expect(await read({ plainTypes, usageOperations: new Set() })).toBeGreaterThan(0);
  });

  it('leave out what AWS does not sell', async () => {
    const arm = wanted({ usageOperations: new Set(['RunInstances', 'RunInstances:9999']) });
    const found = await sourceAs('collect').prices(SCOPE, arm);

    expect(found.map(({ instanceType }) => instanceType).toSorted()).toEqual([
      'm7g.large',
      'r6i.xlarge',
    ]);
  });

  it('are asked for once an hour, whatever accounts they are for', async () => {
    let now = NOW;
    const source = sourceAs('collect', () => now);
    const before = calls();
    const first = await source.prices(SCOPE, wanted());
    const pages = calls() - before;
    const again = await source.prices({ ...SCOPE, account: '999988887777' }, wanted());
    expect(calls() - before).toBe(pages);
    now = later(NOW, HOUR_MS);
    await source.prices(SCOPE, wanted());

    expect(again).toEqual(first);
    expect(pages).toBeGreaterThan(1);
    expect(calls() - before).toBe(2 * pages);
  });

  it('are for the collector’s role alone', async () => {
    const error = await sourceAs('decide').prices(SCOPE, wanted()).catch(failureOf);

    expect(error).toEqual({ state: 'refused', error: 'AccessDeniedException' });
  });

  it('fail with AWS’s word, and never in part', async () => {
    hub.faults.replace([
      {
        service: 'pricing',
        operation: 'GetProducts',
        effect: 'error',
        nth: 2,
        code: 'InternalErrorException',
      },
    ]);
    const error = await sourceAs('collect').prices(SCOPE, wanted()).catch(failureOf);
    hub.faults.replace([]);

    expect(error).toEqual({ state: 'failed', error: 'InternalErrorException' });
  });

  it.each`
    amount            | micros
    ${'0.1380000000'} | ${138_000}
    ${'0.0000004000'} | ${0}
    ${'0.0000005000'} | ${1}
    ${'13.338'}       | ${13_338_000}
  `('of $amount are $micros', ({ amount, micros }) => {
    expect(moneyOf(amount, 'USD')).toEqual(usd(micros));
  });

  it.each([
    ['no JSON', ['{']],
    ['no terms', ['{"product":{"attributes":{}}}']],
  ])('that are %s are refused', async (_what, PriceList) => {
    const list = listedPrices(
      async () => ({ PriceList }),
      () => NOW,
    );

    await expect(list.prices('eu-west-1', wanted())).rejects.toThrow();
  });

  it('are the dearest of several offers, by the hour, in the currency that AWS sells in', async () => {
    const offer = (instanceType: string | undefined, unit: string, pricePerUnit: object) =>
      JSON.stringify({
        product: { attributes: { instanceType } },
        terms: { OnDemand: { a: { priceDimensions: { b: { unit, pricePerUnit } } } } },
      });
    const PriceList = [
      offer('r6i.xlarge', 'Hrs', { CNY: '2.5' }),
      offer('r6i.xlarge', 'Hrs', { CNY: '3.5' }),
      offer('r6i.xlarge', 'Hrs', { CNY: '3.0' }),
      offer('r6i.xlarge', 'Quantity', { CNY: '99' }),
      offer(undefined, 'Hrs', { CNY: '99' }),
      JSON.stringify({ product: { attributes: { instanceType: 'm7g.large' } }, terms: {} }),
    ];
    const list = listedPrices(
      async () => ({ PriceList, NextToken: '' }),
      () => NOW,
    );

    expect(await list.prices('cn-north-1', wanted())).toMatchObject([
      { instanceType: 'r6i.xlarge', hourly: { micros: 3_500_000, currency: 'CNY' } },
    ]);
  });
});

describe('Spot prices', () => {
  it('are of the dearest zone, of what Spot sells', async () => {
    const found = await sourceAs('collect').prices(
      SCOPE,
      wanted({
        spot: true,
        usageOperations: new Set(['RunInstances:0800', 'RunInstances:0002', 'RunInstances:0006']),
      }),
    );
    const spot = found.filter((price) => price.spot);

    // 38 % of 0.252 USD, and 3 points more from zone to zone; Windows in full.
    expect(
      spot
        .filter(({ instanceType }) => instanceType === 'r6i.xlarge')
        .map(({ usageOperation, hourly }) => [usageOperation, hourly.micros]),
    ).toEqual([
      ['RunInstances:0800', 110_880],
      ['RunInstances:0002', 294_880],
    ]);
    expect(spot.every(({ tenancy }) => tenancy === 'default')).toBe(true);
  });

  it('are not asked for where Spot sells nothing of it', async () => {
    const before = hub.calls.list('ec2').length;
    const sql = wanted({ spot: true, usageOperations: new Set(['RunInstances:0006']) });
    const found = await sourceAs('collect').prices(SCOPE, sql);

    expect(found.filter(({ spot }) => spot)).toEqual([]);
    expect(hub.calls.list('ec2')).toHaveLength(before);
  });
});
