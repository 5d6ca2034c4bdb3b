import { createHash } from 'node:crypto';
import type { Instance } from '@aws-sdk/client-ec2';
import type { Cloud, RegionState } from '../cloud/cloud.ts';
import type { Licensing } from '../license-manager/licensing.ts';
import type { CallContext } from '../wire/service.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { Schedule } from './schedule.ts';

/** What EC2 keeps beside the resources that its calls show. */
export interface Ec2 {
  readonly cloud: Cloud;
  readonly licensing: Licensing;
  readonly lifecycle: Lifecycle;
  readonly schedule: Schedule;
  /** By instance id; instances that were there from the beginning have none. */
  readonly launches: Map<string, Launch>;
  /** By account, Region and ClientToken. */
  readonly tokens: Map<string, TokenUse>;
  /** Ids of instances that may not be terminated through the API. */
  readonly terminationProtected: Set<string>;
  /** How long new instances stay out of sight of other calls, in milliseconds. */
  readonly visibilityDelay: number;
}

/** What is remembered of a launch and not part of the instance. */
export interface Launch {
  readonly reservationId: string;
  /** Milliseconds since the epoch. */
  readonly visibleAt: number;
}

/** The launch that a client token stands for. */
export interface TokenUse {
  /** The request in canonical form, to tell a repetition from another request. */
  readonly request: string;
  readonly instanceIds: readonly string[];
}

/** One call, on the Region it was sent to. */
export interface Call {
  readonly ec2: Ec2;
  readonly region: RegionState;
  readonly context: CallContext;
}

/** The instances that calls can see by now: reads are eventually consistent. */
export function visibleInstances({ ec2, region }: Call): ReadonlyMap<string, Instance> {
  const now = ec2.cloud.clock.now();
  return new Map(
    [...region.instances].filter(([id]) => (ec2.launches.get(id)?.visibleAt ?? 0) <= now),
  );
}

/** A new id as EC2 forms them; the same calls in the same order give the same ids. */
export function newId(prefix: string, { region }: Call): string {
  const sequence = (sequences.get(region) ?? 0) + 1;
  sequences.set(region, sequence);
  return derivedId(prefix, region.account, region.region, String(sequence));
}

const sequences = new WeakMap<RegionState, number>();

/** An id that follows from these parts. */
export function derivedId(prefix: string, ...parts: readonly string[]): string {
  const digest = createHash('sha256').update(JSON.stringify([prefix, ...parts]));
  return `${prefix}-0${digest.digest('hex').slice(0, 16)}`;
}
