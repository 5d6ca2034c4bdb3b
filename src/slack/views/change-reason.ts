import type { Reason } from '#domain/launch/launch-reason.ts';
import { plural } from '#slack/views/figures.ts';
import { nameText, utc } from '#slack/views/text.ts';

/** A reason that stands against a change of what is there. */
export type ChangeReason = Extract<
  Reason,
  {
    readonly code:
      | 'nothing-to-change'
      | 'instance-not-running'
      | 'instance-is-spot'
      | 'instance-in-group'
      | 'instance-not-managed'
      | 'license-attached'
      | 'license-not-attached'
      | 'license-not-there'
      | 'affinity-without-host'
      | 'tenancy-fixed'
      | 'usage-operation-changed'
      | 'conversion-not-possible'
      | 'host-not-empty'
      | 'host-reserved'
      | 'host-family-unknown'
      | 'zone-not-here';
  }
>;

const CODES: Readonly<Record<ChangeReason['code'], true>> = {
  'nothing-to-change': true,
  'instance-not-running': true,
  'instance-is-spot': true,
  'instance-in-group': true,
  'instance-not-managed': true,
  'license-attached': true,
  'license-not-attached': true,
  'license-not-there': true,
  'affinity-without-host': true,
  'tenancy-fixed': true,
  'usage-operation-changed': true,
  'conversion-not-possible': true,
  'host-not-empty': true,
  'host-reserved': true,
  'host-family-unknown': true,
  'zone-not-here': true,
};

/** Whether a reason is one of these. */
export function isChangeReason(reason: Reason): reason is ChangeReason {
  return reason.code in CODES;
}

const TENANCY = {
  default: 'shared hardware',
  dedicated: 'hardware of its own',
  host: 'a Dedicated Host',
} as const;

/** A reason about a change, as a sentence. */
export function changeReasonText(reason: ChangeReason): string {
  switch (reason.code) {
    case 'nothing-to-change':
      return `The instance ${nameText(reason.instanceId)} is as it is to be already.`;
    case 'instance-not-running':
      return `The instance ${nameText(reason.instanceId)} is ${nameText(reason.state)}, not running.`;
    case 'instance-is-spot':
      return `The instance ${nameText(reason.instanceId)} is a Spot Instance, which cannot be stopped and changed.`;
    case 'instance-in-group':
      return `The Auto Scaling group ${nameText(reason.autoScalingGroupName)} would replace ${nameText(reason.instanceId)} as soon as it is stopped.`;
    case 'instance-not-managed':
      return `Systems Manager knows no inventory of ${nameText(reason.instanceId)}, which License Manager needs to convert it.`;
    case 'license-attached':
      return `It is associated with ${configuration(reason.configurationArn)} already, or is to lose it by the same request.`;
    case 'license-not-attached':
      return `It is not associated with ${configuration(reason.configurationArn)}.`;
    case 'license-not-there':
      return `What it pays for its licenses (${nameText(reason.usageOperation)}) does not run on ${TENANCY[reason.tenancy]}.`;
    case 'affinity-without-host':
      return 'It is to be bound to a Dedicated Host, and none is named.';
    case 'tenancy-fixed':
      return `${nameText(reason.instanceType)} neither moves onto a Dedicated Host nor off it: launch it there.`;
    case 'usage-operation-changed':
      return `The instance ${nameText(reason.instanceId)} pays for its licenses otherwise by now: ${nameText(reason.usageOperation)}.`;
    case 'conversion-not-possible':
      return nameText(reason.text, 300);
    case 'host-not-empty':
      return `The Dedicated Host ${nameText(reason.hostId)} has ${plural(reason.instances, 'instance')} on it, running or bound to it.`;
    case 'host-reserved':
      return `A reservation pays for the Dedicated Host ${nameText(reason.hostId)} until ${utc(reason.until)}, released or not.`;
    case 'host-family-unknown':
      return `No Dedicated Host for ${nameText(reason.instanceFamily)} is offered in this Region.`;
    case 'zone-not-here':
      return `The Availability Zone ${nameText(reason.availabilityZone)} is not in this Region.`;
  }
}

function configuration(arn: string): string {
  return nameText(arn.split(':').at(-1) ?? arn, 60);
}
