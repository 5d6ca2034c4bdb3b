import { describe, expect, it } from 'vitest';
import { attachedArns } from '#domain/estate/attached-configurations.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { MachineChoice } from '#domain/launch/launch-plan.ts';
import { endsStopped, instanceIdOf } from '#domain/launch/launch-plan.ts';
import { resolvePlan } from '#domain/launch/launch-planning.ts';
import {
  aChoice,
  aConfiguration,
  anImage,
  anInstance,
  aPlan,
  aResize,
  aShard,
  aStart,
  aType,
  configurationArn,
  machinesOf,
  POLICY_HASH,
  poolId,
} from '../../builders.ts';

const INSTANCE = 'i-0000000000000000a';
const TWO_POOLS = [aConfiguration(), aConfiguration({ digit: '2' })];
const TYPES = [
  aType(),
  aType({ name: 'r6i.4xlarge', defaultVcpus: 16, defaultCores: 8, validCores: [2, 4, 6, 8] }),
  aType({ name: 'r6i.metal', bareMetal: true, validCores: [], validThreadsPerCore: [] }),
];

function shardWith(instance: Partial<Instance>) {
  const instances = [anInstance(instance)];
  return aShard({ instances, configurations: TWO_POOLS, instanceTypes: TYPES });
}

function planning(choice: Partial<MachineChoice>, instance: Partial<Instance> = {}) {
  return resolvePlan(aChoice(choice), shardWith(instance), POLICY_HASH);
}

function planOf(choice: Partial<MachineChoice>, instance: Partial<Instance> = {}) {
  const made = planning(choice, instance);
  if (!made.ok) throw new Error(JSON.stringify(made.reasons));
  return machinesOf(made.plan);
}

const START = { target: { operation: 'start', instanceId: INSTANCE } } as const;
const RESIZE = { target: { operation: 'resize', instanceId: INSTANCE } } as const;
const stopped = { state: 'stopped' } as const;

/** On a Dedicated Host an instance costs nothing beside the host. */
const ON_HOST = { micros: 0, currency: 'USD' };

describe('the plan of a start', () => {
  it('is the instance as it is now', () => {
    const placed = { tenancy: 'host', hostId: 'h-1', imageId: 'ami-1', ...stopped } as const;

    expect(planOf(START, placed)).toEqual(
      aPlan({
        action: aStart(),
        tenancy: 'host',
        hostId: 'h-1',
        imageId: 'ami-1',
        tags: [],
        hourlyPrice: ON_HOST,
      }),
    );
  });

  it('takes nothing of the form but the pools and the end', () => {
    const until = new Date('2026-12-01T00:00:00Z');
    const asked = { ...START, instanceType: 'r6i.4xlarge', count: 3, cores: 2, until };

    expect(planOf(asked, stopped)).toMatchObject({
      instanceType: 'r6i.2xlarge',
      count: 1,
      cpuOptions: null,
      until,
    });
  });

  it.each`
    cpuOptions                             | planned
    ${{ coreCount: 4, threadsPerCore: 2 }} | ${null}
    ${{ coreCount: 4, threadsPerCore: 1 }} | ${{ coreCount: 4, threadsPerCore: 1 }}
    ${{ coreCount: 2, threadsPerCore: 2 }} | ${{ coreCount: 2, threadsPerCore: 2 }}
    ${null}                                | ${null}
  `('keeps CPU options $cpuOptions as $planned', ({ cpuOptions, planned }) => {
    expect(planOf(START, { cpuOptions, ...stopped }).cpuOptions).toEqual(planned);
  });

  it('keeps the licenses that the instance has, and says which are new', () => {
    const chosen = { ...START, poolId: poolId('2'), otherPoolIds: [poolId('1')] };

    expect(planOf(chosen, stopped)).toMatchObject({
      licenseConfigurationArns: [configurationArn('1'), configurationArn('2')],
      action: { attach: [configurationArn('2')] },
    });
  });

  it.each`
    state              | code
    ${'running'}       | ${'instance-not-stopped'}
    ${'pending'}       | ${'instance-not-stopped'}
    ${'stopping'}      | ${'instance-not-stopped'}
    ${'terminated'}    | ${'instance-unknown'}
    ${'shutting-down'} | ${'instance-unknown'}
  `('is not made for one that is $state', ({ state, code }) => {
    expect(planning(START, { state })).toMatchObject({ ok: false, reasons: [{ code }] });
  });

  it('is not made for an instance that nobody has seen', () => {
    expect(planning(START, { instanceId: 'i-other', ...stopped })).toEqual({
      ok: false,
      reasons: [{ code: 'instance-unknown', instanceId: INSTANCE }],
    });
  });
});

describe('the plan of a resize', () => {
  const bigger = { ...RESIZE, instanceType: 'r6i.4xlarge' };

  it('is the instance with another size, and knows the one before', () => {
    const placed = { tenancy: 'host', hostId: 'h-1' } as const;

    expect(planOf(bigger, placed)).toEqual(
      aPlan({
        action: aResize(),
        tenancy: 'host',
        hostId: 'h-1',
        instanceType: 'r6i.4xlarge',
        cpuOptions: { coreCount: 8, threadsPerCore: 2 },
        tags: [],
        hourlyPrice: ON_HOST,
      }),
    );
  });

  it('leaves a stopped instance stopped', () => {
    const plan = planOf(bigger, stopped);

    expect(plan.action).toEqual(aResize({ running: false }));
    expect([endsStopped(plan), endsStopped(aPlan({ action: aResize() }))]).toEqual([true, false]);
  });

  it.each`
    choice                                                        | cpuOptions
    ${{ instanceType: 'r6i.4xlarge', cores: 4 }}                  | ${{ coreCount: 4, threadsPerCore: 2 }}
    ${{ instanceType: 'r6i.4xlarge', threadsPerCore: 1 }}         | ${{ coreCount: 8, threadsPerCore: 1 }}
    ${{ instanceType: 'r6i.2xlarge', cores: 2 }}                  | ${{ coreCount: 2, threadsPerCore: 2 }}
    ${{ instanceType: 'r6i.metal' }}                              | ${null}
    ${{ instanceType: 'z9.large' }}                               | ${null}
    ${{ instanceType: 'z9.large', cores: 2 }}                     | ${{ coreCount: 2, threadsPerCore: 1 }}
    ${{ instanceType: 'r6i.metal', cores: 2, threadsPerCore: 1 }} | ${{ coreCount: 2, threadsPerCore: 1 }}
    ${{ instanceType: 'z9.large', threadsPerCore: 2 }}            | ${{ coreCount: 1, threadsPerCore: 2 }}
  `('to $choice says the CPU options $cpuOptions', ({ choice, cpuOptions }) => {
    expect(planOf({ ...RESIZE, ...choice }).cpuOptions).toEqual(cpuOptions);
  });

  it.each`
    choice                                       | instance
    ${{ instanceType: 'r6i.2xlarge' }}           | ${{}}
    ${{ instanceType: 'r6i.2xlarge', cores: 4 }} | ${{}}
    ${{ instanceType: 'r6i.metal' }}             | ${{ instanceType: 'r6i.metal', cpuOptions: null }}
  `('is not made where nothing changes: $choice', ({ choice, instance }) => {
    expect(planning({ ...RESIZE, ...choice }, instance)).toEqual({
      ok: false,
      reasons: [{ code: 'nothing-to-resize', instanceId: INSTANCE }],
    });
  });

  it.each`
    change
    ${{ cores: 2 }}
    ${{ threadsPerCore: 1 }}
    ${{ instanceType: 'r6i.4xlarge', cores: 4 }}
  `('is made for $change', ({ change }) => {
    expect(planning({ ...RESIZE, ...change })).toMatchObject({ ok: true });
  });

  it.each(['pending', 'stopping'] as const)('waits for one that is %s', (state) => {
    expect(planning(bigger, { state })).toEqual({
      ok: false,
      reasons: [{ code: 'instance-not-stopped', instanceId: INSTANCE, state }],
    });
  });

  it('is not made for an instance that ended', () => {
    expect(planning(bigger, { state: 'terminated' })).toMatchObject({
      reasons: [{ code: 'instance-unknown' }],
    });
  });
});

describe('several pools', () => {
  it('are all attached beside the template’s, in order, whatever the order of asking', () => {
    const both = [configurationArn('1'), configurationArn('2')];
    const one = planOf({ poolId: poolId('2'), otherPoolIds: [poolId('1'), poolId('2')] });

    expect(one.licenseConfigurationArns).toEqual(both);
    expect(planOf({ poolId: poolId('1'), otherPoolIds: [poolId('2')] })).toEqual(one);
  });

  it.each([{}, { ...START }, { ...RESIZE, cores: 2 }])(
    'are all known, or it is refused: %o',
    (of) => {
      const choice = { ...of, poolId: poolId('7'), otherPoolIds: [poolId('1'), poolId('8')] };

      expect(planning(choice, 'target' in of && of.target === START.target ? stopped : {})).toEqual(
        {
          ok: false,
          reasons: [
            { code: 'pool-unknown', poolId: poolId('7') },
            { code: 'pool-unknown', poolId: poolId('8') },
          ],
        },
      );
    },
  );
});

describe('a plan for an instance that is there', () => {
  it('takes no licenses of its image, which gives them to new instances only', () => {
    const images = [anImage({ licenseConfigurationArns: [configurationArn('2')] })];
    const shard = aShard({ images, configurations: TWO_POOLS });

    expect(attachedArns(aPlan({ action: aStart() }), shard)).toEqual([configurationArn('1')]);
    expect(attachedArns(aPlan(), shard)).toEqual([configurationArn('1'), configurationArn('2')]);
  });

  it('names it', () => {
    const actions = [aStart(), aResize()];

    expect(actions.map((action) => instanceIdOf(aPlan({ action })))).toEqual([INSTANCE, INSTANCE]);
    expect(instanceIdOf(aPlan())).toBeNull();
  });
});
