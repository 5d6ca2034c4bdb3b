import type { Subnet } from '@aws-sdk/client-ec2';
import type { RegionState } from '../cloud/cloud.ts';
import { AwsError } from '../wire/service.ts';

/** AWS keeps the first four addresses of a subnet, and the last. */
const RESERVED_FIRST = 4;
const RESERVED_LAST = 1;

/** An IPv4 address of the subnet that no instance has. @throws InsufficientFreeAddressesInSubnet */
export function freeAddress(region: RegionState, subnet: Subnet): string {
  const used = new Set([...region.instances.values()].map((instance) => instance.PrivateIpAddress));
  const [base = '', bits = ''] = (subnet.CidrBlock ?? '').split('/');
  const first = base.split('.').reduce((number, part) => number * 256 + Number(part), 0);
  for (let host = RESERVED_FIRST; host < 2 ** (32 - Number(bits)) - RESERVED_LAST; host += 1) {
    const address = dotted(first + host);
    if (!used.has(address)) return address;
  }
  throw new AwsError(
    'InsufficientFreeAddressesInSubnet',
    `There are not enough free addresses in subnet '${subnet.SubnetId}' to satisfy the requested number of instances.`,
  );
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
