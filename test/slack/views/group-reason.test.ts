import { describe, expect, it } from 'vitest';
import { Reason } from '#domain/launch/launch-reason.ts';
import { isMachineReason, machineReasonText } from '#slack/views/machine-reason.ts';

describe('a reason about an Auto Scaling group', () => {
  it.each`
    reason                                                     | text
    ${{ code: 'group-unknown' }}                               | ${'is not there.'}
    ${{ code: 'group-not-scalable', why: 'mixed-instances' }}  | ${'chooses among several instance types, so that nobody can tell what it launches.'}
    ${{ code: 'group-not-scalable', why: 'no-template' }}      | ${'has no launch template.'}
    ${{ code: 'group-not-scalable', why: 'moving-version' }}   | ${'follows $Latest or $Default of its launch template: pin it to a version, so that it launches what is approved.'}
    ${{ code: 'group-not-scalable', why: 'version-gone' }}     | ${'is pinned to a version of its launch template that is gone.'}
    ${{ code: 'group-not-scalable', why: 'no-type' }}          | ${'has a launch template without an instance type.'}
    ${{ code: 'group-not-scalable', why: 'launch-suspended' }} | ${'has its launches suspended.'}
    ${{ code: 'group-not-scalable', why: 'being-deleted' }}    | ${'is being deleted.'}
    ${{ code: 'group-without-licenses' }}                      | ${'launches without a license of the pool chosen.'}
    ${{ code: 'group-without-end' }}                           | ${'would replace what is stopped: its instances cannot end on a date.'}
  `('says $reason.code $reason.why in words', ({ reason, text }) => {
    const parsed = Reason.parse({ ...reason, autoScalingGroupName: 'month-end' });
    if (!isMachineReason(parsed)) throw new Error('no such reason');

    expect(machineReasonText(parsed)).toBe(`The Auto Scaling group month-end ${text}`);
  });
});
