import type { AutoScalingGroup } from '@aws-sdk/client-auto-scaling';
import { type Ground, someDayAgo } from './ground.ts';
import { hexadecimalId } from './ids.ts';
import { launchTemplateId } from './launch-templates.ts';
import { zone } from './network.ts';
import type { Group } from './site.ts';

/** Auto Scaling groups, empty while nobody needs them. */
export function addAutoScalingGroups(ground: Ground): void {
  for (const plan of ground.site.autoScalingGroups ?? []) addGroup(ground, plan);
}

function addGroup(ground: Ground, { name, template, maximum }: Group): void {
  const { site, state } = ground;
  const place = zone(site, 0);
  const group: AutoScalingGroup = {
    AutoScalingGroupName: name,
    AutoScalingGroupARN: `arn:aws:autoscaling:${site.region}:${site.account}:autoScalingGroup:${hexadecimalId('group', site.account, site.region, name)}:autoScalingGroupName/${name}`,
    LaunchTemplate: {
      LaunchTemplateId: launchTemplateId(site, template),
      LaunchTemplateName: template,
      Version: '1',
    },
    MinSize: 0,
    MaxSize: maximum,
    DesiredCapacity: 0,
    DefaultCooldown: 300,
    AvailabilityZones: [place.name],
    VPCZoneIdentifier: place.subnetId,
    HealthCheckType: 'EC2',
    HealthCheckGracePeriod: 300,
    CreatedTime: someDayAgo(ground, 100, 600, 'group', name),
    SuspendedProcesses: [],
    Instances: [],
    Tags: [],
    TerminationPolicies: ['Default'],
    NewInstancesProtectedFromScaleIn: false,
  };
  state.autoScalingGroups.set(name, { group, activities: [], actsAt: null });
}
