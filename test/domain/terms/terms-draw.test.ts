import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { evaluateLaunch, type LaunchQuestion, mustHeal } from '#domain/launch/launch-evaluation.ts';
import { DEFAULT_SWITCHES } from '#domain/licenses/license-terms.ts';
import { NO_TERMS, termsToRead } from '#domain/terms/terms-view.ts';
import {
  ACCOUNT,
  aHold,
  aHost,
  aLedger,
  anEvaluation,
  anInstance,
  aPlan,
  aPolicy,
  aRequest,
  aTermsDraw,
  NOW,
} from '../../builders.ts';
import { outlookOn, sqlEntitlement, sqlShard, termsOf } from './terms-world.ts';

const LINE = { product: 'sql-server', edition: 'enterprise', metric: 'core' } as const;
const LEDGER = 'sql-server/enterprise/core/2019-06-30/2022/EA-1 core sql-server/enterprise';

function aQuestion(changes: Partial<LaunchQuestion> = {}): LaunchQuestion {
  const shard = changes.shard ?? sqlShard();
  return {
    requestId: 'req-0000000001',
    plan: aPlan(),
    interested: aRequest(),
    ledgers: [aLedger()],
    terms: termsOf(outlookOn([shard])),
    policy: aPolicy(),
    now: NOW,
    ...changes,
    shard,
  };
}

describe('what a launch draws on by terms', () => {
  it('is what the vendor asks for its machines, held in the ledger of the line', () => {
    expect(evaluateLaunch(aQuestion({ plan: aPlan({ count: 2 }) }))).toMatchObject({
      verdict: 'ask',
      fits: true,
      draws: [{ countingType: 'vCPU', licenses: 16 }],
      terms: [{ ledgerId: LEDGER, ...LINE, licenses: 16, consumer: 'request/req-0000000001' }],
    });
  });

  it('is not looked at while nothing is known to be owned', () => {
    const evaluation = evaluateLaunch(aQuestion({ terms: NO_TERMS }));

    expect(evaluation).toMatchObject({ verdict: 'ask', terms: [], warnings: [], fits: true });
    expect(outlookOn([sqlShard()], []).views[0]?.view).toEqual({
      configurations: [],
      pools: [],
      spending: [],
    });
  });

  it('counts active vCPUs as the terms do, whatever License Manager counts', () => {
    const plan = aPlan({ cpuOptions: { coreCount: 3, threadsPerCore: 1 } });

    expect(evaluateLaunch(aQuestion({ plan }))).toMatchObject({
      draws: [{ licenses: 8 }],
      terms: [{ licenses: 4 }],
    });
  });

  it.each`
    required | held  | fits     | short
    ${32}    | ${0}  | ${true}  | ${null}
    ${33}    | ${0}  | ${false} | ${1}
    ${0}     | ${32} | ${true}  | ${null}
    ${20}    | ${20} | ${false} | ${8}
  `(
    'fits beside $required required and $held held of 40: $fits',
    ({ required, held, fits, short }) => {
      const holds = held === 0 ? [] : [aHold({ consumer: 'request/req-other', licenses: held })];
      const terms = termsOf(outlookOn([sqlShard()]), () => ({
        required,
        requiredAtLeast: required,
        held,
        holds,
      }));
      const evaluation = evaluateLaunch(aQuestion({ terms }));
      const codes = evaluation.reasons.filter(({ code }) => code === 'over-terms');

      expect(evaluation).toMatchObject({ verdict: 'ask', fits });
      expect(codes).toEqual(short === null ? [] : [{ code: 'over-terms', ...LINE, short }]);
      expect(codes.every(mustHeal)).toBe(true);
    },
  );

  it('does not count what the request holds already a second time', () => {
    const holds = [aHold({ licenses: 8 })];
    const terms = termsOf(outlookOn([sqlShard()]), () => ({
      required: 32,
      requiredAtLeast: 32,
      held: 8,
      holds,
    }));

    expect(evaluateLaunch(aQuestion({ terms })).fits).toBe(true);
  });
});

describe('an entitlement', () => {
  const dayBefore = '2026-11-21';

  it('that has ended refuses', () => {
    const entitlement = sqlEntitlement({ kind: 'subscription', expiresOn: dayBefore });
    const terms = termsOf(outlookOn([sqlShard()], [entitlement]));
    const expiredAt = new Date('2026-11-22T00:00:00Z');

    expect(evaluateLaunch(aQuestion({ terms }))).toMatchObject({
      verdict: 'refuse',
      reasons: [{ code: 'entitlement-expired', ...LINE, expiredAt }],
    });
  });

  it('that ends after it was counted does not count from then on', () => {
    const until = sqlEntitlement({ contract: 'EA-2', quantity: 30, expiresOn: '2026-11-23' });
    const staying = sqlEntitlement({ quantity: 10 });
    const terms = termsOf(outlookOn([sqlShard()], [until, staying]));
    const plan = aPlan({ count: 2 });
    const then = new Date('2026-11-24T00:00:00Z');

    expect(evaluateLaunch(aQuestion({ terms, plan }))).toMatchObject({
      fits: true,
      warnings: [{ code: 'entitlement-expires-soon', ...LINE, expiresAt: then }],
    });
    expect(evaluateLaunch(aQuestion({ terms, plan, now: then })).reasons).toContainEqual({
      code: 'over-terms',
      ...LINE,
      short: 6,
    });
  });

  it.each`
    expiresOn       | warnings
    ${'2026-12-21'} | ${['entitlement-expires-soon']}
    ${'2026-12-23'} | ${[]}
  `('that ends on $expiresOn warns: $warnings', ({ expiresOn, warnings }) => {
    const terms = termsOf(outlookOn([sqlShard()], [sqlEntitlement({ expiresOn })]));

    expect(evaluateLaunch(aQuestion({ terms })).warnings.map(({ code }) => code)).toEqual(warnings);
  });

  it('that begins later leaves nothing to draw on yet', () => {
    const terms = termsOf(outlookOn([sqlShard()], [sqlEntitlement({ purchasedOn: '2027-01-01' })]));

    expect(evaluateLaunch(aQuestion({ terms })).reasons).toContainEqual({
      code: 'over-terms',
      ...LINE,
      short: 8,
    });
  });

  it('of another edition says nothing of what is owned: a warning', () => {
    const shard = sqlShard({ instances: [anInstance()] });
    const terms = termsOf(outlookOn([shard], [sqlEntitlement({ edition: 'web', pools: [] })]));

    expect(evaluateLaunch(aQuestion({ shard, terms }))).toMatchObject({
      verdict: 'ask',
      fits: true,
      terms: [],
      warnings: expect.arrayContaining([{ code: 'terms-unknown', ...LINE, edition: null }]),
    });
  });

  it('whose figures are not kept yet is a warning', () => {
    const terms = { ...termsOf(outlookOn([sqlShard()])), ledgers: [] };

    expect(evaluateLaunch(aQuestion({ terms }))).toMatchObject({
      terms: [],
      warnings: [{ code: 'terms-unknown', ...LINE }],
    });
  });

  it('of a product without a rule is a warning in the metric that it is owned in', () => {
    const owned = sqlEntitlement({ product: 'acme-db', edition: null, metric: 'user' });
    const terms = termsOf(outlookOn([sqlShard()], [owned]));

    expect(evaluateLaunch(aQuestion({ terms })).warnings).toEqual([
      { code: 'terms-unknown', product: 'acme-db', edition: null, metric: 'user' },
    ]);
  });

  it('of a product without a rule says nothing where no pool has it', () => {
    const owned = sqlEntitlement({ product: 'acme-db', edition: null, metric: 'user' });
    const { view, ledgers } = termsOf(outlookOn([sqlShard()], [owned]));
    const terms = { view: view && { ...view, pools: [] }, ledgers };

    expect(evaluateLaunch(aQuestion({ terms }))).toMatchObject({ terms: [], warnings: [] });
  });

  it.each`
    accounts            | pools
    ${[]}               | ${['elsewhere']}
    ${[ACCOUNT]}        | ${['elsewhere']}
    ${['999999999999']} | ${[]}
  `('for accounts $accounts serves this one from $pools', ({ accounts, pools }) => {
    const here = sqlEntitlement();
    const elsewhere = sqlEntitlement({ contract: 'elsewhere', pools: [], accounts });
    const { views } = outlookOn([sqlShard()], [here, elsewhere]);
    const contracts = views[0]?.view.pools.flatMap(({ entitlements }) =>
      entitlements.map(({ contract }) => contract),
    );

    expect(contracts).toEqual([here.contract, ...pools]);
  });

  it('for all editions serves every edition from one line', () => {
    const owned = [
      sqlEntitlement({ edition: null, quantity: 12 }),
      sqlEntitlement({ product: 'windows-server', edition: null, pools: ['other'] }),
    ];
    const terms = termsOf(outlookOn([sqlShard()], owned));

    expect(evaluateLaunch(aQuestion({ terms })).terms).toMatchObject([
      { product: 'sql-server', edition: null, metric: 'core', licenses: 8 },
    ]);
  });

  it('of requirements that are not all known warns, and counts those that are', () => {
    const terms = termsOf(outlookOn([sqlShard()]), () => ({ required: null, requiredAtLeast: 33 }));

    expect(evaluateLaunch(aQuestion({ terms }))).toMatchObject({
      reasons: [{ code: 'over-terms', short: 1 }, { code: 'needs-approval' }],
      warnings: [{ code: 'terms-unknown', ...LINE }],
    });
  });
});

describe('what is read for a launch', () => {
  it('are the lines that its Region leads to, and those that its request drew on', () => {
    const windows = sqlEntitlement({ product: 'windows-server', pools: ['elsewhere'] });
    const [view = null] = outlookOn([sqlShard()], [sqlEntitlement(), windows]).views.map(
      (one) => one.view,
    );
    const evaluation = anEvaluation({ terms: [aTermsDraw({ ledgerId: 'drawn before' })] });

    expect(termsToRead({ evaluation }, view)).toEqual(['drawn before', LEDGER]);
    expect(termsToRead(null, null)).toEqual([]);
  });

  it('knows nothing of a configuration that came since', () => {
    const { view, ledgers } = termsOf(outlookOn([sqlShard()]));
    const terms = { view: view && { ...view, configurations: [] }, ledgers };

    expect(evaluateLaunch(aQuestion({ terms }))).toMatchObject({ terms: [], warnings: [] });
  });
});

describe('of several ends', () => {
  it('the first counts, and of those that have been the last', () => {
    const ending = (expiresOn: string, quantity: number) =>
      sqlEntitlement({ contract: `EA ${expiresOn}`, expiresOn, quantity });
    const [both] = outlookOn(
      [sqlShard()],
      [ending('2027-03-31', 8), ending('2027-01-31', 4)],
    ).lines;
    const [past] = outlookOn(
      [sqlShard()],
      [ending('2025-03-31', 8), ending('2026-01-31', 4)],
    ).lines;

    expect(both).toMatchObject({
      entitled: 12,
      expiresAt: new Date('2027-02-01T00:00:00Z'),
      entitledThen: 8,
    });
    expect(past).toMatchObject({
      entitled: 0,
      expiresAt: new Date('2026-02-01T00:00:00Z'),
      entitledThen: 0,
    });
  });
});

describe('a machine whose size is not known', () => {
  it('is a warning, and draws nothing', () => {
    const owned = sqlEntitlement({
      product: 'windows-server',
      edition: 'datacenter',
      version: '2019',
    });
    const shard = sqlShard();
    const plan = aPlan({ tenancy: 'host', hostId: 'h-nobody-knows' });
    const evaluation = evaluateLaunch(
      aQuestion({ shard, plan, terms: termsOf(outlookOn([shard], [owned])) }),
    );

    expect(evaluation.terms).toEqual([]);
    expect(evaluation.warnings.map(({ code }) => code)).toContain('terms-unknown');
  });
});

describe('where licenses may run', () => {
  it('refuses what the vendor does not allow, and names the rule', () => {
    const entitlement = sqlEntitlement({ program: 'SPLA' });
    const terms = termsOf(outlookOn([sqlShard()], [entitlement]));

    expect(evaluateLaunch(aQuestion({ terms }))).toMatchObject({
      verdict: 'refuse',
      reasons: [{ code: 'not-eligible', ...LINE, rule: expect.stringMatching(/^microsoft\//) }],
    });
  });

  it('does not matter to an edition that takes no license', () => {
    const entitlement = sqlEntitlement({ edition: 'developer', program: 'SPLA' });
    const terms = termsOf(outlookOn([sqlShard()], [entitlement]));

    expect(evaluateLaunch(aQuestion({ terms }))).toMatchObject({
      verdict: 'ask',
      reasons: [{ code: 'needs-approval' }],
      terms: [],
    });
  });

  it('warns where the contract decides', () => {
    const owned = sqlEntitlement({ product: 'sap-hana', edition: null, metric: 'memory-gib' });
    const terms = termsOf(outlookOn([sqlShard()], [{ ...owned, quantity: 640 }]));

    expect(evaluateLaunch(aQuestion({ terms }))).toMatchObject({
      verdict: 'ask',
      terms: [{ product: 'sap-hana', licenses: 64 }],
      warnings: [{ code: 'eligibility-unknown', rule: 'any/contract-decides' }],
    });
  });
});

describe('on a Dedicated Host', () => {
  const host = aHost({ sockets: 2, cores: 16, availableCapacity: { 'r6i.2xlarge': 8 } });
  const plan = aPlan({ tenancy: 'host', hostId: host.hostId });
  const running = ['1', '2'].map((n) =>
    anInstance({ instanceId: `i-${n}`, tenancy: 'host', hostId: host.hostId }),
  );
  const onHost = { hosts: [host] };
  const switches = { ...DEFAULT_SWITCHES, hostLevelVirtualization: 'yes' } as const;
  const owned = (shard: InventoryShard) =>
    termsOf(outlookOn([shard], [sqlEntitlement({ switches })]));

  it('takes nothing where the cores of the host are licensed', () => {
    const shard = sqlShard({ ...onHost, instances: running });
    const evaluation = evaluateLaunch(aQuestion({ shard, plan, terms: owned(shard) }));

    expect(evaluation.draws).toMatchObject([{ licenses: 8 }]);
    expect(evaluation.terms).toEqual([]);
  });

  it('is held by the host where one machine more would add nothing', () => {
    const shard = sqlShard({ ...onHost, instances: running.slice(0, 1) });
    const twice = aPlan({ ...plan, count: 2 });

    expect(
      evaluateLaunch(aQuestion({ shard, plan: twice, terms: owned(shard) })).terms,
    ).toMatchObject([{ licenses: 8, consumer: `host/${host.hostId}` }]);
  });

  it('is held by the request where each machine takes its own', () => {
    const big = aHost({ ...host, cores: 64 });
    const shard = sqlShard({ ...onHost, hosts: [big] });

    expect(evaluateLaunch(aQuestion({ shard, plan, terms: owned(shard) })).terms).toMatchObject([
      { licenses: 8, consumer: 'request/req-0000000001' },
    ]);
  });
});

describe('of an instance that is there', () => {
  const instance = anInstance({ state: 'stopped' });
  const start = { operation: 'start', instanceId: instance.instanceId, attach: [] } as const;
  const large = {
    operation: 'resize',
    from: { instanceType: 'r6i.large', cpuOptions: null },
  } as const;

  it('takes what it adds: nothing for a start where what is installed counts', () => {
    const shard = sqlShard({ instances: [instance] });

    expect(evaluateLaunch(aQuestion({ shard, plan: aPlan({ action: start }) })).terms).toEqual([]);
  });

  it('takes the difference of a resize', () => {
    const small = anInstance({ cpuOptions: { coreCount: 2, threadsPerCore: 2 } });
    const shard = sqlShard({ instances: [small] });
    const action = { ...start, ...large, running: true } as const;

    expect(evaluateLaunch(aQuestion({ shard, plan: aPlan({ action }) })).terms).toMatchObject([
      { licenses: 4 },
    ]);
  });
});

describe('tracked and terms', () => {
  it('are never mixed, and both must fit', () => {
    const numbers = fc.integer({ min: 0, max: 60 });

    fc.assert(
      fc.property(numbers, numbers, fc.integer({ min: 1, max: 4 }), (consumed, required, count) => {
        const terms = termsOf(outlookOn([sqlShard()]), () => ({
          required,
          requiredAtLeast: required,
        }));
        const ledgers = [aLedger({ limit: 60, consumed })];
        const { draws, ...found } = evaluateLaunch(
          aQuestion({ terms, ledgers, plan: aPlan({ count }) }),
        );

        const tracked = draws.reduce((sum, { licenses }) => sum + licenses, 0);
        const owned = found.terms.reduce((sum, { licenses }) => sum + licenses, 0);
        expect([tracked, owned]).toEqual([8 * count, 8 * count]);
        expect(found.fits).toBe(consumed + tracked <= 60 && required + owned <= 40);
      }),
    );
  });
});
