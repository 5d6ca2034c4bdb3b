import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import { type InstanceType, instanceFamily } from '#domain/estate/instance-type.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { replacedInstance } from '#domain/estate/replaced-instance.ts';
import { roomFor, zoneOf } from '#domain/launch/host-choice.ts';
import { instanceIdOf, type MachinePlan } from '#domain/launch/launch-plan.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';

/** What EC2 itself would refuse: the image, CPU options, Spot, the Dedicated Host. */
export function launchReasons(
  plan: MachinePlan,
  type: InstanceType,
  shard: InventoryShard,
): readonly Reason[] {
  return [
    ...imageReasons(plan, type, shard),
    ...cpuReasons(plan, type),
    ...spotReasons(plan, type),
    ...(plan.tenancy === 'host' ? hostReasons(plan, type, shard) : []),
  ];
}

/** An instance that is there runs without its image, which may be gone or not be ours to see. */
function imageReasons(
  plan: MachinePlan,
  { architectures }: InstanceType,
  shard: InventoryShard,
): Reason[] {
  const { imageId } = plan;
  const image = shard.images.find((candidate) => candidate.imageId === imageId);
  const isNew = instanceIdOf(plan) === null;
  if (isNew && image?.state !== 'available') return [{ code: 'image-unavailable', imageId }];
  if (image === undefined || architectures.includes(image.architecture)) return [];
  return [{ code: 'architecture-mismatch', image: image.architecture }];
}

/**
 * CPU options take listed core and thread counts only, which often have gaps.
 *
 * @see https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-cpu-options-rules.html (2026-10)
 */
function cpuReasons({ cpuOptions }: MachinePlan, type: InstanceType): Reason[] {
  if (cpuOptions === null) return [];
  const { validCores, validThreadsPerCore, bareMetal } = type;
  if (bareMetal || validCores.length === 0) return [{ code: 'cpu-options-unsupported' }];
  const valid =
    validCores.includes(cpuOptions.coreCount) &&
    validThreadsPerCore.includes(cpuOptions.threadsPerCore);
  return valid ? [] : [{ code: 'cpu-options-invalid', validCores, validThreadsPerCore }];
}

function spotReasons({ spot, tenancy }: MachinePlan, type: InstanceType): Reason[] {
  if (!spot) return [];
  if (tenancy === 'host') return [{ code: 'spot-on-host' }];
  return type.spotSupported ? [] : [{ code: 'spot-not-supported', instanceType: type.name }];
}

function hostReasons(plan: MachinePlan, type: InstanceType, shard: InventoryShard): Reason[] {
  if (!type.dedicatedHostsSupported) {
    return [{ code: 'host-not-supported', instanceType: type.name }];
  }
  const { hostId } = plan;
  if (hostId === null) return [{ code: 'no-host-with-room' }];
  const host = shard.hosts.find((candidate) => candidate.hostId === hostId);
  if (host === undefined) return [{ code: 'host-unknown', hostId }];
  const fits = Math.max(roomFor(host, plan.instanceType), roomForResize(host, plan, type, shard));
  const reason = whyHostCannot(host, plan, { fits, zone: zoneOf(plan, shard) });
  return reason === null ? [] : [reason];
}

/** What a resized instance may become in its own place on a host: 1 or nothing. */
function roomForResize(
  { hostId, availableVcpus }: DedicatedHost,
  plan: MachinePlan,
  { defaultVcpus }: InstanceType,
  shard: InventoryShard,
): number {
  const before = replacedInstance(plan, shard);
  if (before?.hostId !== hostId) return 0;
  const type = shard.instanceTypes.find(({ name }) => name === before.instanceType);
  return availableVcpus + (type?.defaultVcpus ?? 0) >= defaultVcpus ? 1 : 0;
}

function whyHostCannot(
  host: DedicatedHost,
  { instanceType, count }: MachinePlan,
  { fits, zone }: { readonly fits: number; readonly zone: string | null },
): Reason | null {
  const { hostId, state, availabilityZone } = host;
  if (state !== 'available') return { code: 'host-unavailable', hostId, state };
  if (!takesType(host, instanceType)) {
    const family = host.instanceType ?? host.instanceFamily;
    return { code: 'host-family-mismatch', hostId, family };
  }
  if (zone !== null && availabilityZone !== zone) {
    return { code: 'host-in-other-zone', hostId, zone: availabilityZone };
  }
  return fits >= count ? null : { code: 'host-full', hostId, fits };
}

function takesType(
  host: Pick<DedicatedHost, 'instanceFamily' | 'instanceType'>,
  instanceType: string,
): boolean {
  return host.instanceType === null
    ? host.instanceFamily === instanceFamily(instanceType)
    : host.instanceType === instanceType;
}
