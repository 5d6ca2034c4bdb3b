import type { Host, Instance } from '@aws-sdk/client-ec2';
import { HOST_FAMILIES } from './host-families.ts';
import { INSTANCE_TYPES } from './instance-types.ts';

/** How instances share a host of one family. */
export interface HostLayout {
  /** What instances can use; less than the hardware's threads on some families. */
  readonly vcpus: number;
  /** Sockets that an instance has to fit in; 1 where AWS's figures show that instances straddle them. */
  readonly bins: number;
  readonly types: ReadonlyMap<string, HostedType>;
}

interface HostedType {
  readonly vcpus: number;
  /** How many fit on an empty host. */
  readonly capacity: number;
}

/** Null for a family without Dedicated Hosts. */
export function hostLayout(family: string): HostLayout | null {
  const facts = HOST_FAMILIES.get(family);
  if (facts === undefined) return null;
  const types = new Map<string, HostedType>();
  for (const [size, capacity] of Object.entries(facts.capacity)) {
    const type = INSTANCE_TYPES.get(`${family}.${size}`);
    if (type?.dedicatedHosts) types.set(type.name, { vcpus: type.vcpus, capacity });
  }
  const vcpus = Math.max(...[...types.values()].map((type) => type.vcpus * type.capacity));
  const bound = [...types.values()].every(
    (type) => boundCapacity(type.vcpus, vcpus, facts.sockets) === type.capacity,
  );
  return { vcpus, bins: bound ? facts.sockets : 1, types };
}

/** How many instances fit when none may straddle a socket unless it is larger than one. */
function boundCapacity(vcpus: number, hostVcpus: number, sockets: number): number {
  const socket = hostVcpus / sockets;
  return vcpus <= socket
    ? Math.floor(socket / vcpus) * sockets
    : Math.floor(sockets / Math.ceil(vcpus / socket));
}

/** The family whose layout a host has. */
export function familyOf(host: Host): string {
  const { InstanceFamily, InstanceType } = host.HostProperties ?? {};
  return InstanceFamily ?? InstanceType?.split('.')[0] ?? '';
}

/** The instance types that a host takes: the one it was allocated for, or all of its family. */
export function typesOn(host: Host, layout: HostLayout): string[] {
  const only = host.HostProperties?.InstanceType;
  return [...layout.types.keys()].filter((type) => only === undefined || type === only);
}

/** How many more instances of a type fit beside these. */
export function roomFor(type: string, layout: HostLayout, running: readonly Instance[]): number {
  const hosted = layout.types.get(type);
  const free = freeBeside(layout, running);
  if (hosted === undefined || free === null) return 0;
  const same = running.filter(({ InstanceType }) => InstanceType === type).length;
  let room = 0;
  while (room < hosted.capacity - same && take(free, hosted.vcpus, layout)) room += 1;
  return room;
}

/** vCPUs left in each bin with the larger instances placed first; null when the instances themselves do not fit. */
function freeBeside(layout: HostLayout, running: readonly Instance[]): number[] | null {
  const free = Array.from({ length: layout.bins }, () => layout.vcpus / layout.bins);
  const sizes = running
    .map(({ InstanceType }) => layout.types.get(InstanceType ?? '')?.vcpus ?? 0)
    .sort((one, other) => other - one);
  return sizes.every((vcpus) => take(free, vcpus, layout)) ? free : null;
}

/** Takes vCPUs from the first bin that has them; from several, evenly, for an instance larger than a bin. */
function take(free: number[], vcpus: number, { bins, vcpus: total }: HostLayout): boolean {
  const parts = Math.ceil((vcpus * bins) / total);
  const share = vcpus / parts;
  const chosen = [...free.keys()].filter((bin) => (free[bin] ?? 0) >= share).slice(0, parts);
  if (chosen.length < parts) return false;
  for (const bin of chosen) free[bin] = (free[bin] ?? 0) - share;
  return true;
}
