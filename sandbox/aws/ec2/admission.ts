import type { Placement } from '@aws-sdk/client-ec2';
import type { CpuChoice } from './cpu-options.ts';
import type { Call } from './ec2.ts';
import type { InstanceTypeFacts } from './facts.ts';
import { tenancyOf } from './placement.ts';

/** Instances of one kind that are about to run in one place. */
export interface Candidates {
  readonly type: InstanceTypeFacts;
  readonly cpus: CpuChoice;
  readonly place: Placement;
  readonly count: number;
  /** ARNs. */
  readonly licenseConfigurations: readonly string[];
}

/** Asks License Manager. @throws AwsError when it refuses */
export function admit({ ec2, region }: Call, candidates: Candidates): void {
  const { type, cpus, place, count, licenseConfigurations } = candidates;
  ec2.licensing.admit(ec2.cloud, {
    account: region.account,
    region: region.region,
    instanceType: type.name,
    count,
    vcpus: cpus.CoreCount * cpus.ThreadsPerCore,
    defaultVcpus: type.vcpus,
    cores: cpus.CoreCount,
    tenancy: tenancyOf(place),
    ...(place.HostId !== undefined && { hostId: place.HostId }),
    licenseConfigurationArns: licenseConfigurations,
  });
}
