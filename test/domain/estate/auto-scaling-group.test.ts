import { describe, expect, it } from 'vitest';
import {
  type AutoScalingGroup,
  obstacleOf,
  templatesOfGroups,
} from '#domain/estate/auto-scaling-group.ts';
import { aTemplate } from '../../builders.ts';

function aGroup(changes: Partial<AutoScalingGroup> = {}): AutoScalingGroup {
  return {
    name: 'reporting',
    minimum: 0,
    maximum: 4,
    desired: 2,
    obstacle: null,
    templateVersion: { id: 'lt-0000000000000000a', version: '3' },
    launchTemplate: aTemplate(),
    subnetIds: [],
    availabilityZones: [],
    instanceIds: [],
    requestId: null,
    ...changes,
  };
}

describe('an Auto Scaling group', () => {
  it.each`
    changes                                                  | obstacle
    ${{}}                                                    | ${null}
    ${{ obstacle: 'launch-suspended' }}                      | ${'launch-suspended'}
    ${{ obstacle: 'no-template', launchTemplate: null }}     | ${'no-template'}
    ${{ launchTemplate: null }}                              | ${'version-gone'}
    ${{ launchTemplate: aTemplate({ instanceType: null }) }} | ${'no-type'}
  `('with $changes cannot grow by a plan because of $obstacle', ({ changes, obstacle }) => {
    expect(obstacleOf(aGroup(changes))).toBe(obstacle);
  });

  it('launches from its own version of a template, and from none once that is gone', () => {
    const older = aTemplate({ version: 2 });
    const autoScalingGroups = [
      aGroup(),
      aGroup({ launchTemplate: null }),
      aGroup({ launchTemplate: older }),
    ];

    expect(templatesOfGroups({ autoScalingGroups })).toEqual([aTemplate(), older]);
  });
});
