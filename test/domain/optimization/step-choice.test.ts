import { describe, expect, it } from 'vitest';
import type { LaunchChoice } from '#domain/launch/launch-plan.ts';
import type { Step } from '#domain/optimization/recommendation.ts';
import { choiceOfStep, type StepPlace } from '#domain/optimization/step-choice.ts';
import { ACCOUNT, aLedger, anInstance, configurationArn, poolId, REGION } from '../../builders.ts';

const PLACE = { account: ACCOUNT, region: REGION };
const ID = 'i-0123456789abcdef0';
const INSTANCE = anInstance({
  instanceId: ID,
  instanceType: 'r6i.2xlarge',
  licenseConfigurationArns: [configurationArn('1'), configurationArn('2')],
});
const KNOWN: StepPlace = {
  instances: [INSTANCE],
  pools: ['1', '2', '3'].map((digit) => aLedger({ digit })),
  hosts: new Map([['new-host-1', 'h-0123456789abcdef0']]),
};
const OF_MACHINE = {
  ...PLACE,
  ...{ poolId: poolId('1'), otherPoolIds: [poolId('2')], count: 1, hostId: null, until: null },
};
const NO_LICENSES = { add: [], remove: [] };

describe('the request that a step becomes', () => {
  it.each<[Step, LaunchChoice]>([
    [
      { do: 'start', ...PLACE, instanceId: ID },
      {
        ...OF_MACHINE,
        target: { operation: 'start', instanceId: ID },
        ...{ instanceType: 'r6i.2xlarge', cores: null, threadsPerCore: null },
      },
    ],
    [
      { do: 'resize', ...PLACE, instanceId: ID, instanceType: 'r6i.xlarge', cpuOptions: null },
      {
        ...OF_MACHINE,
        target: { operation: 'resize', instanceId: ID },
        ...{ instanceType: 'r6i.xlarge', cores: null, threadsPerCore: null },
      },
    ],
    [
      {
        ...{ do: 'resize', ...PLACE, instanceId: ID, instanceType: 'r6i.2xlarge' },
        cpuOptions: { coreCount: 2, threadsPerCore: 1 },
      },
      {
        ...OF_MACHINE,
        target: { operation: 'resize', instanceId: ID },
        ...{ instanceType: 'r6i.2xlarge', cores: 2, threadsPerCore: 1 },
      },
    ],
    [
      { do: 'stop', ...PLACE, instanceId: ID },
      { ...PLACE, target: { operation: 'stop', instanceId: ID } },
    ],
    [
      { do: 'convert', ...PLACE, instanceId: ID, from: 'a', to: 'b' },
      { ...PLACE, target: { operation: 'convert', instanceId: ID, from: 'a', to: 'b' } },
    ],
    [
      { do: 'move', ...PLACE, instanceId: ID, tenancy: 'host', hostId: 'h-1' },
      {
        ...PLACE,
        target: {
          ...{ operation: 'move', instanceId: ID, hostId: 'h-1', affinity: 'host' },
          licenses: NO_LICENSES,
        },
      },
    ],
    [
      { do: 'move', ...PLACE, instanceId: ID, tenancy: 'host', hostId: 'new-host-1' },
      {
        ...PLACE,
        target: {
          ...{ operation: 'move', instanceId: ID, affinity: 'host' },
          ...{ hostId: 'h-0123456789abcdef0', licenses: NO_LICENSES },
        },
      },
    ],
    [
      { do: 'move', ...PLACE, instanceId: ID, tenancy: 'default', hostId: null },
      {
        ...PLACE,
        target: {
          ...{ operation: 'move', instanceId: ID, hostId: null, affinity: 'default' },
          licenses: NO_LICENSES,
        },
      },
    ],
    [
      {
        ...{ do: 'associate', ...PLACE, add: ['arn:1'], remove: ['arn:2'] },
        resourceArn: `arn:aws:ec2:${REGION}:${ACCOUNT}:instance/${ID}`,
      },
      {
        ...PLACE,
        target: {
          operation: 'associate',
          instanceId: ID,
          licenses: { add: ['arn:1'], remove: ['arn:2'] },
        },
      },
    ],
    [
      {
        ...{ do: 'allocate-host', ...PLACE, ref: 'new-host-1' },
        ...{ instanceFamily: 'r5', availabilityZone: 'us-east-1a' },
      },
      {
        ...PLACE,
        target: {
          ...{ operation: 'allocate-host', instanceFamily: 'r5' },
          ...{ availabilityZone: 'us-east-1a', hostRecovery: false },
        },
      },
    ],
    [
      { do: 'release-host', ...PLACE, hostId: 'h-1' },
      { ...PLACE, target: { operation: 'release-host', hostId: 'h-1' } },
    ],
  ])('of %o is %o', (step, choice) => {
    expect(choiceOfStep(step, KNOWN)).toEqual(choice);
  });

  it.each<[string, Step, Partial<StepPlace>]>([
    ['done by hand', { do: 'by-hand', ...PLACE, task: 'buy-licenses', on: 'x', to: null }, {}],
    ['of an instance that is gone', { do: 'start', ...PLACE, instanceId: ID }, { instances: [] }],
    ['of an instance without pools', { do: 'start', ...PLACE, instanceId: ID }, { pools: [] }],
    [
      'onto a host that is not allocated yet',
      { do: 'move', ...PLACE, instanceId: ID, tenancy: 'host', hostId: 'new-host-2' },
      {},
    ],
    ['onto any host', { do: 'move', ...PLACE, instanceId: ID, tenancy: 'host', hostId: null }, {}],
    [
      'onto hardware of its own',
      { do: 'move', ...PLACE, instanceId: ID, tenancy: 'dedicated', hostId: null },
      {},
    ],
    [
      'of what is no instance',
      { do: 'associate', ...PLACE, add: [], remove: [], resourceArn: 'arn:x:host/h-1' },
      {},
    ],
  ])('is none where the step is %s', (_why, step, changes) => {
    expect(choiceOfStep(step, { ...KNOWN, ...changes })).toBeNull();
  });
});
