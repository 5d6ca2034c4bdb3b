import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { Scope } from '#domain/scope.ts';

/** Instances that one call launched, as EC2 shows them now. */
export interface Reservation {
  readonly id: string;
  readonly instances: readonly Instance[];
}

/** EC2 as it is at this moment, of what an event named. Eventually consistent: what is new may not show yet. */
export interface ResourceLookup {
  /** All that was launched together with an instance; `null` when EC2 does not show the instance. */
  reservation(scope: Scope, instanceId: string): Promise<Reservation | null>;
  /** Those that EC2 shows among these, in no particular order. */
  instances(scope: Scope, instanceIds: readonly string[]): Promise<readonly Instance[]>;
  /** `null` when EC2 does not show it, or when it was given back. */
  host(scope: Scope, hostId: string): Promise<DedicatedHost | null>;
}
