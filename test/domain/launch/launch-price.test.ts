import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { budgetReasons, type Spending, spendingOf } from '#domain/launch/launch-budget.ts';
import { evaluateLaunch } from '#domain/launch/launch-evaluation.ts';
import { isPriceWithin, launchPrice, withPrice } from '#domain/launch/launch-price.ts';
import type { MachinePrice } from '#domain/launch/machine-price.ts';
import { wantedPrices } from '#domain/launch/wanted-prices.ts';
import { RUN_TAG } from '#domain/requests/request-marks.ts';
import { NO_TERMS } from '#domain/terms/terms-view.ts';
import {
  ACCOUNT,
  aLedger,
  anImage,
  anInstance,
  aPlan,
  aPolicy,
  aRequest,
  aShard,
  aTemplate,
  aType,
  NOW,
} from '../../builders.ts';

const usd = (micros: number) => ({ micros, currency: 'USD' });

function aPrice(changes: Partial<MachinePrice> = {}): MachinePrice {
  return {
    instanceType: 'r6i.2xlarge',
    usageOperation: 'RunInstances:0800',
    tenancy: 'default',
    spot: false,
    hourly: usd(504_000),
    ...changes,
  };
}
const PRICES = [
  aPrice(),
  aPrice({ tenancy: 'dedicated', hourly: usd(534_000) }),
  aPrice({ spot: true, hourly: usd(190_000) }),
  aPrice({ usageOperation: 'RunInstances:0002', hourly: usd(872_000) }),
  aPrice({ usageOperation: 'RunInstances:0002', tenancy: 'host', hourly: usd(368_000) }),
];
const shard = aShard({ prices: PRICES });
const included = aShard({
  prices: PRICES,
  images: [anImage({ usageOperation: 'RunInstances:0002' })],
});
const host = { tenancy: 'host', hostId: 'h-1' } as const;
const start = { operation: 'start', instanceId: 'i-0000000000000000a', attach: [] } as const;

describe('the price of a launch', () => {
  it.each`
    plan                        | of          | micros     | basis
    ${{}}                       | ${shard}    | ${504_000} | ${'on-demand'}
    ${{ tenancy: 'dedicated' }} | ${shard}    | ${534_000} | ${'on-demand'}
    ${{ spot: true }}           | ${shard}    | ${190_000} | ${'spot'}
    ${{}}                       | ${included} | ${872_000} | ${'on-demand'}
    ${host}                     | ${shard}    | ${0}       | ${'dedicated-host'}
    ${host}                     | ${included} | ${368_000} | ${'dedicated-host'}
  `('of $plan is $micros, $basis', ({ plan, of, micros, basis }) => {
    expect(launchPrice(aPlan(plan), of)).toEqual({ hourly: usd(micros), basis });
  });

  it('is of what an instance has in its price, not its image', () => {
    const instances = [anInstance({ usageOperation: 'RunInstances:0002' })];
    const plan = aPlan({ action: start });

    expect(launchPrice(plan, { ...shard, instances })?.hourly).toEqual(usd(872_000));
  });

  it.each`
    plan                             | of          | because
    ${{ instanceType: 'r6i.large' }} | ${shard}    | ${'the type is not listed'}
    ${{ spot: true, ...host }}       | ${included} | ${'nobody sells it'}
    ${{ imageId: 'ami-gone' }}       | ${shard}    | ${'nothing says what is in it'}
    ${{}}                            | ${aShard()} | ${'no prices were read'}
  `('of $plan is not known: $because', ({ plan, of }) => {
    expect(launchPrice(aPlan(plan), of)).toBeNull();
    expect(withPrice(aPlan({ ...plan, hourlyPrice: usd(1) }), of).hourlyPrice).toBeNull();
  });

  it.each`
    from        | to                                  | percent | within
    ${usd(100)} | ${usd(110)}                         | ${10}   | ${true}
    ${usd(100)} | ${usd(111)}                         | ${10}   | ${false}
    ${usd(100)} | ${usd(50)}                          | ${0}    | ${true}
    ${usd(0)}   | ${usd(1)}                           | ${1000} | ${false}
    ${usd(100)} | ${{ micros: 100, currency: 'EUR' }} | ${10}   | ${false}
  `('$to.micros $to.currency after $from.micros is within $percent %: $within', (row) => {
    expect(isPriceWithin(row.from, row.to, row.percent)).toBe(row.within);
  });

  it('asks again when it is dearer than approved, beyond what policy tolerates', () => {
    const judge = (approved: number) =>
      evaluateLaunch({
        requestId: 'req-0000000001',
        plan: aPlan({ hourlyPrice: usd(approved) }),
        interested: aRequest(),
        shard,
        ledgers: [aLedger()],
        terms: NO_TERMS,
        policy: aPolicy({ autoApproval: [{ upToLicenses: 8 }] }),
        now: NOW,
      });

    expect(judge(459_000)).toMatchObject({ verdict: 'allow' });
    expect(judge(458_000)).toMatchObject({
      verdict: 'ask',
      fits: true,
      reasons: [{ code: 'price-changed', from: usd(458_000), to: usd(504_000) }],
    });
  });
});

describe('the prices worth reading', () => {
  it('are of what runs or may be launched in every size, or is named by policy, as it is paid for', () => {
    const region = aShard({
      instanceTypes: ['r6i.2xlarge', 'r6i.large', 'm5.large', 'x1.large', 'r6id.large'].map(
        (name) => aType({ name }),
      ),
      instances: [anInstance({ instanceType: 'm5.large', tenancy: 'host', usageOperation: '' })],
      launchTemplates: [aTemplate({ spot: true }), aTemplate({ instanceType: null })],
    });

    const mayRun = (name: string) => name === 'x1.large';
    expect(wantedPrices(region, { mayRun, mayPropose: () => false })).toEqual({
      types: new Set(['r6i.2xlarge', 'r6i.large', 'm5.large', 'x1.large']),
      plainTypes: new Set(),
      usageOperations: new Set(['RunInstances:0800']),
      tenancies: new Set(['host', 'default']),
      spot: true,
    });
  });
});

describe('the prices worth comparing with', () => {
  const instanceTypes = ['m5.large', 'r6a.large', 'r6a.xlarge', 'r5b.large', 't3.large'].map(
    (name) => aType({ name }),
  );
  const mayRun = () => false;
  const mayPropose = (family: string) => family !== 'r5b';

  it('are of every size of the families of hosts that policy lets be proposed', () => {
    const region = aShard({ instanceTypes, instances: [anInstance({ instanceType: 'm5.large' })] });

    const { types, plainTypes } = wantedPrices(region, { mayRun, mayPropose });

    expect([...types]).toEqual(['m5.large']);
    expect([...plainTypes]).toEqual(['m5.large', 'r6a.large', 'r6a.xlarge']);
  });

  it('are none where nothing runs', () => {
    const { plainTypes } = wantedPrices(aShard({ instanceTypes, instances: [] }), {
      mayRun,
      mayPropose,
    });

    expect([...plainTypes]).toEqual([]);
  });
});

describe('budgets', () => {
  const plan = aPlan({ hourlyPrice: usd(500_000), count: 2 });
  const monthly = usd(730_000_000);
  const spent: Spending = { account: ACCOUNT, requestId: null, monthly: usd(300_000_000) };
  const budgeted = (...budgets: readonly object[]) => aPolicy({ budgets });

  it.each`
    budgets                                            | spending                                                          | reasons
    ${[]}                                              | ${[spent]}                                                        | ${[]}
    ${[{ monthlyUsd: 730 }]}                           | ${[]}                                                             | ${[]}
    ${[{ monthlyUsd: 1000 }]}                          | ${[spent]}                                                        | ${[{ code: 'over-budget', monthlyUsd: 1000, short: usd(30_000_000) }]}
    ${[{ monthlyUsd: 1000 }]}                          | ${[{ ...spent, account: '555566667777' }]}                        | ${[{ code: 'over-budget', monthlyUsd: 1000, short: usd(30_000_000) }]}
    ${[{ monthlyUsd: 1000, accounts: [ACCOUNT] }]}     | ${[{ ...spent, account: '555566667777' }]}                        | ${[]}
    ${[{ monthlyUsd: 1, accounts: ['555566667777'] }]} | ${[spent]}                                                        | ${[]}
    ${[{ monthlyUsd: 1000 }]}                          | ${[{ ...spent, requestId: 'req-0000000001' }]}                    | ${[]}
    ${[{ monthlyUsd: 1000 }]}                          | ${[{ ...spent, requestId: 'req-other' }]}                         | ${[{ code: 'over-budget', monthlyUsd: 1000, short: usd(30_000_000) }]}
    ${[{ monthlyUsd: 1000 }]}                          | ${[{ ...spent, monthly: { ...spent.monthly, currency: 'CNY' } }]} | ${[]}
  `('of $budgets after $spending say $reasons', ({ budgets, spending, reasons }) => {
    expect(budgetReasons(budgeted(...budgets), 'req-0000000001', plan, spending)).toEqual(reasons);
  });

  it('cannot hold what has no known price', () => {
    const unknown = aPlan({ hourlyPrice: null });

    expect(budgetReasons(budgeted({ monthlyUsd: 1 }), 'req-1', unknown, [])).toEqual([
      { code: 'price-unknown' },
    ]);
  });

  it('refuse a launch over them', () => {
    const view = { configurations: [], pools: [], spending: [spent] };
    const evaluation = evaluateLaunch({
      requestId: 'req-0000000001',
      plan: aPlan({ hourlyPrice: usd(504_000) }),
      interested: aRequest(),
      shard,
      ledgers: [aLedger()],
      terms: { view, ledgers: [] },
      policy: budgeted({ monthlyUsd: 500 }),
      now: NOW,
    });

    expect(evaluation).toMatchObject({
      verdict: 'refuse',
      reasons: [{ code: 'over-budget', monthlyUsd: 500, short: usd(167_920_000) }],
    });
  });

  it('count what runs of requests once, and what is on its way', () => {
    const marked = (instanceId: string, requestId: string, state: 'running' | 'stopped') =>
      anInstance({ instanceId, state, tags: { [RUN_TAG]: requestId } });
    const instances = [
      marked('i-1', 'req-done', 'running'),
      marked('i-2', 'req-done', 'running'),
      marked('i-3', 'req-done', 'stopped'),
      marked('i-4', 'req-under-way', 'running'),
      anInstance({ instanceId: 'i-5' }),
      { ...marked('i-6', 'req-done', 'running'), instanceType: 'x1.large' },
    ];
    const open = [
      aRequest({ id: 'req-under-way', status: 'launched', plan }),
      aRequest({ id: 'req-pending', status: 'pending', plan }),
      aRequest({ id: 'req-unknown', status: 'approved', plan: aPlan() }),
    ];

    expect(spendingOf([{ ...shard, instances }], open)).toEqual([
      { account: ACCOUNT, requestId: null, monthly: usd(2 * 504_000 * 730) },
      { account: ACCOUNT, requestId: 'req-under-way', monthly },
    ]);
  });

  it('are exceeded by exactly what is above them', () => {
    const amounts = fc.integer({ min: 0, max: 1_000_000 });
    fc.assert(
      fc.property(fc.array(amounts), fc.integer({ min: 0, max: 5000 }), (micros, monthlyUsd) => {
        const spending = micros.map((one) => ({ ...spent, monthly: usd(one * 1000) }));
        const total = spending.reduce((sum, one) => sum + one.monthly.micros, monthly.micros);
        const short = total - monthlyUsd * 1_000_000;
        const reasons = budgetReasons(budgeted({ monthlyUsd }), 'req-1', plan, spending);

        expect(reasons).toEqual(
          short > 0 ? [{ code: 'over-budget', monthlyUsd, short: usd(short) }] : [],
        );
      }),
    );
  });
});
