import type { Principal } from '#domain/follow-ups/follow-up.ts';
import type { Scope } from '#domain/scope.ts';

/** The calls of EC2 and License Manager that may take or free licenses. */
export const WATCHED_CALLS = [
  'RunInstances',
  'StartInstances',
  'StopInstances',
  'TerminateInstances',
  'ModifyInstanceAttribute',
  'ModifyInstanceCpuOptions',
  'ModifyInstancePlacement',
  'AllocateHosts',
  'ReleaseHosts',
  'CreateImage',
  'CopyImage',
  'UpdateLicenseSpecificationsForResource',
] as const;
export type WatchedCall = (typeof WATCHED_CALLS)[number];

/** EC2 says that an instance changed its state: within seconds, but not who did it. */
export interface InstanceStateEvent {
  readonly kind: 'instance-state';
  readonly scope: Scope;
  readonly instanceId: string;
  /** AWS's words: `pending`, `running`, `stopping`, `stopped`, `shutting-down`, `terminated`. */
  readonly state: string;
  readonly at: Date;
}

/** CloudTrail says who called what: minutes later. Ids are those that the call or its answer names. */
export interface CallEvent {
  readonly kind: 'call';
  readonly scope: Scope;
  readonly name: WatchedCall;
  /** CloudTrail's id of the event: a repeat has the same. */
  readonly eventId: string;
  readonly principal: Principal;
  readonly instanceIds: readonly string[];
  readonly hostIds: readonly string[];
  /** Of `CreateImage` and `CopyImage`: what was made, and the image that it was copied from. */
  readonly image: { readonly id: string; readonly copiedFrom: string | null } | null;
  /** Of `UpdateLicenseSpecificationsForResource`. */
  readonly association: AssociationChange | null;
  readonly at: Date;
}

/** Which configurations a resource was associated with, or no longer is. */
export interface AssociationChange {
  readonly resourceArn: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** Something that happened in an account, as AWS tells it: late, twice, in any order. */
export type LaunchEvent = InstanceStateEvent | CallEvent;
