import { describe, expect, it } from 'vitest';
import type { AutoScalingGroup } from '#domain/estate/auto-scaling-group.ts';
import type { MachineChoice } from '#domain/launch/launch-plan.ts';
import { resolvePlan } from '#domain/launch/launch-planning.ts';
import { nextScaleStep, numbersBefore, type SeenGroup } from '#domain/launch/scale-step.ts';
import {
  aChoice,
  anImage,
  anInstance,
  aShard,
  aTemplate,
  configurationArn,
  machinesOf,
  NOW,
  POLICY_HASH,
  poolId,
} from '../../builders.ts';

const LICENSED = aTemplate({ version: 7, licenseConfigurationArns: [configurationArn('1')] });

function aGroup(changes: Partial<AutoScalingGroup> = {}): AutoScalingGroup {
  return {
    name: 'month-end',
    minimum: 0,
    maximum: 10,
    desired: 2,
    obstacle: null,
    templateVersion: { id: LICENSED.launchTemplateId, version: '7' },
    launchTemplate: LICENSED,
    subnetIds: [],
    availabilityZones: ['us-east-1a'],
    instanceIds: [],
    requestId: null,
    ...changes,
  };
}

function planOf(
  group: Partial<AutoScalingGroup> = {},
  choice: Partial<MachineChoice> = {},
  shard: Parameters<typeof aShard>[0] = {},
) {
  const target = { operation: 'scale', autoScalingGroupName: 'month-end' } as const;
  return resolvePlan(
    aChoice({ target, poolId: poolId('1'), count: 3, until: null, ...choice }),
    aShard({ autoScalingGroups: [aGroup(group)], ...shard }),
    POLICY_HASH,
  );
}

describe('planning the growth of an Auto Scaling group', () => {
  it('is the machines of its own template version, whatever else was chosen', () => {
    expect(planOf({}, { instanceType: 'x2iedn.xlarge', cores: 2 })).toMatchObject({
      ok: true,
      plan: {
        action: {
          operation: 'scale',
          autoScalingGroupName: 'month-end',
          fromCapacity: 2,
          toCapacity: 5,
          maximum: null,
          launchTemplate: { id: LICENSED.launchTemplateId, name: LICENSED.name, version: 7 },
        },
        imageId: LICENSED.imageId,
        instanceType: LICENSED.instanceType,
        cpuOptions: LICENSED.cpuOptions,
        count: 3,
        licenseConfigurationArns: [configurationArn('1')],
      },
    });
  });

  it.each`
    maximum | raised
    ${5}    | ${null}
    ${4}    | ${{ from: 4, to: 5 }}
    ${2}    | ${{ from: 2, to: 5 }}
  `('raises a maximum of $maximum to $raised', ({ maximum, raised }) => {
    expect(planOf({ maximum })).toMatchObject({ plan: { action: { maximum: raised } } });
  });

  it('takes the licenses that only the image brings', () => {
    const image = anImage({ licenseConfigurationArns: [configurationArn('1')] });
    const launchTemplate = { ...LICENSED, licenseConfigurationArns: [] };

    expect(planOf({ launchTemplate }, {}, { images: [image] })).toMatchObject({ ok: true });
  });

  const unlicensed = { ...LICENSED, licenseConfigurationArns: [] };
  const open = { ...LICENSED, instanceType: null };
  const noImage = { ...LICENSED, imageId: null };
  const alias = { ...LICENSED, imageId: 'resolve:ssm:/golden' };
  it.each`
    group                                                    | choice            | reason
    ${{ name: 'another' }}                                   | ${{}}             | ${{ code: 'group-unknown' }}
    ${{ obstacle: 'moving-version', launchTemplate: null }}  | ${{}}             | ${{ code: 'group-not-scalable', why: 'moving-version' }}
    ${{ obstacle: 'mixed-instances', launchTemplate: null }} | ${{}}             | ${{ code: 'group-not-scalable', why: 'mixed-instances' }}
    ${{ obstacle: 'launch-suspended' }}                      | ${{}}             | ${{ code: 'group-not-scalable', why: 'launch-suspended' }}
    ${{ launchTemplate: null }}                              | ${{}}             | ${{ code: 'group-not-scalable', why: 'version-gone' }}
    ${{ launchTemplate: open }}                              | ${{}}             | ${{ code: 'group-not-scalable', why: 'no-type' }}
    ${{ launchTemplate: alias }}                             | ${{}}             | ${{ code: 'template-incomplete' }}
    ${{ launchTemplate: noImage }}                           | ${{}}             | ${{ code: 'template-incomplete', missing: 'image' }}
    ${{ launchTemplate: unlicensed }}                        | ${{}}             | ${{ code: 'group-without-licenses' }}
    ${{}}                                                    | ${{ until: NOW }} | ${{ code: 'group-without-end' }}
  `('is refused: $reason', ({ group, choice, reason }) => {
    expect(planOf(group, choice)).toEqual({
      ok: false,
      reasons: [expect.objectContaining(reason)],
    });
  });
});

describe('the next step of a growth', () => {
  const planning = planOf({ maximum: 4 });
  if (!planning.ok || planning.plan.action.operation !== 'scale') throw new Error('no plan');
  const plan = machinesOf(planning.plan);
  const { action } = planning.plan;
  if (action.operation !== 'scale') throw new Error('no plan');
  const { imageId, instanceType } = plan;
  const machine = anInstance({ imageId, instanceType });
  const three = [machine, machine, machine];
  const following = { id: LICENSED.launchTemplateId, version: '$Latest' };

  it.each<[SeenGroup['group'], Partial<SeenGroup>, string]>([
    [aGroup(), {}, 'grow'],
    [aGroup(), { ours: true }, 'grow'],
    [null, {}, 'gone'],
    [aGroup({ desired: 3 }), {}, 'changed'],
    [aGroup({ desired: 5 }), {}, 'changed'],
    [aGroup({ templateVersion: { ...following, version: '8' } }), {}, 'changed'],
    [aGroup({ templateVersion: following, obstacle: 'moving-version' }), {}, 'changed'],
    [aGroup({ desired: 5 }), { ours: true }, 'wait'],
    [aGroup({ desired: 5 }), { ours: true, launched: [machine] }, 'wait'],
    [aGroup({ desired: 5 }), { ours: true, launched: [machine], failed: 'No.' }, 'failed'],
    [aGroup({ desired: 5 }), { ours: true, launched: three }, 'done'],
    [aGroup({ desired: 5 }), { ours: true, launched: three, failed: 'No.' }, 'done'],
    [aGroup({ desired: 6 }), { ours: true, launched: three }, 'done'],
    [aGroup({ desired: 4 }), { ours: true, launched: [machine] }, 'changed'],
    [
      aGroup({ desired: 5 }),
      { ours: true, launched: [anInstance({ imageId, instanceType: 'm6i.large' })] },
      'changed',
    ],
  ])('%#: %o %o is %s', (group, seen, step) => {
    const all = { group, ours: false, launched: [], failed: null, ...seen };
    expect(nextScaleStep(plan, action, all)).toBe(step);
  });

  it.each`
    desired | maximum | launched | numbers
    ${5}    | ${5}    | ${0}     | ${{ first: 2, last: 2, maximum: 4 }}
    ${5}    | ${5}    | ${2}     | ${{ first: 4, last: 2, maximum: 4 }}
    ${2}    | ${5}    | ${0}     | ${{ first: 2, last: 2, maximum: 4 }}
    ${3}    | ${5}    | ${2}     | ${{ first: 3, last: 2, maximum: 4 }}
    ${5}    | ${9}    | ${0}     | ${{ first: 2, last: 2, maximum: null }}
    ${6}    | ${9}    | ${0}     | ${null}
    ${1}    | ${5}    | ${0}     | ${null}
  `(
    'goes back from $desired of $maximum with $launched launched',
    ({ desired, maximum, launched, numbers }) => {
      const group = aGroup({ desired, maximum });
      const seen = { group, ours: true, launched: three.slice(0, launched), failed: null };
      expect(numbersBefore(action, seen)).toEqual(numbers);
    },
  );
});
