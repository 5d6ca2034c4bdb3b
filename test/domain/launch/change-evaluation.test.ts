import { describe, expect, it } from 'vitest';
import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { DAY_MS, later } from '#domain/instant.ts';
import type { ChangeTarget } from '#domain/launch/change-plan.ts';
import { type Evaluation, evaluateLaunch } from '#domain/launch/launch-evaluation.ts';
import { resolvePlan } from '#domain/launch/launch-planning.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';
import type { LaunchTerms } from '#domain/terms/terms-view.ts';
import {
  ACCOUNT,
  aConfiguration,
  aHost,
  anImage,
  anInstance,
  aPolicy,
  aRequest,
  aShard,
  aType,
  configurationArn,
  NOW,
  POLICY_HASH,
  REGION,
} from '../../builders.ts';

const instanceId = 'i-0000000000000000a';
const hostId = aHost().hostId;
const [own, other] = [configurationArn('1'), configurationArn('2')];
const NOTHING = { add: [], remove: [] };
const ONTO = {
  operation: 'move',
  instanceId,
  hostId,
  affinity: 'host',
  licenses: NOTHING,
} as const;
const OFF = { ...ONTO, hostId: null, affinity: 'default' } as const;
const STOP = { operation: 'stop', instanceId } as const;
const CONVERT = {
  operation: 'convert',
  instanceId,
  from: 'RunInstances:0800',
  to: 'RunInstances:0002',
} as const;
const HOST = {
  operation: 'allocate-host',
  instanceFamily: 'r6i',
  availabilityZone: 'us-east-1a',
  hostRecovery: false,
} as const;
const RELEASE = { operation: 'release-host', hostId } as const;

/** A per-core pool, which licenses hosts. */
const PER_CORE = aConfiguration({
  digit: '2',
  name: 'Windows Server',
  countingType: 'Core',
  limit: 1000,
});
const OPERATIONS = [
  ...['move', 'associate', 'convert', 'stop'],
  ...['allocate-host', 'release-host'],
] as const;
const ALLOWED = { name: 'all', operations: OPERATIONS, accounts: [ACCOUNT] };

interface Options {
  readonly instance?: Partial<Instance>;
  readonly shard?: Partial<InventoryShard>;
  readonly policy?: Readonly<Record<string, unknown>>;
  readonly terms?: Partial<LaunchTerms>;
}

function planningOf(target: ChangeTarget, { instance = {}, shard = {} }: Options = {}) {
  const whole = aShard({
    configurations: [aConfiguration(), PER_CORE],
    instances: [anInstance(instance)],
    hosts: [aHost()],
    ...shard,
  });
  const choice = { account: ACCOUNT, region: REGION, target };
  return { whole, planning: resolvePlan(choice, whole, POLICY_HASH) };
}

function evaluate(target: ChangeTarget, options: Options = {}): Evaluation {
  const { whole, planning } = planningOf(target, options);
  if (!planning.ok) throw new Error(JSON.stringify(planning.reasons));
  return evaluateLaunch({
    requestId: 'req-0000000001',
    plan: planning.plan,
    interested: aRequest(),
    shard: whole,
    ledgers: [],
    terms: { view: null, ledgers: [], ...options.terms },
    policy: aPolicy({ changes: [ALLOWED], ...options.policy }),
    now: NOW,
  });
}

const codes = (target: ChangeTarget, options: Options = {}) =>
  evaluate(target, options).reasons.map(({ code }) => code);

function refusals(target: ChangeTarget, options: Options = {}) {
  const { planning } = planningOf(target, options);
  return planning.ok ? [] : planning.reasons;
}

describe('a change that policy says nothing of', () => {
  it.each<ChangeTarget>([ONTO, { ...STOP }, HOST, RELEASE])('is refused: %o', (target) => {
    const { operation } = target;
    const { verdict, reasons } = evaluate(target, { policy: { changes: [] } });

    expect(verdict).toBe('refuse');
    expect(reasons[0]).toEqual({ code: 'operation-not-allowed', operation });
  });

  it.each`
    changes                                     | code                       | because
    ${{ operations: ['move'] }}                 | ${'operation-not-allowed'} | ${'of its operation'}
    ${{ accounts: ['444455556666'] }}           | ${'account-not-allowed'}   | ${'of its account'}
    ${{ regions: ['eu-west-1'] }}               | ${'region-not-allowed'}    | ${'of its Region'}
    ${{ requesters: { users: ['USOMEBODY'] } }} | ${'requester-not-allowed'} | ${'of who asks'}
  `('$because is refused', ({ changes, code }) => {
    expect(codes(STOP, { policy: { changes: [{ ...ALLOWED, ...changes }] } })).toEqual([code]);
  });

  it('is never approved automatically', () => {
    const autoApproval = [{ upToLicenses: 1000 }];

    expect(evaluate(STOP, { policy: { autoApproval } })).toMatchObject({
      verdict: 'ask',
      reasons: [{ code: 'needs-approval' }],
    });
  });

  it('is not allowed by a launch profile', () => {
    const changes = [{ ...ALLOWED, operations: ['stop'] }];

    expect(codes(ONTO, { policy: { changes } })).toEqual(['operation-not-allowed']);
  });
});

describe('a move', () => {
  it('onto a host draws the host’s licenses, held for the host', () => {
    const { verdict, draws } = evaluate({ ...ONTO, licenses: { add: [other], remove: [own] } });

    expect(verdict).toBe('ask');
    expect(draws).toEqual([
      {
        poolId: `${ACCOUNT}/${REGION}/${PER_CORE.id}`,
        configurationArn: other,
        countingType: 'Core',
        licenses: 64,
        consumer: `host/${hostId}`,
      },
    ]);
  });

  it('of a stopped one draws nothing before somebody starts it', () => {
    const stopped = { state: 'stopped' } as const;
    const licenses = { add: [other], remove: [own] };

    expect(evaluate({ ...ONTO, licenses }, { instance: stopped }).draws).toMatchObject([
      { licenses: 0 },
    ]);
  });

  it.each<[string, ChangeTarget, Options, string[]]>([
    [
      'to a host without room',
      ONTO,
      { shard: { hosts: [aHost({ availableCapacity: {} })] } },
      ['host-full'],
    ],
    [
      'to another zone',
      ONTO,
      { shard: { hosts: [aHost({ availabilityZone: 'us-east-1b' })] } },
      ['host-in-other-zone'],
    ],
    ['to an unknown host', ONTO, { shard: { hosts: [] } }, ['host-unknown']],
    ['bound to no host', { ...OFF, affinity: 'host' }, {}, ['affinity-without-host']],
    [
      'of a T3 onto a host',
      ONTO,
      {
        instance: { instanceType: 't3.large' },
        shard: { instanceTypes: [aType({ name: 't3.large' })] },
      },
      ['tenancy-fixed'],
    ],
    [
      'of SQL Server in the price onto a host',
      ONTO,
      { instance: { usageOperation: 'RunInstances:0006' } },
      ['license-not-there'],
    ],
    [
      'of Red Hat in the price onto a host',
      ONTO,
      { instance: { usageOperation: 'RunInstances:0010' } },
      ['license-not-there'],
    ],
    [
      'of Windows brought along off its host',
      OFF,
      { instance: { tenancy: 'host', hostId } },
      ['license-not-there'],
    ],
  ])('%s is refused', (_what, target, options, expected) => {
    expect(codes(target, options)).toEqual(expected);
  });

  it.each(['RunInstances:0002', 'RunInstances', 'RunInstances:9999'])(
    'onto a host is for approvers with %s',
    (usageOperation) => {
      const on = { instance: { usageOperation, platformDetails: '' } };
      expect(codes(ONTO, on)).toEqual(['needs-approval']);
    },
  );

  it('within its host changes licenses alone, and asks for no room', () => {
    const there = { tenancy: 'host', hostId, affinity: 'host' } as const;
    const full = { hosts: [aHost({ availableCapacity: {} })] };
    const target = { ...ONTO, licenses: { add: [other], remove: [own] } };

    expect(codes(target, { instance: there, shard: full })).toEqual(['needs-approval']);
  });

  it('with a configuration that nobody knows is refused', () => {
    const add = [configurationArn('9')];
    expect(codes({ ...ONTO, licenses: { add, remove: [] } })).toContain('configuration-unknown');
  });
});

describe('licenses that stay with their host', () => {
  const left = 'h-0000000000000000b';
  const BOUND = aConfiguration({
    digit: '2',
    countingType: 'Core',
    limit: 1000,
    rules: ['#licenseAffinityToHost=90'],
  });
  const on = { tenancy: 'host', hostId: left, licenseConfigurationArns: [other] } as const;

  function moving(since: Partial<DedicatedHost>, shard: Partial<InventoryShard> = {}) {
    const hosts = [aHost(), aHost({ hostId: left, ...since })];
    const all = { configurations: [aConfiguration(), BOUND], hosts, ...shard };
    return evaluate(ONTO, { instance: on, shard: all }).reasons;
  }

  it.each`
    allocatedAt                 | until
    ${later(NOW, -89 * DAY_MS)} | ${later(NOW, DAY_MS)}
    ${null}                     | ${null}
  `('for 90 days are not needed on another host before $until', ({ allocatedAt, until }) => {
    expect(moving({ allocatedAt })).toEqual([
      {
        code: 'license-affinity',
        poolId: `${ACCOUNT}/${REGION}/${BOUND.id}`,
        hostId: left,
        days: 90,
        until,
      },
    ]);
  });

  it('may move when that is over, by License Manager’s word before the host’s age', () => {
    const usage = {
      configurationArn: other,
      resourceArn: `arn:aws:ec2:${REGION}:${ACCOUNT}:dedicated-host/${left}`,
      resourceId: left,
      resourceType: 'EC2_HOST',
      resourceStatus: '',
      ownerAccount: ACCOUNT,
      consumed: 64,
      associatedAt: later(NOW, -90 * DAY_MS),
    } as const;

    expect(moving({ allocatedAt: later(NOW, -90 * DAY_MS) })).toEqual([{ code: 'needs-approval' }]);
    expect(moving({ allocatedAt: NOW }, { usage: [usage] })).toEqual([{ code: 'needs-approval' }]);
  });

  it('are not needed where the other host is licensed already', () => {
    const there = anInstance({
      instanceId: 'i-0000000000000000b',
      tenancy: 'host',
      hostId,
      licenseConfigurationArns: [other],
    });
    const shard = { instances: [anInstance(on), there] };

    expect(moving({ allocatedAt: NOW }, shard)).toEqual([{ code: 'needs-approval' }]);
  });

  it('are left behind by an instance that does without them, or that counts by itself', () => {
    const licenses = { add: [own], remove: [other] };
    const hosts = [aHost(), aHost({ hostId: left, allocatedAt: NOW })];
    const options = { instance: on, shard: { configurations: [aConfiguration(), BOUND], hosts } };
    const plain = { ...options.shard, configurations: [aConfiguration(), PER_CORE] };

    expect(codes({ ...ONTO, licenses }, options)).toEqual(['needs-approval']);
    expect(codes(ONTO, { ...options, shard: plain })).toEqual(['needs-approval']);
  });

  it('stay when an instance leaves for shared hardware', () => {
    const options = {
      instance: { ...on, usageOperation: 'RunInstances', licenseConfigurationArns: [own, other] },
      shard: { configurations: [aConfiguration(), BOUND], hosts: [aHost({ hostId: left })] },
    };

    expect(codes({ ...OFF, licenses: { add: [], remove: [other] } }, options)).toEqual([
      'needs-approval',
    ]);
  });
});

describe('another association', () => {
  it('draws what is new alone, whether or not it runs', () => {
    const vcpus = aConfiguration({ digit: '2', name: 'Windows Server' });
    const target = {
      operation: 'associate',
      instanceId,
      licenses: { add: [other], remove: [] },
    } as const;
    const { draws } = evaluate(target, { shard: { configurations: [aConfiguration(), vcpus] } });

    expect(draws.map(({ licenses, consumer }) => [licenses, consumer])).toEqual([
      [0, 'request/req-0000000001'],
      [8, 'request/req-0000000001'],
    ]);
  });
});

describe('a stop', () => {
  it('draws nothing and asks neither pool nor terms, but for the approvers of its pools', () => {
    const disabled = aConfiguration({ status: 'DISABLED', limit: 0 });
    const { verdict, draws, reasons, warnings, fits } = evaluate(STOP, {
      shard: { configurations: [disabled] },
    });

    expect({ verdict, fits, warnings }).toEqual({ verdict: 'ask', fits: true, warnings: [] });
    expect(reasons).toEqual([{ code: 'needs-approval' }]);
    expect(draws).toMatchObject([{ licenses: 0, consumer: 'request/req-0000000001' }]);
  });

  it('holds nothing of the host that it is on', () => {
    const instance = { tenancy: 'host', hostId, licenseConfigurationArns: [other] } as const;

    expect(evaluate(STOP, { instance }).draws).toMatchObject([
      { licenses: 0, consumer: 'request/req-0000000001' },
    ]);
  });

  it('is refused where the type is not known', () => {
    expect(codes(STOP, { shard: { instanceTypes: [] } })).toEqual(['instance-type-unknown']);
  });
});

describe('a conversion', () => {
  const managedServers = [
    {
      id: instanceId,
      computerName: null,
      platformName: null,
      platformVersion: null,
      pingStatus: 'Online',
      lastPingAt: null,
      applications: [],
      sqlServers: [],
      hardware: null,
    },
  ];
  const OWN = [anImage({ owner: ACCOUNT })];
  const onHost = { tenancy: 'host', hostId } as const;

  it.each`
    from                   | to                     | instance                             | images                            | expected
    ${'RunInstances:0800'} | ${'RunInstances:0002'} | ${{}}                                | ${[]}                             | ${'needs-approval'}
    ${'RunInstances:0002'} | ${'RunInstances:0800'} | ${onHost}                            | ${OWN}                            | ${'needs-approval'}
    ${'RunInstances:0002'} | ${'RunInstances:0800'} | ${onHost}                            | ${[anImage({ owner: 'amazon' })]} | ${'aws/license-conversion/own-image'}
    ${'RunInstances:0002'} | ${'RunInstances:0800'} | ${onHost}                            | ${[]}                             | ${'aws/license-conversion/own-image'}
    ${'RunInstances:0002'} | ${'RunInstances:0800'} | ${{}}                                | ${OWN}                            | ${'license-not-there'}
    ${'RunInstances:0006'} | ${'RunInstances:0002'} | ${{}}                                | ${[anImage({ owner: 'amazon' })]} | ${'aws/license-conversion/own-image'}
    ${'RunInstances:0006'} | ${'RunInstances:0102'} | ${{}}                                | ${[]}                             | ${'needs-approval'}
    ${'RunInstances:0002'} | ${'RunInstances:0006'} | ${onHost}                            | ${[]}                             | ${'license-not-there'}
    ${'RunInstances:0800'} | ${'RunInstances:0010'} | ${{}}                                | ${OWN}                            | ${'aws/license-conversion/pairs'}
    ${'RunInstances:0800'} | ${'RunInstances:9999'} | ${{}}                                | ${OWN}                            | ${'aws/license-conversion/pairs'}
    ${'RunInstances:9999'} | ${'RunInstances:0002'} | ${{ platformDetails: '' }}           | ${OWN}                            | ${'aws/license-conversion/pairs'}
    ${'RunInstances:0010'} | ${'RunInstances:00g0'} | ${{}}                                | ${OWN}                            | ${'needs-approval'}
    ${'RunInstances:0010'} | ${'RunInstances:000g'} | ${{}}                                | ${OWN}                            | ${'aws/license-conversion/pairs'}
    ${'RunInstances:0014'} | ${'RunInstances:0010'} | ${{}}                                | ${OWN}                            | ${'aws/license-conversion/pairs'}
    ${'RunInstances:000g'} | ${'RunInstances:0010'} | ${{}}                                | ${OWN}                            | ${'aws/license-conversion/pairs'}
    ${'RunInstances'}      | ${'RunInstances:0g00'} | ${{ platformDetails: 'Linux/UNIX' }} | ${OWN}                            | ${'needs-approval'}
    ${'RunInstances'}      | ${'RunInstances:0002'} | ${{ platformDetails: 'Linux/UNIX' }} | ${OWN}                            | ${'aws/license-conversion/pairs'}
    ${'RunInstances'}      | ${'RunInstances:0g00'} | ${{ platformDetails: 'SUSE Linux' }} | ${OWN}                            | ${'aws/license-conversion/pairs'}
  `(
    'from $from to $to of $instance ends as $expected',
    ({ from, to, instance, images, expected }) => {
      const { reasons } = evaluate(
        { ...CONVERT, from, to },
        { instance: { usageOperation: from, ...instance }, shard: { images, managedServers } },
      );

      expect(reasons.map((reason) => ('rule' in reason ? reason.rule : reason.code))).toEqual([
        expected,
      ]);
    },
  );

  it('needs what Systems Manager says of it', () => {
    expect(codes(CONVERT)).toEqual(['instance-not-managed']);
  });

  it('costs what the instance will cost', () => {
    const price = (usageOperation: string, micros: number) => ({
      instanceType: 'r6i.2xlarge',
      usageOperation,
      tenancy: 'default' as const,
      spot: false,
      hourly: { micros, currency: 'USD' },
    });
    const prices = [price('RunInstances:0800', 500_000), price('RunInstances:0002', 900_000)];
    const { planning } = planningOf(CONVERT, { shard: { prices } });

    expect(planning).toMatchObject({ plan: { hourlyPrice: { micros: 900_000 } } });
  });
});

describe('a new host', () => {
  const hostPrices = [{ instanceFamily: 'r6i', hourly: { micros: 7_000_000, currency: 'USD' } }];

  it('is for approvers, at its own price', () => {
    const { planning } = planningOf(HOST, { shard: { hostPrices } });

    expect(planning).toMatchObject({ plan: { hourlyPrice: { micros: 7_000_000 } } });
    expect(evaluate(HOST, { shard: { hostPrices } })).toEqual({
      verdict: 'ask',
      reasons: [{ code: 'needs-approval' }],
      warnings: [],
      draws: [],
      terms: [],
      fits: true,
    });
  });

  it.each([
    [{ ...HOST, instanceFamily: 'z9' }, 'host-family-unknown'],
    [{ ...HOST, availabilityZone: 'eu-west-1a' }, 'zone-not-here'],
    [{ ...HOST, availabilityZone: 'us-east-1' }, 'zone-not-here'],
  ])('%o is refused as %s', (target, code) => {
    expect(codes(target)).toEqual([code]);
  });

  it('of a family that takes no hosts is refused', () => {
    const instanceTypes = [aType({ dedicatedHostsSupported: false })];
    expect(codes(HOST, { shard: { instanceTypes } })).toEqual(['host-family-unknown']);
  });

  it.each`
    monthlyUsd | prices        | expected
    ${5_110}   | ${hostPrices} | ${['needs-approval']}
    ${5_109}   | ${hostPrices} | ${['over-budget']}
    ${5_110}   | ${[]}         | ${['price-unknown']}
  `('within $monthlyUsd USD a month ends as $expected', ({ monthlyUsd, prices, expected }) => {
    const policy = { budgets: [{ monthlyUsd }] };
    expect(codes(HOST, { policy, shard: { hostPrices: prices } })).toEqual(expected);
  });

  it('is refused where the launch role refused lately', () => {
    const terms = { launchRoleRefusedAt: NOW };
    expect(codes(HOST, { terms })).toEqual(['launch-role-missing']);
  });
});

describe('the release of a host', () => {
  it('of one that is empty is for approvers, and within any budget', () => {
    const policy = { budgets: [{ monthlyUsd: 0 }] };
    expect(codes(RELEASE, { policy })).toEqual(['needs-approval']);
  });

  it.each<[string, Options, string[]]>([
    [
      'with something on it',
      { shard: { hosts: [aHost({ instanceIds: ['i-1'] })] } },
      ['host-not-empty'],
    ],
    [
      'that a stopped instance is bound to',
      { instance: { state: 'stopped', hostId } },
      ['host-not-empty'],
    ],
    [
      'that an instance has just left',
      { instance: { state: 'terminated', hostId } },
      ['needs-approval'],
    ],
    ['that is leaving', { instance: { state: 'shutting-down', hostId } }, ['needs-approval']],
    [
      'that AWS looks at',
      { shard: { hosts: [aHost({ state: 'under-assessment' })] } },
      ['host-unavailable'],
    ],
  ])('%s', (_what, options, expected) => {
    expect(codes(RELEASE, options)).toEqual(expected);
  });

  it.each`
    endsAt                | hostIds     | expected
    ${later(NOW, DAY_MS)} | ${[hostId]} | ${['host-reserved']}
    ${later(NOW, DAY_MS)} | ${['h-1']}  | ${['needs-approval']}
    ${NOW}                | ${[hostId]} | ${['needs-approval']}
  `(
    'that is reserved until $endsAt for $hostIds ends as $expected',
    ({ endsAt, hostIds, expected }) => {
      const hostReservations = [
        { hostReservationId: 'hr-1', hostIds, instanceFamily: 'r6i', endsAt },
      ];
      expect(codes(RELEASE, { shard: { hostReservations } })).toEqual(expected);
    },
  );
});

describe('what is gone since the plan was made', () => {
  it.each<[ChangeTarget, Reason]>([
    [RELEASE, { code: 'host-unknown', hostId }],
    [ONTO, { code: 'instance-unknown', instanceId }],
    [CONVERT, { code: 'instance-unknown', instanceId }],
    [STOP, { code: 'instance-unknown', instanceId }],
  ])('is refused: %o', (target, reason) => {
    const { planning, whole } = planningOf(target);
    if (!planning.ok) throw new Error('no plan');
    const { reasons } = evaluateLaunch({
      requestId: 'req-0000000001',
      plan: planning.plan,
      interested: aRequest(),
      shard: { ...whole, hosts: [], instances: [] },
      ledgers: [],
      terms: { view: null, ledgers: [] },
      policy: aPolicy({ changes: [ALLOWED] }),
      now: NOW,
    });

    expect(reasons).toContainEqual(reason);
  });
});

describe('a change that cannot be planned', () => {
  const associate = (add: string[], remove: string[]): ChangeTarget => ({
    operation: 'associate',
    instanceId,
    licenses: { add, remove },
  });
  const gone = { shard: { instances: [] } };

  it.each<[ChangeTarget, Options, string]>([
    [ONTO, gone, 'instance-unknown'],
    [STOP, gone, 'instance-unknown'],
    [CONVERT, gone, 'instance-unknown'],
    [associate([other], []), gone, 'instance-unknown'],
    [ONTO, { instance: { state: 'stopping' } }, 'instance-not-stopped'],
    [STOP, { instance: { state: 'stopped' } }, 'instance-not-running'],
    [STOP, { instance: { spot: true } }, 'instance-is-spot'],
    [ONTO, { instance: { tags: { 'aws:autoscaling:groupName': 'web' } } }, 'instance-in-group'],
    [OFF, {}, 'nothing-to-change'],
    [associate([], []), {}, 'nothing-to-change'],
    [{ ...CONVERT, to: CONVERT.from }, {}, 'nothing-to-change'],
    [{ ...CONVERT, from: 'RunInstances:0006' }, {}, 'usage-operation-changed'],
    [associate([own], []), {}, 'license-attached'],
    [associate([other], [other]), {}, 'license-attached'],
    [associate([], [other]), {}, 'license-not-attached'],
    [{ ...ONTO, licenses: { add: [own], remove: [] } }, {}, 'license-attached'],
    [RELEASE, { shard: { hosts: [] } }, 'host-unknown'],
  ])('%o with %o says %s', (target, options, code) => {
    expect(refusals(target, options).map((reason) => reason.code)).toEqual([code]);
  });
});
