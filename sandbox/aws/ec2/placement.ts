import type { Host, Placement, RunInstancesRequest } from '@aws-sdk/client-ec2';
import type { RegionState } from '../cloud/cloud.ts';
import { AwsError } from '../wire/service.ts';
import { invalidParameterCombination, invalidParameterValue, notSimulated } from './errors.ts';
import { familyOf, hostLayout, typesOn } from './host-layout.ts';
import { roomOn } from './hosts.ts';
import { resource } from './resources.ts';

/** Instances that need a place. */
export interface PlacementRequest {
  readonly placement: RunInstancesRequest['Placement'];
  readonly availabilityZone: string | undefined;
  readonly instanceType: string;
  readonly usageOperation: string | undefined;
  readonly least: number;
  readonly most: number;
}

/** One placement for each instance that finds room, at least as many as are wanted at least. @throws AwsError otherwise. */
export function placements(region: RegionState, wanted: PlacementRequest): Placement[] {
  const asked = wanted.placement ?? {};
  checkCombination(asked, wanted.availabilityZone);
  const Tenancy = tenancyOf(asked);
  const placement = { AvailabilityZone: wanted.availabilityZone, GroupName: '', Tenancy };
  if (Tenancy !== 'host') return Array.from({ length: wanted.most }, () => ({ ...placement }));

  checkLicenseIncluded(wanted.usageOperation);
  return hostsFor(region, wanted).map(({ HostId }) => ({
    ...placement,
    HostId,
    Affinity: asked.Affinity ?? 'default',
  }));
}

/** A host id alone means host tenancy. */
export function tenancyOf({ Tenancy, HostId }: Placement): 'default' | 'dedicated' | 'host' {
  return Tenancy ?? (HostId === undefined ? 'default' : 'host');
}

function checkCombination(asked: Placement, zone: string | undefined): void {
  const { AvailabilityZone, Affinity, HostId, HostResourceGroupArn, GroupName } = asked;
  if (HostResourceGroupArn !== undefined) throw notSimulated('host resource groups');
  if (GroupName) throw notSimulated('placement groups');
  const tenancy = tenancyOf(asked);
  if (Affinity !== undefined && tenancy !== 'host') {
    throw invalidParameterCombination(
      "The parameter affinity cannot be used without specifying a tenancy of 'host'",
    );
  }
  if (HostId !== undefined && tenancy !== 'host') {
    throw invalidParameterCombination(
      "The parameter hostId cannot be used without specifying a tenancy of 'host'",
    );
  }
  if (AvailabilityZone !== undefined && AvailabilityZone !== zone) {
    throw invalidParameterValue(
      `Invalid availability zone: [${AvailabilityZone}]; the subnet is in ${zone}`,
    );
  }
}

/**
 * License-included images that Dedicated Hosts do not take: SQL Server, Red Hat and SUSE.
 *
 * @see "License conversion types", AWS License Manager User Guide: tenancy
 */
const NOT_ON_HOSTS: ReadonlySet<string> = new Set(
  '0006 0102 0202 0004 0100 0200 0010 1010 0014 0110 0210 1014 1110 000g'
    .split(' ')
    .map((code) => `RunInstances:${code}`),
);

function checkLicenseIncluded(usageOperation = ''): void {
  if (!NOT_ON_HOSTS.has(usageOperation)) return;
  throw new AwsError(
    'UnsupportedHostConfiguration',
    `Images with the usage operation ${usageOperation} cannot be launched on Dedicated Hosts.`,
  );
}

function hostsFor(region: RegionState, wanted: PlacementRequest): Host[] {
  const hostId = wanted.placement?.HostId;
  const candidates =
    hostId === undefined
      ? openHosts(region, wanted)
      : [namedHost(region, wanted, resource('host', region.hosts, hostId))];
  const slots = candidates.flatMap((host) =>
    Array.from({ length: roomOn(region, host, wanted.instanceType) }, () => host),
  );
  if (slots.length >= wanted.least) return slots.slice(0, wanted.most);
  throw hostId === undefined
    ? new AwsError(
        'UnavailableHostRequirements',
        'You do not have a host with a matching configuration and sufficient capacity. Either target a host resource group that can automatically allocate hosts on your behalf, or manually allocate a new host to your account and then try again.',
      )
    : new AwsError(
        'InsufficientCapacityOnHost',
        `Dedicated host ${hostId} has insufficient capacity to launch the instances in this request.`,
      );
}

/** Hosts that take instances which name no host. */
function openHosts(region: RegionState, { availabilityZone }: PlacementRequest): Host[] {
  return [...region.hosts.values()].filter(
    ({ AutoPlacement, AvailabilityZone, State }) =>
      State === 'available' && AutoPlacement === 'on' && AvailabilityZone === availabilityZone,
  );
}

function namedHost(region: RegionState, wanted: PlacementRequest, host: Host): Host {
  if (host.State !== 'available') {
    throw new AwsError(
      'InvalidHostState',
      `Dedicated host ${host.HostId} is ${host.State}; it must be available.`,
    );
  }
  if (host.AvailabilityZone !== wanted.availabilityZone) {
    throw invalidParameterValue(
      `Dedicated host ${host.HostId} is in ${host.AvailabilityZone}, not in ${wanted.availabilityZone} of ${region.region}.`,
    );
  }
  const layout = hostLayout(familyOf(host));
  if (layout !== null && typesOn(host, layout).includes(wanted.instanceType)) return host;
  throw new AwsError(
    'UnsupportedInstanceTypeOnHost',
    `The instance type ${wanted.instanceType} is not supported on Dedicated host ${host.HostId}.`,
  );
}
