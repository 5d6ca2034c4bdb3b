import { describe, expect, it } from 'vitest';
import { findAlternatives } from '#domain/launch-alternatives.ts';
import { evaluateLaunch } from '#domain/launch-evaluation.ts';
import type { LaunchChoice } from '#domain/launch-plan.ts';
import { resolvePlan } from '#domain/launch-planning.ts';
import { NO_TERMS } from '#domain/terms-view.ts';
import {
  aChoice,
  aConfiguration,
  aHost,
  aLedger,
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
} from '../builders.ts';

const HONORS = ['#honorVcpuOptimization=True'];
const honoring = aShard({ configurations: [aConfiguration({ rules: HONORS })] });

function alternativesTo(choice: LaunchChoice, world: Parameters<typeof question>[1] = {}) {
  const asked = question(choice, world);
  return findAlternatives(asked, choice, evaluateLaunch(asked));
}

function question(
  choice: LaunchChoice,
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
          hourlyPrice: null,
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
