import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { Deployment } from '#domain/estate/deployment.ts';
import type {
  ComputeFinding,
  HubFinding,
  LicenseFinding,
  RightsizingFinding,
  SqlHaState,
  Utilization,
} from '#domain/estate/evidence.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { InstanceType } from '#domain/estate/instance-type.ts';
import type { MachineImage } from '#domain/estate/machine-image.ts';
import type { Setup } from '#domain/optimization/recommendation.ts';
import type { Scope } from '#domain/scope.ts';

/** An instance with licensed software, and all that is known of it. */
export interface Machine {
  readonly scope: Scope;
  readonly instance: Instance;
  readonly type: InstanceType;
  /** `null`: it was deregistered, or never seen. */
  readonly image: MachineImage | null;
  /** The Dedicated Host that it is on. */
  readonly host: DedicatedHost | null;
  /** At least one. */
  readonly deployments: readonly Deployment[];
  /** `null`: no tag says, so it is taken for production. */
  readonly environment: 'production' | 'non-production' | null;
  /** As it is now. */
  readonly setup: Setup;
  readonly evidence: MachineEvidence;
}

/** `null`: nobody measured it, or nothing was said of it. */
export interface MachineEvidence {
  readonly utilization: Utilization | null;
  readonly compute: ComputeFinding | null;
  readonly license: LicenseFinding | null;
  readonly rightsizing: RightsizingFinding | null;
  readonly hub: HubFinding | null;
  readonly sqlHa: SqlHaState | null;
}
