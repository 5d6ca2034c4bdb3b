import { describe, expect, it } from 'vitest';
import type { Instance } from '#domain/estate/instance.ts';
import { nextMoveBack, nextMoveStep } from '#domain/launch/move-steps.ts';
import {
  nextAssociateStep,
  nextConvertBack,
  nextConvertStep,
  nextStopStep,
} from '#domain/launch/other-steps.ts';
import { aConversion, aHost, aMove, anInstance, aPlan, configurationArn } from '../../builders.ts';

const hostId = aHost().hostId;
const [own, other] = [configurationArn('1'), configurationArn('2')];
const licenses = { add: [other], remove: [own] };
const THERE = {
  tenancy: 'host',
  hostId,
  affinity: 'host',
  licenseConfigurationArns: [other],
} as const;
const PLACED = { ...THERE, licenseConfigurationArns: [own] } as const;
const plan = aPlan({ tenancy: 'host', hostId });
const seen = (instance: Partial<Instance>, ours: boolean) => ({
  instance: anInstance(instance),
  ours,
});

describe('the next step of a move', () => {
  it.each`
    instance                                      | ours     | running  | step
    ${{}}                                         | ${false} | ${true}  | ${'stop'}
    ${{}}                                         | ${true}  | ${true}  | ${'stop'}
    ${{}}                                         | ${false} | ${false} | ${'changed'}
    ${{ state: 'stopping' }}                      | ${true}  | ${true}  | ${'wait'}
    ${{ state: 'stopping' }}                      | ${false} | ${true}  | ${'changed'}
    ${{ state: 'pending', ...THERE }}             | ${true}  | ${true}  | ${'wait'}
    ${{ state: 'stopped' }}                       | ${true}  | ${true}  | ${'place'}
    ${{ state: 'stopped' }}                       | ${false} | ${true}  | ${'changed'}
    ${{ state: 'stopped' }}                       | ${false} | ${false} | ${'place'}
    ${{ state: 'stopped', tenancy: 'dedicated' }} | ${true}  | ${true}  | ${'changed'}
    ${{ state: 'stopped', ...PLACED }}            | ${true}  | ${true}  | ${'associate'}
    ${{ state: 'stopped', ...THERE }}             | ${true}  | ${true}  | ${'start'}
    ${{ state: 'stopped', ...THERE }}             | ${true}  | ${false} | ${'done'}
    ${{ ...THERE }}                               | ${true}  | ${true}  | ${'done'}
    ${{ ...THERE }}                               | ${false} | ${true}  | ${'changed'}
    ${{ state: 'shutting-down' }}                 | ${true}  | ${true}  | ${'gone'}
    ${{ state: 'terminated' }}                    | ${true}  | ${true}  | ${'gone'}
  `('of $instance, ours: $ours, ran: $running, is $step', ({ instance, ours, running, step }) => {
    const action = aMove({ licenses, running });
    expect(nextMoveStep(plan, action, seen(instance, ours))).toBe(step);
  });

  it('of one that is gone is nothing', () => {
    expect(nextMoveStep(plan, aMove(), { instance: null, ours: true })).toBe('gone');
  });

  it('takes a stopped one that does not show its host for where it was', () => {
    const from = { tenancy: 'host', hostId: 'h-1', affinity: 'default' } as const;
    const stopped = { state: 'stopped', tenancy: 'host', hostId: null } as const;
    expect(nextMoveStep(plan, aMove({ from }), seen(stopped, true))).toBe('place');
  });
});

describe('the next step back of a move', () => {
  it.each`
    instance                           | running  | step
    ${{ state: 'stopping' }}           | ${true}  | ${'wait'}
    ${{ state: 'pending' }}            | ${true}  | ${'wait'}
    ${{ state: 'stopped', ...PLACED }} | ${true}  | ${'place'}
    ${{ state: 'stopped' }}            | ${true}  | ${'start'}
    ${{ state: 'stopped' }}            | ${false} | ${'done'}
    ${{}}                              | ${true}  | ${'done'}
    ${{}}                              | ${false} | ${'changed'}
    ${{ ...THERE }}                    | ${true}  | ${'changed'}
    ${{ state: 'shutting-down' }}      | ${true}  | ${'gone'}
    ${{ state: 'terminated' }}         | ${true}  | ${'gone'}
  `('of $instance, ran: $running, is $step', ({ instance, running, step }) => {
    expect(nextMoveBack(aMove({ running }), anInstance(instance))).toBe(step);
  });
});

describe('the next step of a conversion', () => {
  const converted = { usageOperation: 'RunInstances:0002' };
  const otherwise = { usageOperation: 'RunInstances:0006' };

  it.each`
    instance                              | step         | back
    ${{}}                                 | ${'stop'}    | ${'done'}
    ${{ state: 'stopped' }}               | ${'convert'} | ${'start'}
    ${{ state: 'stopped', ...converted }} | ${'start'}   | ${'convert'}
    ${{ state: 'stopped', ...otherwise }} | ${'changed'} | ${'changed'}
    ${{ ...converted }}                   | ${'done'}    | ${'changed'}
  `('of $instance is $step, and $back back', ({ instance, step, back }) => {
    expect(nextConvertStep(aConversion(), seen(instance, true))).toBe(step);
    expect(nextConvertBack(aConversion(), anInstance(instance))).toBe(back);
  });

  it('of one that is gone is nothing', () => {
    expect(nextConvertStep(aConversion(), { instance: null, ours: true })).toBe('gone');
  });
});

describe('the next step of a stop', () => {
  it.each`
    state              | ours     | step
    ${'running'}       | ${false} | ${'stop'}
    ${'stopping'}      | ${true}  | ${'wait'}
    ${'stopping'}      | ${false} | ${'changed'}
    ${'stopped'}       | ${true}  | ${'done'}
    ${'stopped'}       | ${false} | ${'changed'}
    ${'pending'}       | ${true}  | ${'changed'}
    ${'shutting-down'} | ${true}  | ${'gone'}
    ${'terminated'}    | ${true}  | ${'gone'}
  `('while it is $state, ours: $ours, is $step', ({ state, ours, step }) => {
    expect(nextStopStep(seen({ state }, ours))).toBe(step);
  });

  it('of one that is gone is nothing', () => {
    expect(nextStopStep({ instance: null, ours: false })).toBe('gone');
  });
});

describe('the next step of another association', () => {
  const action = { operation: 'associate', instanceId: 'i-0000000000000000a', licenses } as const;

  it.each`
    instance                                      | ours     | step
    ${{}}                                         | ${false} | ${'associate'}
    ${{ state: 'stopped' }}                       | ${false} | ${'associate'}
    ${{ licenseConfigurationArns: [other] }}      | ${true}  | ${'done'}
    ${{ licenseConfigurationArns: [other] }}      | ${false} | ${'changed'}
    ${{ licenseConfigurationArns: [] }}           | ${true}  | ${'changed'}
    ${{ licenseConfigurationArns: [own, other] }} | ${true}  | ${'changed'}
    ${{ state: 'shutting-down' }}                 | ${true}  | ${'gone'}
    ${{ state: 'terminated' }}                    | ${true}  | ${'gone'}
  `('of $instance, ours: $ours, is $step', ({ instance, ours, step }) => {
    expect(nextAssociateStep(action, seen(instance, ours))).toBe(step);
  });

  it('of one that is gone is nothing', () => {
    expect(nextAssociateStep(action, { instance: null, ours: true })).toBe('gone');
  });
});
