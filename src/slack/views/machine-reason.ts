import type { GroupObstacle } from '#domain/estate/auto-scaling-group.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';
import { plural } from '#slack/views/figures.ts';
import { nameText } from '#slack/views/text.ts';

/** A reason about a template, an image, a group, an instance type or a Dedicated Host. */
export type MachineReason = Extract<
  Reason,
  {
    readonly code:
      | `${'image' | 'template' | 'instance-type' | 'cpu-options' | 'group'}-${string}`
      | `host-${'unknown' | 'unavailable' | 'family-mismatch' | 'in-other-zone' | 'full' | 'not-supported'}`
      | 'architecture-mismatch'
      | 'instance-unknown'
      | 'instance-not-stopped'
      | 'nothing-to-resize'
      | 'no-host-with-room'
      | 'spot-not-supported'
      | 'spot-on-host';
  }
>;
type GroupReason = Extract<MachineReason, { readonly autoScalingGroupName: string }>;
type HostReason = Extract<MachineReason, { readonly hostId: string }>;

const CODES: Readonly<Record<MachineReason['code'], true>> = {
  'instance-unknown': true,
  'instance-not-stopped': true,
  'nothing-to-resize': true,
  'template-not-allowed': true,
  'template-unknown': true,
  'template-incomplete': true,
  'image-unavailable': true,
  'image-without-licenses': true,
  'instance-type-not-allowed': true,
  'instance-type-unknown': true,
  'architecture-mismatch': true,
  'cpu-options-unsupported': true,
  'cpu-options-invalid': true,
  'spot-not-supported': true,
  'spot-on-host': true,
  'group-unknown': true,
  'group-not-scalable': true,
  'group-without-licenses': true,
  'group-without-end': true,
  'host-unknown': true,
  'host-unavailable': true,
  'host-family-mismatch': true,
  'host-in-other-zone': true,
  'host-full': true,
  'host-not-supported': true,
  'no-host-with-room': true,
};

/** Whether a reason is one of these. */
export function isMachineReason(reason: Reason): reason is MachineReason {
  return reason.code in CODES;
}

/** A reason about what would run, as a sentence. */
export function machineReasonText(reason: MachineReason): string {
  if ('hostId' in reason) return hostReasonText(reason, nameText(reason.hostId));
  if ('autoScalingGroupName' in reason) return groupReasonText(reason);
  switch (reason.code) {
    case 'instance-unknown':
      return `The instance ${nameText(reason.instanceId)} is not there.`;
    case 'instance-not-stopped':
      return `The instance ${nameText(reason.instanceId)} is ${nameText(reason.state)}, not stopped.`;
    case 'nothing-to-resize':
      return `The instance ${nameText(reason.instanceId)} has that type and those CPU options already.`;
    case 'template-not-allowed':
      return 'Policy does not allow this launch template.';
    case 'template-unknown':
      return 'The launch template is not there any more.';
    case 'template-incomplete':
      return reason.missing === 'image'
        ? 'The launch template names no image.'
        : 'The launch template must name its image by id, not through a parameter.';
    case 'image-unavailable':
      return `The image ${nameText(reason.imageId)} is not available.`;
    case 'image-without-licenses':
      return `The image ${nameText(reason.imageId)} does not have the pool’s licenses in its hourly price.`;
    case 'instance-type-not-allowed':
      return 'Policy does not allow this instance type.';
    case 'instance-type-unknown':
      return `The instance type ${nameText(reason.instanceType)} is not offered in this Region.`;
    case 'architecture-mismatch':
      return `The image is for ${nameText(reason.image)}, which the instance type does not run.`;
    case 'cpu-options-unsupported':
      return 'The instance type takes no CPU options.';
    case 'cpu-options-invalid':
      return `The instance type takes ${choice(reason.validCores, 'core')} with ${choice(reason.validThreadsPerCore, 'thread')} per core.`;
    case 'host-not-supported':
      return `${nameText(reason.instanceType)} does not run on Dedicated Hosts.`;
    case 'no-host-with-room':
      return 'No Dedicated Host has room for it.';
    case 'spot-not-supported':
      return `${nameText(reason.instanceType)} is not offered as a Spot Instance.`;
    case 'spot-on-host':
      return 'Spot Instances do not run on Dedicated Hosts.';
  }
}

const OBSTACLES: Readonly<Record<GroupObstacle, string>> = {
  'mixed-instances':
    'chooses among several instance types, so that nobody can tell what it launches',
  'no-template': 'has no launch template',
  'moving-version':
    'follows $Latest or $Default of its launch template: pin it to a version, so that it launches what is approved',
  'version-gone': 'is pinned to a version of its launch template that is gone',
  'no-type': 'has a launch template without an instance type',
  'launch-suspended': 'has its launches suspended',
  'being-deleted': 'is being deleted',
};

function groupReasonText(reason: GroupReason): string {
  const group = `The Auto Scaling group ${nameText(reason.autoScalingGroupName)}`;
  switch (reason.code) {
    case 'group-unknown':
      return `${group} is not there.`;
    case 'group-not-scalable':
      return `${group} ${OBSTACLES[reason.why]}.`;
    case 'group-without-licenses':
      return `${group} launches without a license of the pool chosen.`;
    case 'group-without-end':
      return `${group} would replace what is stopped: its instances cannot end on a date.`;
  }
}

function hostReasonText(reason: HostReason, host: string): string {
  switch (reason.code) {
    case 'host-unknown':
      return `The Dedicated Host ${host} is not known.`;
    case 'host-unavailable':
      return `The Dedicated Host ${host} is ${nameText(reason.state)}.`;
    case 'host-family-mismatch':
      return `The Dedicated Host ${host} takes ${nameText(reason.family)} instances only.`;
    case 'host-in-other-zone':
      return `The Dedicated Host ${host} is in ${nameText(reason.zone)}, where the launch does not go.`;
    case 'host-full':
      return `The Dedicated Host ${host} has room for ${plural(reason.fits, 'more such instance', 'more such instances')}.`;
  }
}

/** `1, 2 or 4 cores`. */
export function choice(values: readonly number[], one: string): string {
  const last = values.at(-1);
  if (last === undefined) return `no ${one}s`;
  const rest = values.slice(0, -1).join(', ');
  return `${rest === '' ? '' : `${rest} or `}${last} ${last === 1 ? one : `${one}s`}`;
}
