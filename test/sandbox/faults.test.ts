import { describe, expect, it } from 'vitest';
import { createFaultPlan, Fault } from '../../sandbox/faults.ts';

describe('createFaultPlan', () => {
  it('hits every match until it is cleared', () => {
    const plan = createFaultPlan();
    plan.replace([{ service: 'ec2', operation: 'RunInstances', effect: 'error' }]);

    expect(plan.next('ec2', 'RunInstances')?.effect).toBe('error');
    expect(plan.next('ec2', 'RunInstances')?.effect).toBe('error');
    expect(plan.next('ec2', 'DescribeHosts')).toBeNull();
    expect(plan.next('sqs', 'RunInstances')).toBeNull();

    plan.replace([]);
    expect(plan.next('ec2', 'RunInstances')).toBeNull();
  });

  it('hits only the nth match since it was set', () => {
    const plan = createFaultPlan();
    plan.next('slack', 'chat.postMessage');
    plan.replace([{ service: 'slack', operation: '*', effect: 'lose_response', nth: 2 }]);

    const hits = ['chat.postMessage', 'views.open', 'chat.update'].map(
      (method) => plan.next('slack', method)?.effect ?? null,
    );

    expect(hits).toEqual([null, 'lose_response', null]);
  });

  it('counts a call for every fault that it matches', () => {
    const plan = createFaultPlan();
    plan.replace([
      { service: 'sqs', operation: 'SendMessage', effect: 'throttle', nth: 1 },
      { service: 'sqs', operation: '*', effect: 'delay', nth: 2 },
    ]);

    expect(plan.next('sqs', 'SendMessage')?.effect).toBe('throttle');
    expect(plan.next('sqs', 'SendMessage')?.effect).toBe('delay');
    expect(plan.list()).toHaveLength(2);
  });
});

describe('Fault', () => {
  it.each([
    [{ service: 'ec2', operation: '*', effect: 'explode' }],
    [{ service: 'ec2', operation: '*', effect: 'error', nth: 0 }],
    [{ service: 'ec2', operation: '*', effect: 'delay', ms: -1 }],
    [{ service: 'ec2', operation: '*', effect: 'error', extra: true }],
    [{ operation: '*', effect: 'error' }],
  ])('refuses %j', (fault) => {
    expect(Fault.safeParse(fault).success).toBe(false);
  });
});
