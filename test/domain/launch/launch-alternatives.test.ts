import { describe, expect, it } from 'vitest';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { findAlternatives } from '#domain/launch/launch-alternatives.ts';
import { evaluateLaunch } from '#domain/launch/launch-evaluation.ts';
import type { MachineChoice } from '#domain/launch/launch-plan.ts';
import { resolvePlan } from '#domain/launch/launch-planning.ts';
import { type Elsewhere, placesElsewhere } from '#domain/launch/places-elsewhere.ts';
import { poolIdOf } from '#domain/licenses/license-pool.ts';
import { NO_TERMS } from '#domain/terms/terms-view.ts';
import {
  ACCOUNT,
  aChoice,
  aConfiguration,
  aHost,
  aLedger,
  anImage,
  anInstance,
  aPlan,
  aPolicy,
  aPolicyDocument,
  aRequest,
  aShard,
  aTemplate,
  aType,
  configurationArn,
  NOW,
  POLICY_HASH,
  poolId,
  REGION,
} from '../../builders.ts';
import { outlookOn, sqlEntitlement, termsOf } from '../terms/terms-world.ts';

const HONORS = ['#honorVcpuOptimization=True'];
const honoring = aShard({ configurations: [aConfiguration({ rules: HONORS })] });

function alternativesTo(choice: MachineChoice, world: Parameters<typeof question>[1] = {}) {
  const asked = question(choice, world);
  return findAlternatives(asked, choice, evaluateLaunch(asked));
}

function question(
  choice: MachineChoice,
  { shard = aShard(), ledgers = [aLedger()], policy = aPolicy() } = {},
) {
  const planning = resolvePlan(choice, shard, POLICY_HASH);
  const plan = planning.ok ? planning.plan : aPlan();
  return {
    requestId: 'req-0000000001',
    plan,
    interested: aRequest(),
    shard,
    ledgers,
    terms: NO_TERMS,
    policy,
    now: NOW,
  };
}

describe('findAlternatives', () => {
  it('has none to a launch that is allowed', () => {
    const policy = aPolicy({ autoApproval: [{ upToLicenses: 8 }] });

    expect(alternativesTo(aChoice(), { policy, shard: honoring })).toEqual([]);
  });

  it('has none where nothing would take fewer licenses', () => {
    expect(alternativesTo(aChoice())).toEqual([]);
  });

  it('has none that policy refuses', () => {
    const policy = aPolicy({
      launchProfiles: [{ ...aPolicyDocument().launchProfiles[0], launchTemplates: ['other'] }],
    });

    expect(alternativesTo(aChoice(), { policy, shard: honoring })).toEqual([]);
  });

  it('offers fewer cores, as few fewer as helps', () => {
    expect(alternativesTo(aChoice(), { shard: honoring })).toEqual([
      {
        kind: 'fewer-cores',
        choice: aChoice({ cores: 3, threadsPerCore: 2 }),
        verdict: 'ask',
        hourlyPrice: null,
        licenses: 6,
        licensesSaved: 2,
      },
    ]);
  });

  it('offers only cores that the type takes, below what was asked', () => {
    const shard = { ...honoring, instanceTypes: [aType({ validCores: [2, 4] })] };
    const choice = aChoice({ cores: 4, threadsPerCore: 1 });

    expect(alternativesTo(choice, { shard, ledgers: [aLedger({ consumed: 98 })] })).toMatchObject([
      { kind: 'fewer-cores', choice: { cores: 2, threadsPerCore: 1 }, licenses: 2 },
    ]);
  });

  it('offers the largest count that fits, when what was asked does not', () => {
    const ledgers = [aLedger({ consumed: 75 })];

    expect(alternativesTo(aChoice({ count: 5 }), { ledgers })).toEqual([
      {
        kind: 'smaller-count',
        choice: aChoice({ count: 3 }),
        verdict: 'ask',
        hourlyPrice: null,
        licenses: 24,
        licensesSaved: 16,
      },
    ]);
  });

  it('offers the count that policy allows', () => {
    const policy = aPolicy({ limits: { countPerRequest: 2 } });

    expect(alternativesTo(aChoice({ count: 1_000_000 }), { policy })).toMatchObject([
      { kind: 'smaller-count', choice: { count: 2 } },
    ]);
  });

  it('does not talk people into fewer instances than fit', () => {
    expect(alternativesTo(aChoice({ count: 3 }), { shard: aShard() })).toEqual([]);
  });

  describe('of another type', () => {
    const big = aType({ name: 'x2iedn.xlarge', defaultVcpus: 4, memoryMib: 131_072 });
    const same = aType({ name: 'x2iedn.large', defaultVcpus: 4, memoryMib: 65_536 });

    it('offers no less memory for fewer licenses, and no more memory than needed', () => {
      const shard = aShard({ instanceTypes: [aType(), big, same] });

      expect(alternativesTo(aChoice({ cores: 4, threadsPerCore: 2 }), { shard })).toEqual([
        {
          kind: 'other-type',
          choice: aChoice({ instanceType: 'x2iedn.large' }),
          verdict: 'ask',
          hourlyPrice: null,
          licenses: 4,
          licensesSaved: 4,
        },
      ]);
    });

    it('takes the first by name among equals', () => {
      const instanceTypes = [
        aType(),
        aType({ name: 'x2iedn.b', defaultVcpus: 4 }),
        aType({ name: 'x2iedn.a', defaultVcpus: 4 }),
        aType({ name: 'x2iedn.c', defaultVcpus: 4 }),
      ];

      expect(alternativesTo(aChoice(), { shard: aShard({ instanceTypes }) })).toMatchObject([
        { choice: { instanceType: 'x2iedn.a' } },
      ]);
    });

    it.each`
      type                                                                       | because
      ${aType({ name: 'x2iedn.large', defaultVcpus: 4, memoryMib: 32_768 })}     | ${'it has less memory'}
      ${aType({ name: 'x2iedn.large', defaultVcpus: 1 })}                        | ${'it has less than a quarter of the vCPUs'}
      ${aType({ name: 'x2iedn.large', defaultVcpus: 9 })}                        | ${'it has more vCPUs'}
      ${aType({ name: 'm5.large', defaultVcpus: 4 })}                            | ${'policy does not name it'}
      ${aType({ name: 'r6g.large', defaultVcpus: 4, architectures: ['arm64'] })} | ${'the image does not run there'}
    `('leaves out $type.name: $because', ({ type }) => {
      expect(
        alternativesTo(aChoice(), { shard: aShard({ instanceTypes: [aType(), type] }) }),
      ).toEqual([]);
    });

    it('knows none where the type asked for is unknown', () => {
      expect(alternativesTo(aChoice({ instanceType: 'r6i.unknown' }))).toEqual([]);
    });
  });

  describe('on a host', () => {
    const core = aConfiguration({ countingType: 'Core' });
    const here = aHost({ hostId: 'h-here' });
    const there = aHost({ hostId: 'h-there' });
    const shard = aShard({
      configurations: [core],
      hosts: [here, there],
      instances: [anInstance({ hostId: 'h-there' })],
    });

    it('offers a free slot on a licensed host, for no license', () => {
      expect(alternativesTo(aChoice({ hostId: 'h-here' }), { shard })).toEqual([
        {
          kind: 'licensed-host',
          choice: aChoice({ hostId: 'h-there' }),
          verdict: 'ask',
          hourlyPrice: { micros: 0, currency: 'USD' },
          licenses: 0,
          licensesSaved: 64,
        },
      ]);
    });

    it('offers it to what asked for no host at all', () => {
      expect(alternativesTo(aChoice(), { shard })).toMatchObject([
        { kind: 'licensed-host', choice: { hostId: 'h-there' } },
      ]);
    });

    it('does not offer the host that was asked for, nor one that would need a license', () => {
      expect(alternativesTo(aChoice({ hostId: 'h-there' }), { shard })).toEqual([]);
    });
  });

  describe('from another pool', () => {
    const configurations = [
      aConfiguration({ name: 'SQL Standard A' }),
      aConfiguration({ digit: '2', name: 'SQL Standard B' }),
      aConfiguration({ digit: '3', name: 'SQL Enterprise' }),
    ];
    const shard = aShard({ configurations });
    const [profile] = aPolicyDocument().launchProfiles;
    const policy = aPolicy({
      launchProfiles: [{ ...profile, pools: ['SQL Standard *', 'SQL Enterprise', '*'] }],
    });
    const full = [aLedger({ consumed: 100 })];

    it('offers one that policy names by the same pattern, never by “all”', () => {
      expect(alternativesTo(aChoice(), { shard, policy, ledgers: full })).toEqual([
        {
          kind: 'other-pool',
          choice: aChoice({ poolId: poolId('2') }),
          labels: { pool: 'SQL Standard B' },
          verdict: 'ask',
          hourlyPrice: null,
          licenses: 8,
          licensesSaved: 0,
        },
      ]);
    });

    it('offers none while the template itself draws on the full one', () => {
      const launchTemplates = [aTemplate({ licenseConfigurationArns: [configurationArn('1')] })];
      const bound = { ...shard, launchTemplates };

      expect(alternativesTo(aChoice(), { shard: bound, policy, ledgers: full })).toEqual([]);
    });
  });

  describe('with the license in the price', () => {
    const paid = anImage({ imageId: 'ami-paid', usageOperation: 'RunInstances:0006' });
    const launchTemplates = [
      aTemplate(),
      aTemplate({ launchTemplateId: 'lt-paid', name: 'sql-paid', imageId: 'ami-paid' }),
    ];
    const configurations = [aConfiguration({ name: 'SQL Server Standard' })];
    const shard = aShard({ images: [anImage(), paid], launchTemplates, configurations });
    const full = [aLedger({ consumed: 100 })];

    it('offers the template whose image has it, which draws on no pool', () => {
      const [found] = alternativesTo(aChoice(), { shard, ledgers: full });

      expect(found).toMatchObject({
        kind: 'license-included',
        choice: { target: { launchTemplateId: 'lt-paid' }, licenseIncluded: true },
        labels: { source: 'sql-paid' },
        licenses: 0,
        licensesSaved: 8,
      });
      if (found === undefined) return;
      expect(evaluateLaunch(question(found.choice, { shard, ledgers: full }))).toMatchObject({
        draws: [],
        fits: true,
      });
    });

    it.each`
      pools              | verdict    | because
      ${['SQL Server*']} | ${'ask'}   | ${'a rule for some pools says nothing of what draws on none'}
      ${undefined}       | ${'allow'} | ${'a rule for all pools counts for it, too'}
    `(
      'asks an approver for it where policy approves $pools by itself: $verdict, as $because',
      ({ pools, verdict }) => {
        const policy = aPolicy({ autoApproval: [{ upToLicenses: 0, pools }] });

        expect(alternativesTo(aChoice(), { shard, policy, ledgers: full })).toMatchObject([
          { kind: 'license-included', verdict },
        ]);
      },
    );

    it.each`
      name                       | usageOperation         | because
      ${'SQL Server Enterprise'} | ${'RunInstances:0006'} | ${'it is of another edition'}
      ${'SQL Server Standard'}   | ${'RunInstances:0002'} | ${'only the operating system is in the price'}
      ${'SQL things'}            | ${'RunInstances:0006'} | ${'nothing says what the pool is for'}
      ${'SQL on Windows Server'} | ${'RunInstances:0006'} | ${'SQL Server would be paid for, too'}
      ${'SQL Server Standard'}   | ${'RunInstances:9999'} | ${'nobody knows what that is'}
    `('offers none for $name of $usageOperation: $because', ({ name, usageOperation }) => {
      const named = aShard({
        images: [anImage(), { ...paid, usageOperation, platformDetails: 'Something new' }],
        launchTemplates,
        configurations: [aConfiguration({ name })],
      });
      const found = alternativesTo(aChoice(), { shard: named, ledgers: full });

      expect(found.filter(({ kind }) => kind === 'license-included')).toEqual([]);
    });

    it('knows what a pool is for by its entitlements first', () => {
      const named = aShard({
        images: [anImage(), paid],
        launchTemplates,
        configurations: [aConfiguration({ name: 'SQL things' })],
      });
      const owned = sqlEntitlement({ edition: 'standard', pools: ['SQL things'], quantity: 0 });
      const asked = {
        ...question(aChoice(), { shard: named, ledgers: full }),
        terms: termsOf(outlookOn([named], [owned])),
      };

      expect(findAlternatives(asked, aChoice(), evaluateLaunch(asked))).toMatchObject([
        { kind: 'license-included' },
      ]);
    });

    it.each([
      ['SQL Windows Server', 'RunInstances:0002'],
      ['SQL Red Hat Enterprise Linux', 'RunInstances:0010'],
    ])('knows %s in the price, too', (name, usageOperation) => {
      const named = aShard({
        images: [anImage(), { ...paid, usageOperation }],
        launchTemplates,
        configurations: [aConfiguration({ name })],
      });

      expect(alternativesTo(aChoice(), { shard: named, ledgers: full })).toMatchObject([
        { kind: 'license-included' },
      ]);
    });
  });

  describe('in another account', () => {
    const OTHER = '555566667777';
    const [profile] = aPolicyDocument().launchProfiles;
    const policy = aPolicy({
      accounts: [
        ...aPolicyDocument().accounts,
        { id: OTHER, name: 'b', environment: 'production', regions: [REGION] },
      ],
      launchProfiles: [{ ...profile, accounts: [ACCOUNT, OTHER] }],
    });
    const there = aConfiguration({ account: OTHER, name: 'SQL Server 1' });
    const place = (consumed: number): Elsewhere => ({
      shard: aShard({
        account: OTHER,
        configurations: [there],
        launchTemplates: [aTemplate({ launchTemplateId: 'lt-there', name: 'sql-server' })],
      }),
      ledgers: [aLedger({ poolId: poolIdOf(there), account: OTHER, consumed })],
      terms: NO_TERMS,
    });
    const asked = question(aChoice(), { ledgers: [aLedger({ consumed: 100 })], policy });
    const original = evaluateLaunch(asked);

    it('offers the spare of its pool of the same name, from its template of the same name', () => {
      expect(findAlternatives(asked, aChoice(), original, [place(0)])).toMatchObject([
        {
          kind: 'other-account',
          choice: {
            account: OTHER,
            poolId: poolIdOf(there),
            target: { launchTemplateId: 'lt-there' },
          },
          labels: { account: 'b', pool: 'SQL Server 1' },
          licenses: 8,
        },
      ]);
    });

    it('offers a pool that policy names by the same pattern, and no other', () => {
      const { shard, ...rest } = place(0);
      const other = (name: string) => [
        { ...rest, shard: { ...shard, configurations: [{ ...there, name }] } },
      ];

      expect(findAlternatives(asked, aChoice(), original, other('SQL Server 9'))).toHaveLength(1);
      expect(findAlternatives(asked, aChoice(), original, other('Oracle'))).toEqual([]);
    });

    it('judges it by what is left there', () => {
      expect(findAlternatives(asked, aChoice(), original, [place(99)])).toEqual([]);
    });

    it('looks only where one launch profile and the Region allow it', () => {
      expect(placesElsewhere(policy, aChoice())).toEqual([{ account: OTHER, region: REGION }]);
      expect(placesElsewhere(aPolicy(), aChoice())).toEqual([]);
      const start = aChoice({ target: { operation: 'start', instanceId: 'i-1' } });
      expect(placesElsewhere(policy, start)).toEqual([]);
      expect(placesElsewhere(policy, aChoice({ region: 'eu-west-1' }))).toEqual([]);
    });
  });

  it('to a resize are other sizes of the same instance, and nothing else', () => {
    const instance = anInstance({ instanceType: 'r6i.large', cpuOptions: null });
    const shard = { ...honoring, instances: [instance] };
    const target = { operation: 'resize', instanceId: instance.instanceId } as const;
    const found = alternativesTo(aChoice({ target }), { shard });

    expect(found).toMatchObject([{ kind: 'fewer-cores', choice: { target, cores: 3 } }]);
  });

  it('to the growth of a group are smaller growths, whatever else its pool could run', () => {
    const template = aTemplate({ licenseConfigurationArns: [configurationArn('1')] });
    const group = {
      name: 'month-end',
      minimum: 0,
      maximum: 10,
      desired: 2,
      obstacle: null,
      templateVersion: { id: template.launchTemplateId, version: '3' },
      launchTemplate: template,
      subnetIds: [],
      availabilityZones: ['us-east-1a'],
      instanceIds: [],
      requestId: null,
    };
    const shard = { ...honoring, autoScalingGroups: [group] };
    const target = { operation: 'scale', autoScalingGroupName: group.name } as const;
    const ledgers = [aLedger({ consumed: 75 })];
    const found = alternativesTo(aChoice({ target, count: 5 }), { shard, ledgers });

    expect(found).toMatchObject([{ kind: 'smaller-count', choice: { target, count: 3 } }]);
    expect(found).toHaveLength(1);
  });

  it('are cheapest first where all prices are known, else with fewest licenses', () => {
    const cheap = aType({ name: 'x2iedn.large', defaultVcpus: 4, defaultCores: 2 });
    const price = (instanceType: string, micros: number) => ({
      instanceType,
      usageOperation: 'RunInstances:0800',
      tenancy: 'default' as const,
      spot: false,
      hourly: { micros, currency: 'USD' },
    });
    const shard = { ...honoring, instanceTypes: [aType(), cheap] };
    const kinds = (prices: InventoryShard['prices']) =>
      alternativesTo(aChoice(), { shard: { ...shard, prices } }).map(({ kind }) => kind);

    const prices = [price('r6i.2xlarge', 500_000), price('x2iedn.large', 900_000)];
    expect(kinds([])).toEqual(['other-type', 'fewer-cores']);
    expect(kinds(prices)).toEqual(['fewer-cores', 'other-type']);
    expect(kinds(prices.slice(0, 1))).toEqual(['other-type', 'fewer-cores']);
  });

  it('cannot compare a pool that is not there', () => {
    const choice = aChoice({ poolId: poolId('9') });

    expect(alternativesTo(choice)).toEqual([]);
  });

  it('puts the fewest licenses first', () => {
    const shard = {
      ...honoring,
      instanceTypes: [aType(), aType({ name: 'x2iedn.large', defaultVcpus: 4, defaultCores: 2 })],
    };
    const ledgers = [aLedger({ consumed: 88 })];

    const found = alternativesTo(aChoice({ count: 2 }), { shard, ledgers });

    expect(found.map(({ kind, licenses }) => [kind, licenses])).toEqual([
      ['other-type', 8],
      ['smaller-count', 8],
      ['fewer-cores', 12],
    ]);
  });

  it('offers only what is judged to pass', () => {
    const shard = {
      ...honoring,
      instanceTypes: [aType(), aType({ name: 'x2iedn.large', defaultVcpus: 4, defaultCores: 2 })],
    };
    for (const consumed of [0, 50, 84, 90, 95, 98, 100]) {
      const world = { shard, ledgers: [aLedger({ consumed })] };
      for (const { choice, licenses, verdict } of alternativesTo(aChoice({ count: 2 }), world)) {
        const judged = evaluateLaunch(question(choice, world));

        expect(judged).toMatchObject({ verdict, fits: true, draws: [{ licenses }] });
      }
    }
  });
});
