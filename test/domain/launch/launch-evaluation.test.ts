import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from '#domain/instant.ts';
import { evaluateLaunch, type LaunchQuestion } from '#domain/launch/launch-evaluation.ts';
import { freeLicenses } from '#domain/licenses/position.ts';
import { NO_TERMS } from '#domain/terms/terms-view.ts';
import {
  aConfiguration,
  aHold,
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
  aUsage,
  configurationArn,
  NOW,
  poolId,
} from '../../builders.ts';

const HOST = aHost().hostId;
const pool = { poolId: poolId('1') };
const onHost = { tenancy: 'host', hostId: HOST } as const;

function aQuestion(changes: Partial<LaunchQuestion> = {}): LaunchQuestion {
  return {
    requestId: 'req-0000000001',
    plan: aPlan(),
    interested: aRequest(),
    shard: aShard(),
    ledgers: [aLedger()],
    terms: NO_TERMS,
    policy: aPolicy(),
    now: NOW,
    ...changes,
  };
}

function aProfile(changes: Readonly<Record<string, unknown>>) {
  return aPolicy({ launchProfiles: [{ ...aPolicyDocument().launchProfiles[0], ...changes }] });
}

describe('evaluateLaunch', () => {
  it('asks about a launch that fits and that policy does not approve by itself', () => {
    expect(evaluateLaunch(aQuestion())).toEqual({
      verdict: 'ask',
      reasons: [{ code: 'needs-approval' }],
      warnings: [],
      draws: [
        {
          ...pool,
          configurationArn: configurationArn('1'),
          countingType: 'vCPU',
          licenses: 8,
          consumer: 'request/req-0000000001',
        },
      ],
      terms: [],
      fits: true,
    });
  });

  it.each`
    rules                                         | verdict    | reasons
    ${[{ upToLicenses: 8 }]}                      | ${'allow'} | ${[]}
    ${[{ upToLicenses: 7 }]}                      | ${'ask'}   | ${[{ code: 'above-auto-approval', licenses: 8, threshold: 7 }]}
    ${[{ upToLicenses: 4 }, { upToLicenses: 6 }]} | ${'ask'}   | ${[{ code: 'above-auto-approval', licenses: 8, threshold: 6 }]}
    ${[{ upToLicenses: 8, profiles: ['sql'] }]}   | ${'allow'} | ${[]}
    ${[{ upToLicenses: 8, pools: ['Oracle*'] }]}  | ${'ask'}   | ${[{ code: 'needs-approval' }]}
  `('lets policy approve by $rules: $verdict', ({ rules, verdict, reasons }) => {
    const policy = aPolicy({ autoApproval: rules });

    expect(evaluateLaunch(aQuestion({ policy }))).toMatchObject({ verdict, reasons });
  });

  it('does not let policy approve by a profile that the launch does not match', () => {
    const [sql] = aPolicyDocument().launchProfiles;
    const policy = aPolicy({
      launchProfiles: [sql, { ...sql, name: 'small', instanceTypes: ['t3.*'] }],
      autoApproval: [{ upToLicenses: 8, profiles: ['small'] }],
    });

    expect(evaluateLaunch(aQuestion({ policy })).reasons).toEqual([{ code: 'needs-approval' }]);
  });

  it('refuses what nobody may approve', () => {
    const policy = aPolicy({
      approvals: [
        { name: 'one', levels: [{ approvers: { users: ['UREQUESTER'] } }], channel: 'C0APPROVAL' },
      ],
    });

    expect(evaluateLaunch(aQuestion({ policy }))).toMatchObject({
      verdict: 'refuse',
      reasons: [{ code: 'needs-approval' }, { code: 'nobody-may-approve' }],
    });
  });
});

describe('the launch role of the account', () => {
  it.each`
    refused           | verdict
    ${MINUTE_MS}      | ${'refuse'}
    ${14 * MINUTE_MS} | ${'refuse'}
    ${15 * MINUTE_MS} | ${'ask'}
  `('that let nobody in $refused ms ago: $verdict', ({ refused, verdict }) => {
    const terms = { ...NO_TERMS, launchRoleRefusedAt: later(NOW, -refused) };
    const evaluation = evaluateLaunch(aQuestion({ terms }));

    expect(evaluation.verdict).toBe(verdict);
    expect(evaluation.reasons[0]?.code).toBe(
      verdict === 'refuse' ? 'launch-role-missing' : 'needs-approval',
    );
  });
});

describe('an instance that is there', () => {
  const id = anInstance().instanceId;
  const start = { operation: 'start', instanceId: id, attach: [] } as const;
  const resize = {
    ...start,
    operation: 'resize',
    from: { instanceType: 'r6i.large', cpuOptions: null },
  } as const;

  it.each`
    action                           | instance                                               | consumed | licenses | because
    ${start}                         | ${{ state: 'stopped' }}                                | ${0}     | ${8}     | ${'a stopped one takes none'}
    ${start}                         | ${{ state: 'stopped' }}                                | ${8}     | ${0}     | ${'License Manager still lists it'}
    ${{ ...resize, running: true }}  | ${{ cpuOptions: { coreCount: 1, threadsPerCore: 2 } }} | ${0}     | ${0}     | ${'it takes its default vCPUs already'}
    ${{ ...resize, running: true }}  | ${{ instanceType: 'r6i.large' }}                       | ${0}     | ${6}     | ${'it takes two of eight already'}
    ${{ ...resize, running: true }}  | ${{ instanceType: 'r6i.large' }}                       | ${4}     | ${4}     | ${'the larger of both figures counts'}
    ${{ ...resize, running: false }} | ${{ state: 'stopped' }}                                | ${0}     | ${0}     | ${'it stays stopped'}
  `('adds $licenses by $action.operation: $because', ({ action, instance, consumed, licenses }) => {
    const shard = aShard({
      instances: [anInstance(instance)],
      instanceTypes: [aType(), aType({ name: 'r6i.large', defaultVcpus: 2, defaultCores: 1 })],
      usage: consumed === 0 ? [] : [aUsage({ resourceId: id, consumed })],
    });

    expect(evaluateLaunch(aQuestion({ shard, plan: aPlan({ action }) })).draws).toMatchObject([
      { licenses },
    ]);
  });
});

describe('policy', () => {
  it.each`
    policy                                          | plan                           | reason
    ${aProfile({})}                                 | ${{ account: '999999999999' }} | ${{ code: 'account-not-allowed' }}
    ${aProfile({})}                                 | ${{ region: 'eu-west-1' }}     | ${{ code: 'region-not-allowed' }}
    ${aProfile({ regions: ['eu-west-1'] })}         | ${{}}                          | ${{ code: 'region-not-allowed' }}
    ${aProfile({ launchTemplates: ['windows-*'] })} | ${{}}                          | ${{ code: 'template-not-allowed' }}
    ${aProfile({ instanceTypes: ['r6i.large'] })}   | ${{}}                          | ${{ code: 'instance-type-not-allowed' }}
    ${aProfile({ pools: ['Oracle*'] })}             | ${{}}                          | ${{ code: 'pool-not-allowed', ...pool }}
    ${aProfile({ countMaximum: 2 })}                | ${{ count: 3 }}                | ${{ code: 'count-above-maximum', maximum: 2 }}
    ${aPolicy({ limits: { countPerRequest: 1 } })}  | ${{ count: 2 }}                | ${{ code: 'count-above-maximum', maximum: 1 }}
    ${aProfile({})}                                 | ${{ spot: true }}              | ${{ code: 'spot-not-allowed' }}
  `('refuses $plan: $reason.code', ({ policy, plan, reason }) => {
    expect(evaluateLaunch(aQuestion({ policy, plan: aPlan(plan) }))).toMatchObject({
      verdict: 'refuse',
      reasons: [reason],
    });
  });

  it.each`
    policy                                  | plan
    ${aProfile({ regions: ['us-east-1'] })} | ${{}}
    ${aProfile({ pools: [poolId('1')] })}   | ${{}}
    ${aProfile({ spotAllowed: true })}      | ${{ spot: true }}
    ${aProfile({ countMaximum: 3 })}        | ${{ count: 3 }}
  `('takes $plan where it is named', ({ policy, plan }) => {
    expect(evaluateLaunch(aQuestion({ policy, plan: aPlan(plan) })).verdict).toBe('ask');
  });

  it('must allow every pool that the launch draws on, not only the chosen one', () => {
    const shard = aShard({
      configurations: [aConfiguration(), aConfiguration({ digit: '2', name: 'Oracle' })],
      images: [anImage({ licenseConfigurationArns: [configurationArn('2')] })],
    });

    expect(evaluateLaunch(aQuestion({ shard })).reasons).toContainEqual({
      code: 'pool-not-allowed',
      poolId: poolId('2'),
    });
  });

  it('does not put two profiles together to allow what neither does', () => {
    const [sql] = aPolicyDocument().launchProfiles;
    const policy = aPolicy({
      launchProfiles: [
        { ...sql, name: 'a', instanceTypes: ['t3.*'] },
        { ...sql, name: 'b', launchTemplates: ['windows-*'] },
      ],
    });

    expect(evaluateLaunch(aQuestion({ policy })).verdict).toBe('refuse');
  });
});

describe('what EC2 would refuse', () => {
  const gap = { validCores: [2, 4], validThreadsPerCore: [1, 2] };
  const policy = aProfile({ spotAllowed: true });
  it.each`
    plan                                                   | shard                                                                                     | reason
    ${{}}                                                  | ${{ images: [] }}                                                                         | ${{ code: 'image-unavailable', imageId: 'ami-0000000000000000a' }}
    ${{}}                                                  | ${{ images: [anImage({ state: 'disabled' })] }}                                           | ${{ code: 'image-unavailable', imageId: 'ami-0000000000000000a' }}
    ${{}}                                                  | ${{ images: [anImage({ architecture: 'arm64' })] }}                                       | ${{ code: 'architecture-mismatch', image: 'arm64' }}
    ${{ cpuOptions: { coreCount: 3, threadsPerCore: 2 } }} | ${{ instanceTypes: [aType(gap)] }}                                                        | ${{ code: 'cpu-options-invalid', ...gap }}
    ${{ cpuOptions: { coreCount: 2, threadsPerCore: 3 } }} | ${{ instanceTypes: [aType(gap)] }}                                                        | ${{ code: 'cpu-options-invalid', ...gap }}
    ${{ cpuOptions: { coreCount: 2, threadsPerCore: 1 } }} | ${{ instanceTypes: [aType({ validCores: [] })] }}                                         | ${{ code: 'cpu-options-unsupported' }}
    ${{ cpuOptions: { coreCount: 2, threadsPerCore: 1 } }} | ${{ instanceTypes: [aType({ bareMetal: true })] }}                                        | ${{ code: 'cpu-options-unsupported' }}
    ${{ spot: true }}                                      | ${{ instanceTypes: [aType({ spotSupported: false })] }}                                   | ${{ code: 'spot-not-supported', instanceType: 'r6i.2xlarge' }}
    ${{ spot: true, ...onHost }}                           | ${{ hosts: [aHost()] }}                                                                   | ${{ code: 'spot-on-host' }}
    ${onHost}                                              | ${{ hosts: [aHost()], instanceTypes: [aType({ dedicatedHostsSupported: false })] }}       | ${{ code: 'host-not-supported', instanceType: 'r6i.2xlarge' }}
    ${{ tenancy: 'host', hostId: null }}                   | ${{ hosts: [] }}                                                                          | ${{ code: 'no-host-with-room' }}
    ${onHost}                                              | ${{ hosts: [] }}                                                                          | ${{ code: 'host-unknown', hostId: HOST }}
    ${onHost}                                              | ${{ hosts: [aHost({ state: 'under-assessment' })] }}                                      | ${{ code: 'host-unavailable', hostId: HOST, state: 'under-assessment' }}
    ${onHost}                                              | ${{ hosts: [aHost({ instanceFamily: 'm5' })] }}                                           | ${{ code: 'host-family-mismatch', hostId: HOST, family: 'm5' }}
    ${onHost}                                              | ${{ hosts: [aHost({ instanceType: 'r6i.large' })] }}                                      | ${{ code: 'host-family-mismatch', hostId: HOST, family: 'r6i.large' }}
    ${onHost}                                              | ${{ hosts: [aHost()], launchTemplates: [aTemplate({ availabilityZone: 'us-east-1b' })] }} | ${{ code: 'host-in-other-zone', hostId: HOST, zone: 'us-east-1a' }}
    ${onHost}                                              | ${{ hosts: [aHost({ availableCapacity: {} })] }}                                          | ${{ code: 'host-full', hostId: HOST, fits: 0 }}
    ${{ ...onHost, count: 9 }}                             | ${{ hosts: [aHost()] }}                                                                   | ${{ code: 'host-full', hostId: HOST, fits: 8 }}
  `('is refused here: $reason.code', ({ plan, shard, reason }) => {
    const question = aQuestion({ policy, plan: aPlan(plan), shard: aShard(shard) });

    expect(evaluateLaunch(question)).toMatchObject({ verdict: 'refuse', reasons: [reason] });
  });

  it.each`
    plan                                                   | shard
    ${{ cpuOptions: { coreCount: 4, threadsPerCore: 1 } }} | ${{ instanceTypes: [aType(gap)] }}
    ${{ spot: true }}                                      | ${{}}
    ${{ spot: true, tenancy: 'dedicated' }}                | ${{}}
    ${onHost}                                              | ${{ hosts: [aHost()] }}
    ${onHost}                                              | ${{ hosts: [aHost({ instanceType: 'r6i.2xlarge' })] }}
    ${{ ...onHost, count: 8 }}                             | ${{ hosts: [aHost()] }}
  `('is taken here: $plan', ({ plan, shard }) => {
    const question = aQuestion({ policy, plan: aPlan(plan), shard: aShard(shard) });

    expect(evaluateLaunch(question).verdict).toBe('ask');
  });

  it('counts nothing for a type that is not known', () => {
    const question = aQuestion({ shard: aShard({ instanceTypes: [] }) });

    expect(evaluateLaunch(question)).toEqual({
      verdict: 'refuse',
      reasons: [{ code: 'instance-type-unknown', instanceType: 'r6i.2xlarge' }],
      warnings: [],
      draws: [],
      terms: [],
      fits: false,
    });
  });

  it('refuses a configuration that cannot be seen: it cannot be counted', () => {
    const shard = aShard({
      images: [anImage({ licenseConfigurationArns: [configurationArn('9')] })],
    });

    expect(evaluateLaunch(aQuestion({ shard }))).toMatchObject({
      verdict: 'refuse',
      reasons: [{ code: 'configuration-unknown', configurationArn: configurationArn('9') }],
    });
  });
});

describe('the rules of a configuration', () => {
  const four = { coreCount: 2, threadsPerCore: 2 };
  it.each`
    rule                                   | countingType  | plan                        | reason
    ${'#allowedTenancy=EC2-DedicatedHost'} | ${'vCPU'}     | ${{}}                       | ${{ code: 'tenancy-not-allowed', tenancy: 'default', allowed: ['host'] }}
    ${'#allowedTenancy=EC2-Default'}       | ${'Instance'} | ${{ tenancy: 'dedicated' }} | ${{ code: 'tenancy-not-allowed', tenancy: 'dedicated', allowed: ['default'] }}
    ${'#allowedTenancy=EC2-Default'}       | ${'Core'}     | ${onHost}                   | ${{ code: 'tenancy-not-allowed', tenancy: 'host', allowed: ['default'] }}
    ${''}                                  | ${'Core'}     | ${{}}                       | ${{ code: 'needs-dedicated-host', countingType: 'Core' }}
    ${''}                                  | ${'Socket'}   | ${{ tenancy: 'dedicated' }} | ${{ code: 'needs-dedicated-host', countingType: 'Socket' }}
    ${'#minimumVcpus=9'}                   | ${'vCPU'}     | ${{}}                       | ${{ code: 'below-minimum', unit: 'vcpus', actual: 8, bound: 9 }}
    ${'#maximumVcpus=7'}                   | ${'vCPU'}     | ${{}}                       | ${{ code: 'above-maximum', unit: 'vcpus', actual: 8, bound: 7 }}
    ${'#maximumVcpus=7'}                   | ${'vCPU'}     | ${{ cpuOptions: four }}     | ${{ code: 'above-maximum', unit: 'vcpus', actual: 8, bound: 7 }}
    ${'#maximumVcpus=7'}                   | ${'Instance'} | ${{}}                       | ${{ code: 'above-maximum', unit: 'vcpus', actual: 8, bound: 7 }}
    ${'#minimumCores=5'}                   | ${'Instance'} | ${{}}                       | ${{ code: 'below-minimum', unit: 'cores', actual: 4, bound: 5 }}
    ${'#minimumCores=3'}                   | ${'Instance'} | ${{ cpuOptions: four }}     | ${{ code: 'below-minimum', unit: 'cores', actual: 2, bound: 3 }}
    ${'#maximumCores=48'}                  | ${'Core'}     | ${onHost}                   | ${{ code: 'above-maximum', unit: 'cores', actual: 64, bound: 48 }}
    ${'#maximumSockets=1'}                 | ${'Socket'}   | ${onHost}                   | ${{ code: 'above-maximum', unit: 'sockets', actual: 2, bound: 1 }}
    ${'#minimumSockets=4'}                 | ${'Instance'} | ${onHost}                   | ${{ code: 'below-minimum', unit: 'sockets', actual: 2, bound: 4 }}
  `('refuse by $rule on $countingType', ({ rule, countingType, plan, reason }) => {
    const configuration = aConfiguration({ countingType, rules: rule === '' ? [] : [rule] });
    const shard = aShard({ configurations: [configuration], hosts: [aHost()] });

    expect(evaluateLaunch(aQuestion({ plan: aPlan(plan), shard }))).toMatchObject({
      verdict: 'refuse',
      reasons: [{ ...reason, ...pool }],
    });
  });

  it.each`
    rules                                                 | plan                    | because
    ${['#allowedTenancy=EC2-Default,EC2-DedicatedHost']}  | ${{}}                   | ${'the tenancy is among those allowed'}
    ${['#minimumVcpus=8', '#maximumVcpus=8']}             | ${{}}                   | ${'bounds include themselves'}
    ${['#maximumVcpus=4', '#honorVcpuOptimization=True']} | ${{ cpuOptions: four }} | ${'active vCPUs are what counts'}
  `('let through: $because', ({ rules, plan }) => {
    const shard = aShard({ configurations: [aConfiguration({ rules })] });

    expect(evaluateLaunch(aQuestion({ plan: aPlan(plan), shard })).verdict).toBe('ask');
  });

  const soon = later(NOW, 30 * DAY_MS);
  it.each`
    configuration                                                 | warning
    ${{ rules: ['#maximumMoons=1'] }}                             | ${{ code: 'unknown-rule', rule: '#maximumMoons=1' }}
    ${{ rules: ['#minimumCores=2'] }}                             | ${{ code: 'unknown-rule', rule: '#minimumCores=2' }}
    ${{ countingType: 'Instance', rules: ['#minimumSockets=2'] }} | ${{ code: 'unknown-rule', rule: 'sockets 2 to any' }}
    ${{ countingType: 'Instance', rules: ['#maximumSockets=2'] }} | ${{ code: 'unknown-rule', rule: 'sockets 0 to 2' }}
    ${{ expiresAt: soon }}                                        | ${{ code: 'configuration-expires-soon', expiresAt: soon }}
  `('warn with $warning.code, without effect on the verdict', ({ configuration, warning }) => {
    const shard = aShard({ configurations: [aConfiguration(configuration)] });

    expect(evaluateLaunch(aQuestion({ shard }))).toMatchObject({
      verdict: 'ask',
      warnings: [{ ...warning, ...pool }],
    });
  });

  it.each`
    hours | warnings
    ${1}  | ${[]}
    ${2}  | ${[{ code: 'figures-old', ...pool, asOf: later(NOW, -2 * HOUR_MS) }]}
  `('warn of figures $hours hours old by policy’s hour: $warnings', ({ hours, warnings }) => {
    const ledgers = [aLedger({ asOf: later(NOW, -hours * HOUR_MS) })];

    expect(evaluateLaunch(aQuestion({ ledgers })).warnings).toEqual(warnings);
  });

  it.each`
    configuration                  | reason
    ${{ status: 'DISABLED' }}      | ${{ code: 'configuration-disabled', ...pool }}
    ${{ countingType: 'unknown' }} | ${{ code: 'configuration-disabled', ...pool }}
    ${{ expiresAt: NOW }}          | ${{ code: 'configuration-expired', ...pool, expiredAt: NOW }}
  `('refuse: $reason.code', ({ configuration, reason }) => {
    const shard = aShard({ configurations: [aConfiguration(configuration)] });

    expect(evaluateLaunch(aQuestion({ shard }))).toMatchObject({
      verdict: 'refuse',
      reasons: [reason],
    });
  });

  it('say nothing of an expiry far away', () => {
    const expiresAt = later(NOW, 31 * DAY_MS);
    const shard = aShard({ configurations: [aConfiguration({ expiresAt })] });

    expect(evaluateLaunch(aQuestion({ shard })).warnings).toEqual([]);
  });
});

describe('limits and holds', () => {
  const other = aHold({ consumer: 'request/other', requestIds: ['req-000000000z'] });
  it.each`
    ledger                                                | verdict     | fits     | reason
    ${{ consumed: 92 }}                                   | ${'ask'}    | ${true}  | ${{ code: 'needs-approval' }}
    ${{ consumed: 93 }}                                   | ${'ask'}    | ${false} | ${{ code: 'over-hard-limit', ...pool, short: 1 }}
    ${{ counted: 93 }}                                    | ${'ask'}    | ${false} | ${{ code: 'over-hard-limit', ...pool, short: 1 }}
    ${{ consumed: 85, holds: [other] }}                   | ${'ask'}    | ${false} | ${{ code: 'over-hard-limit', ...pool, short: 1 }}
    ${{ consumed: 85, holds: [aHold({ licenses: 15 })] }} | ${'ask'}    | ${true}  | ${{ code: 'needs-approval' }}
    ${{ consumed: 120 }}                                  | ${'ask'}    | ${false} | ${{ code: 'over-hard-limit', ...pool, short: 28 }}
    ${{ consumed: 120, hardLimit: false }}                | ${'ask'}    | ${false} | ${{ code: 'over-soft-limit', ...pool, short: 28 }}
    ${{ limit: 7 }}                                       | ${'refuse'} | ${false} | ${{ code: 'more-than-limit', ...pool, limit: 7 }}
    ${{ limit: 7, hardLimit: false }}                     | ${'ask'}    | ${false} | ${{ code: 'over-soft-limit', ...pool, short: 1 }}
    ${{ limit: null, consumed: 9999 }}                    | ${'ask'}    | ${true}  | ${{ code: 'needs-approval' }}
  `('$ledger: $verdict, $reason.code', ({ ledger, verdict, fits, reason }) => {
    const evaluation = evaluateLaunch(aQuestion({ ledgers: [aLedger(ledger)] }));

    expect(evaluation).toMatchObject({ verdict, fits });
    expect(evaluation.reasons[0]).toEqual(reason);
  });

  it('does not let policy approve what exceeds a soft limit', () => {
    const policy = aPolicy({ autoApproval: [{ upToLicenses: 100 }] });
    const ledgers = [aLedger({ consumed: 100, hardLimit: false })];

    expect(evaluateLaunch(aQuestion({ policy, ledgers })).verdict).toBe('ask');
  });

  it('counts by the shard where no ledger was written yet', () => {
    const instances = Array.from({ length: 12 }, (_none, index) =>
      anInstance({ instanceId: `i-${index}` }),
    );

    expect(
      evaluateLaunch(aQuestion({ ledgers: [], shard: aShard({ instances }) })).reasons[0],
    ).toEqual({ code: 'over-hard-limit', ...pool, short: 4 });
  });

  it('takes from every pool attached, each by its own counting type', () => {
    const shard = aShard({
      configurations: [
        aConfiguration(),
        aConfiguration({ digit: '2', countingType: 'Instance' }),
        aConfiguration({ digit: '3', countingType: 'Core' }),
        aConfiguration({ digit: '4', countingType: 'Socket' }),
      ],
      images: [anImage({ licenseConfigurationArns: [configurationArn('2')] })],
      hosts: [aHost({ licenseConfigurationArns: [configurationArn('3'), configurationArn('4')] })],
    });
    const plan = aPlan({ ...onHost, count: 3 });

    const { draws } = evaluateLaunch(aQuestion({ plan, shard, ledgers: [] }));

    expect(draws.map(({ licenses, consumer }) => [licenses, consumer])).toEqual([
      [24, 'request/req-0000000001'],
      [3, 'request/req-0000000001'],
      [64, `host/${HOST}`],
      [2, `host/${HOST}`],
    ]);
  });
});

describe('hosts', () => {
  const core = aConfiguration({ countingType: 'Core', rules: ['#licenseAffinityToHost=90'] });
  const plan = aPlan(onHost);
  const shard = aShard({ configurations: [core], hosts: [aHost()] });

  it('are licensed whole, once, and keep the license', () => {
    expect(evaluateLaunch(aQuestion({ plan, shard }))).toMatchObject({
      draws: [{ licenses: 64, consumer: `host/${HOST}` }],
      warnings: [{ code: 'license-stays-with-host', ...pool, days: 90 }],
    });
  });

  it('take no license when they are licensed already, however full the pool', () => {
    const licensed = { ...shard, instances: [anInstance({ ...onHost })] };
    const ledgers = [aLedger({ countingType: 'Core', consumed: 128 })];

    expect(evaluateLaunch(aQuestion({ plan, shard: licensed, ledgers }))).toMatchObject({
      verdict: 'ask',
      fits: true,
      draws: [{ licenses: 0 }],
      warnings: [],
    });
  });

  it('share the hold of another request for the same host', () => {
    const hold = aHold({ consumer: `host/${HOST}`, licenses: 64, requestIds: ['req-000000000z'] });
    const ledgers = [aLedger({ countingType: 'Core', holds: [hold], consumed: 30 })];

    expect(evaluateLaunch(aQuestion({ plan, shard, ledgers }))).toMatchObject({
      fits: true,
      draws: [{ licenses: 64 }],
    });
  });

  it('draw nothing while there is none', () => {
    const nowhere = aQuestion({ plan: aPlan({ tenancy: 'host' }), shard: { ...shard, hosts: [] } });

    expect(evaluateLaunch(nowhere)).toMatchObject({
      reasons: [{ code: 'no-host-with-room' }],
      draws: [{ licenses: 0, consumer: 'request/req-0000000001' }],
    });
  });
});

describe('whatever the pool', () => {
  const figure = fc.nat({ max: 200 });

  it('allows and calls fitting no more than is free', () => {
    const policy = aPolicy({ autoApproval: [{ upToLicenses: 1000 }] });
    fc.assert(
      fc.property(
        fc.record({
          limit: fc.option(figure),
          consumed: figure,
          counted: figure,
          hardLimit: fc.boolean(),
        }),
        fc.integer({ min: 1, max: 10 }),
        (changes, count) => {
          const ledger = aLedger(changes);
          const { verdict, fits, draws } = evaluateLaunch(
            aQuestion({ policy, plan: aPlan({ count }), ledgers: [ledger] }),
          );
          const enough = 8 * count <= (freeLicenses(ledger) ?? Number.POSITIVE_INFINITY);

          expect(draws[0]?.licenses).toBe(8 * count);
          expect(fits).toBe(enough);
          expect(verdict === 'allow').toBe(enough);
        },
      ),
    );
  });
});
