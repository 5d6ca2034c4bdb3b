import type {
  AllocateHostsRequest,
  AllocateHostsResult,
  DescribeHostsRequest,
  DescribeHostsResult,
  Host,
  Instance,
  ReleaseHostsRequest,
  ReleaseHostsResult,
} from '@aws-sdk/client-ec2';
import type { RegionState } from '../cloud/cloud.ts';
import { AwsError } from '../wire/service.ts';
import { type Call, newId } from './ec2.ts';
import { invalidParameterCombination, missingParameter, notSimulated } from './errors.ts';
import { byTags, type FilterFields, filtered } from './filters.ts';
import { HOST_FAMILIES } from './host-families.ts';
import { familyOf, type HostLayout, hostLayout, roomFor, typesOn } from './host-layout.ts';
import { page } from './paging.ts';
import { resource, resourcesOf } from './resources.ts';
import { tagsFor } from './tags.ts';

const FIELDS: FilterFields<Host> = {
  'auto-placement': ({ AutoPlacement }) => AutoPlacement,
  'availability-zone': ({ AvailabilityZone }) => AvailabilityZone,
  'client-token': ({ ClientToken }) => ClientToken,
  'host-reservation-id': ({ HostReservationId }) => HostReservationId,
  'instance-type': ({ HostProperties }) => HostProperties?.InstanceType,
  state: ({ State }) => State,
};

/** What of a host its stopped instances give back. */
const OCCUPYING: readonly (string | undefined)[] = [
  'pending',
  'running',
  'stopping',
  'shutting-down',
];

/** Instances and capacity are computed at the moment of the call. */
export function describeHosts({ region }: Call, input: DescribeHostsRequest): DescribeHostsResult {
  const found = resourcesOf('host', region.hosts, input.HostIds);
  const { items, NextToken } = page(filtered(found, input.Filter, FIELDS, byTags), input, {
    keyOf: ({ HostId }) => HostId ?? '',
    least: 5,
    most: 500,
    idsGiven: input.HostIds?.length ? 'hostIdsSet' : undefined,
  });
  return { Hosts: items.map((host) => withUse(region, host)), NextToken };
}

/** The instances that take up room on a host. */
export function instancesOn(region: RegionState, hostId: string | undefined): Instance[] {
  return [...region.instances.values()].filter(
    ({ Placement, State }) => Placement?.HostId === hostId && OCCUPYING.includes(State?.Name),
  );
}

/** How many more instances of a type a host takes now. */
export function roomOn(region: RegionState, host: Host, type: string): number {
  const layout = hostLayout(familyOf(host));
  if (layout === null || !typesOn(host, layout).includes(type)) return 0;
  return roomFor(type, layout, instancesOn(region, host.HostId));
}

/** The host with what follows from its instances; a released host has no capacity left to tell about. */
function withUse(region: RegionState, host: Host): Host {
  const layout = hostLayout(familyOf(host));
  if (layout === null) throw new Error(`Host family ${familyOf(host)} has no facts.`);
  const running = instancesOn(region, host.HostId);
  const { AvailableCapacity: _, ...kept } = host;
  const Instances = running.map(({ InstanceId, InstanceType }) => ({
    InstanceId,
    InstanceType,
    OwnerId: region.account,
  }));
  if (host.State?.startsWith('released')) return { ...kept, Instances };
  return { ...kept, Instances, AvailableCapacity: capacityOf(host, layout, running) };
}

function capacityOf(host: Host, layout: HostLayout, running: readonly Instance[]) {
  const used = running.map(({ InstanceType }) => layout.types.get(InstanceType ?? '')?.vcpus ?? 0);
  const taken = used.reduce((total, vcpus) => total + vcpus, 0);
  return {
    AvailableVCpus: Math.max(0, (host.HostProperties?.TotalVCpus ?? layout.vcpus) - taken),
    AvailableInstanceCapacity: typesOn(host, layout).map((InstanceType) => ({
      InstanceType,
      AvailableCapacity: roomFor(InstanceType, layout, running),
      TotalCapacity: layout.types.get(InstanceType)?.capacity,
    })),
  };
}

/** Hosts are available at once: AWS has them ready, or answers that it has none. */
export function allocateHosts(call: Call, input: AllocateHostsRequest): AllocateHostsResult {
  if (input.AvailabilityZone === undefined) throw missingParameter('availabilityZone');
  if (input.OutpostArn !== undefined) throw notSimulated('Outposts');
  const properties = propertiesFor(input);
  const before = repeatedAllocation(call, input);
  if (before.length > 0) return { HostIds: before };
  const hosts = Array.from({ length: input.Quantity ?? 1 }, () => newHost(call, input, properties));
  for (const host of hosts) call.region.hosts.set(host.HostId, host);
  return { HostIds: hosts.map(({ HostId }) => HostId) };
}

/** The hosts that an earlier call with the same token allocated. @throws IdempotentParameterMismatch for another call */
function repeatedAllocation({ region }: Call, input: AllocateHostsRequest): string[] {
  const { ClientToken, AvailabilityZone, InstanceFamily, InstanceType } = input;
  const hosts = [...region.hosts.values()].filter(
    (host) => ClientToken !== undefined && host.ClientToken === ClientToken,
  );
  const isOther = hosts.some(
    ({ AvailabilityZone: zone, HostProperties: is }) =>
      zone !== AvailabilityZone ||
      is?.InstanceFamily !== InstanceFamily ||
      is?.InstanceType !== InstanceType,
  );
  if (isOther || (hosts.length > 0 && hosts.length !== (input.Quantity ?? 1))) {
    throw new AwsError(
      'IdempotentParameterMismatch',
      'Arguments on this idempotent request are inconsistent with arguments used in previous request(s).',
    );
  }
  return hosts.map(({ HostId = '' }) => HostId);
}

function propertiesFor({ InstanceType, InstanceFamily }: AllocateHostsRequest) {
  if ((InstanceType === undefined) === (InstanceFamily === undefined)) {
    throw invalidParameterCombination('Specify either instanceType or instanceFamily, not both.');
  }
  const family = InstanceFamily ?? InstanceType?.split('.')[0] ?? '';
  const layout = hostLayout(family);
  const facts = HOST_FAMILIES.get(family);
  if (!layout || !facts || (InstanceType !== undefined && !layout.types.has(InstanceType))) {
    throw new AwsError(
      'UnsupportedHostConfiguration',
      'The requested configuration is currently not supported. Please check the documentation for supported configurations.',
    );
  }
  const shape = { Cores: facts.cores, Sockets: facts.sockets, TotalVCpus: layout.vcpus };
  return InstanceType === undefined
    ? { ...shape, InstanceFamily: family }
    : { ...shape, InstanceType };
}

function newHost(
  call: Call,
  input: AllocateHostsRequest,
  HostProperties: NonNullable<Host['HostProperties']>,
) {
  return {
    HostId: newId('h', call),
    OwnerId: call.region.account,
    AvailabilityZone: input.AvailabilityZone,
    AutoPlacement: input.AutoPlacement ?? 'off',
    HostRecovery: input.HostRecovery ?? 'off',
    HostMaintenance: input.HostMaintenance ?? 'off',
    AllowsMultipleInstanceTypes: input.InstanceFamily === undefined ? 'off' : 'on',
    MemberOfServiceLinkedResourceGroup: false,
    State: 'available',
    AllocationTime: new Date(call.ec2.cloud.clock.now()),
    HostProperties,
    Tags: tagsFor('dedicated-host', input.TagSpecifications),
    ...(input.ClientToken !== undefined && { ClientToken: input.ClientToken }),
  } satisfies Host;
}

/** Each host on its own: those that are occupied are told apart. */
export function releaseHosts(call: Call, input: ReleaseHostsRequest): ReleaseHostsResult {
  const hosts = (input.HostIds ?? []).map((id) => resource('host', call.region.hosts, id));
  const [occupied, free] = [true, false].map((isOccupied) =>
    hosts.filter(({ HostId }) => isAssigned(call.region, HostId) === isOccupied),
  );
  for (const host of free ?? []) {
    host.State = 'released';
    host.ReleaseTime = new Date(call.ec2.cloud.clock.now());
  }
  return {
    Successful: (free ?? []).map(({ HostId = '' }) => HostId),
    Unsuccessful: (occupied ?? []).map(({ HostId }) => ({
      ResourceId: HostId,
      Error: {
        Code: 'Client.InvalidHost.Occupied',
        Message: `Dedicated host '${HostId}' cannot be released as it is occupied.`,
      },
    })),
  };
}

/** Stopped instances that will come back keep a host from being released. */
function isAssigned(region: RegionState, hostId: string | undefined): boolean {
  return [...region.instances.values()].some(
    ({ Placement, State }) => Placement?.HostId === hostId && State?.Name !== 'terminated',
  );
}
