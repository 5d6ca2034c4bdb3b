import { describe, expect, it } from 'vitest';
import type { Instance } from '#domain/estate/instance.ts';
import { nextResizeStep, nextUndoStep } from '#domain/launch/resize-steps.ts';
import { differenceOf, nextStartStep } from '#domain/launch/start-step.ts';
import { anInstance, aPlan, aResize, aStart, configurationArn } from '../../builders.ts';

const OLD = { instanceType: 'r6i.2xlarge', cpuOptions: { coreCount: 4, threadsPerCore: 2 } };
const BETWEEN = { instanceType: 'r6i.4xlarge', cpuOptions: { coreCount: 8, threadsPerCore: 2 } };
const NEW = { instanceType: 'r6i.4xlarge', cpuOptions: { coreCount: 6, threadsPerCore: 2 } };
const OTHER = { instanceType: 'm5.large', cpuOptions: { coreCount: 1, threadsPerCore: 2 } };

const resize = (running = true) => aResize({ from: OLD, running });
const plan = aPlan({ action: resize(), ...NEW });

describe('the next step of a resize', () => {
  it.each`
    ran      | state              | size       | ours     | step             | because
    ${true}  | ${'running'}       | ${OLD}     | ${false} | ${'stop'}        | ${'nothing is done yet'}
    ${true}  | ${'running'}       | ${OLD}     | ${true}  | ${'stop'}        | ${'it was marked and not stopped'}
    ${true}  | ${'stopping'}      | ${OLD}     | ${true}  | ${'wait'}        | ${'EC2 stops it'}
    ${true}  | ${'stopped'}       | ${OLD}     | ${true}  | ${'change-type'} | ${'it may be changed now'}
    ${true}  | ${'stopped'}       | ${BETWEEN} | ${true}  | ${'change-cpus'} | ${'the type brought its own options'}
    ${true}  | ${'stopped'}       | ${NEW}     | ${true}  | ${'start'}       | ${'it ran before'}
    ${true}  | ${'pending'}       | ${NEW}     | ${true}  | ${'wait'}        | ${'EC2 starts it'}
    ${true}  | ${'running'}       | ${NEW}     | ${true}  | ${'done'}        | ${'it runs at the new size'}
    ${false} | ${'stopped'}       | ${OLD}     | ${false} | ${'change-type'} | ${'it did not run'}
    ${false} | ${'stopped'}       | ${NEW}     | ${true}  | ${'done'}        | ${'it did not run before'}
    ${false} | ${'stopped'}       | ${NEW}     | ${false} | ${'changed'}     | ${'somebody else resized it'}
    ${false} | ${'running'}       | ${OLD}     | ${false} | ${'changed'}     | ${'somebody started it'}
    ${true}  | ${'stopped'}       | ${OLD}     | ${false} | ${'changed'}     | ${'somebody stopped it'}
    ${true}  | ${'running'}       | ${NEW}     | ${false} | ${'changed'}     | ${'somebody else resized it'}
    ${true}  | ${'running'}       | ${OTHER}   | ${true}  | ${'changed'}     | ${'somebody else resized it'}
    ${true}  | ${'stopped'}       | ${OTHER}   | ${true}  | ${'changed'}     | ${'somebody else resized it'}
    ${true}  | ${'stopping'}      | ${OLD}     | ${false} | ${'changed'}     | ${'somebody stops it'}
    ${true}  | ${'shutting-down'} | ${OLD}     | ${true}  | ${'gone'}        | ${'it ends'}
    ${true}  | ${'terminated'}    | ${NEW}     | ${true}  | ${'gone'}        | ${'it ended'}
  `('of one that is $state is to $step: $because', ({ ran, state, size, ours, step }) => {
    const instance = anInstance({ state, ...size });

    expect(nextResizeStep(plan, resize(ran), { instance, ours })).toBe(step);
  });

  it('is none where EC2 shows no instance', () => {
    expect(nextResizeStep(plan, resize(), { instance: null, ours: false })).toBe('gone');
  });

  it('changes CPU options alone where the type stays', () => {
    const fewer = { ...OLD, cpuOptions: { coreCount: 2, threadsPerCore: 1 } };
    const seen = { instance: anInstance({ state: 'stopped', ...OLD }), ours: true };

    expect(nextResizeStep({ ...plan, ...fewer }, resize(), seen)).toBe('change-cpus');
  });
});

describe('the next step back', () => {
  it.each`
    ran      | state           | size                                                           | step
    ${true}  | ${'running'}    | ${OLD}                                                         | ${'done'}
    ${true}  | ${'pending'}    | ${OLD}                                                         | ${'wait'}
    ${true}  | ${'stopping'}   | ${OLD}                                                         | ${'wait'}
    ${true}  | ${'stopped'}    | ${NEW}                                                         | ${'change-type'}
    ${true}  | ${'stopped'}    | ${BETWEEN}                                                     | ${'change-type'}
    ${true}  | ${'stopped'}    | ${{ ...OLD, cpuOptions: { coreCount: 2, threadsPerCore: 2 } }} | ${'change-cpus'}
    ${true}  | ${'stopped'}    | ${OLD}                                                         | ${'start'}
    ${false} | ${'stopped'}    | ${OLD}                                                         | ${'done'}
    ${true}  | ${'running'}    | ${NEW}                                                         | ${'changed'}
    ${false} | ${'running'}    | ${OLD}                                                         | ${'changed'}
    ${true}  | ${'stopped'}    | ${OTHER}                                                       | ${'changed'}
    ${true}  | ${'terminated'} | ${OLD}                                                         | ${'gone'}
  `('of one that is $state at $size.instanceType is to $step', ({ ran, state, size, step }) => {
    expect(nextUndoStep(plan, resize(ran), anInstance({ state, ...size }))).toBe(step);
  });
});

describe('the next step of a start', () => {
  const start = aPlan({ action: aStart() });

  it.each`
    state              | size     | ours     | step
    ${'stopped'}       | ${OLD}   | ${false} | ${'start'}
    ${'stopped'}       | ${OLD}   | ${true}  | ${'start'}
    ${'stopped'}       | ${OTHER} | ${true}  | ${'changed'}
    ${'pending'}       | ${OLD}   | ${true}  | ${'done'}
    ${'running'}       | ${OLD}   | ${true}  | ${'done'}
    ${'running'}       | ${OLD}   | ${false} | ${'changed'}
    ${'running'}       | ${OTHER} | ${true}  | ${'changed'}
    ${'stopping'}      | ${OLD}   | ${true}  | ${'wait'}
    ${'stopping'}      | ${OLD}   | ${false} | ${'changed'}
    ${'shutting-down'} | ${OLD}   | ${true}  | ${'gone'}
    ${'terminated'}    | ${OLD}   | ${true}  | ${'gone'}
  `('of one that is $state is to $step', ({ state, size, ours, step }) => {
    expect(nextStartStep(start, { instance: anInstance({ state, ...size }), ours })).toBe(step);
  });

  it('is none where EC2 shows no instance', () => {
    expect(nextStartStep(start, { instance: null, ours: true })).toBe('gone');
  });
});

describe('what is not as it was approved', () => {
  const arns = [configurationArn('1'), configurationArn('2')];
  const action = aStart({ attach: [configurationArn('2')] });
  const approved = aPlan({
    action,
    licenseConfigurationArns: arns,
    tenancy: 'host',
    hostId: 'h-1',
  });
  const asApproved = { tenancy: 'host', hostId: 'h-1' } as const;

  it.each`
    change                                                            | ours     | difference
    ${{}}                                                             | ${false} | ${null}
    ${{ licenseConfigurationArns: arns }}                             | ${true}  | ${null}
    ${{ imageId: 'ami-other' }}                                       | ${false} | ${'image'}
    ${{ tenancy: 'default' }}                                         | ${false} | ${'tenancy'}
    ${{ hostId: 'h-2' }}                                              | ${false} | ${'host'}
    ${{ hostId: null }}                                               | ${true}  | ${null}
    ${{ licenseConfigurationArns: [] }}                               | ${false} | ${'licenses'}
    ${{ licenseConfigurationArns: [configurationArn('2')] }}          | ${false} | ${'licenses'}
    ${{ licenseConfigurationArns: [...arns, configurationArn('3')] }} | ${false} | ${'licenses'}
  `('by $change is its $difference', ({ change, ours, difference }) => {
    const instance: Instance = anInstance({ ...asApproved, ...change });

    expect(differenceOf(approved, action, { instance, ours })).toBe(difference);
  });

  it('is nothing of an instance that is gone: that is told already', () => {
    expect(differenceOf(approved, action, { instance: null, ours: false })).toBeNull();
  });
});
