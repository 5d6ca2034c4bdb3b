import type { DeployedOn, Deployment, PhysicalHost } from '#domain/deployment.ts';
import { machineKey } from '#domain/vendors/machines.ts';

/** A list that has a first element. */
type NonEmpty<Item> = readonly [Item, ...Item[]];

/** One operating system: a VM, or a server outside AWS without a hypervisor. Licensed once, whatever is installed twice. */
export interface Vm {
  readonly on: DeployedOn;
  /** The highest edition installed: it covers the lower ones. */
  readonly edition: string | null;
  readonly deployments: NonEmpty<Deployment>;
}

/** VMs on one physical host, or one VM whose host is not the customer's or not known. */
export interface VmHost {
  readonly hardware: PhysicalHost | null;
  readonly vms: NonEmpty<Vm>;
}

/** True when a license of the company's own is drawn on; what nobody is known to pay for counts. */
export function isBrought({ licensing }: Deployment): boolean {
  return licensing === 'byol' || licensing === 'unknown';
}

/** The deployments by VM; `editions` from the lowest to the highest. */
export function vmsOf(
  deployments: readonly Deployment[],
  editions: readonly string[],
): readonly Vm[] {
  return groupsOf(deployments, machineKey).map((group) => ({
    on: group[0].on,
    edition: highest(group, editions),
    deployments: group,
  }));
}

/** The VMs by host, in the order in which they are first met. */
export function hostsOf(vms: readonly Vm[]): readonly VmHost[] {
  return groupsOf(vms, hostKey).map((group) => ({ hardware: hardwareOf(group[0]), vms: group }));
}

/** True for a server outside AWS that is meant as a whole: nobody gave vCPUs of a VM. */
export function isWholeServer({ on }: Vm): boolean {
  return on.compute.placement === 'on-premises' && on.compute.activeVcpus === null;
}

/** The year of a release: 2012 of `2012 R2`; `null` when the version does not say. */
export function releaseYear(version: string | null): number | null {
  const year = version?.match(/\b(?:19|20)\d\d\b/)?.[0];
  return year === undefined ? null : Number(year);
}

/** Hardware that the customer may license: a Dedicated Host or a server outside AWS. */
function hardwareOf({ on }: Vm): PhysicalHost | null {
  const { placement, host } = on.compute;
  return placement === 'dedicated-host' || placement === 'on-premises' ? host : null;
}

function hostKey(vm: Vm): string {
  const hardware = hardwareOf(vm);
  return hardware === null
    ? machineKey(vm.deployments[0])
    : JSON.stringify([vm.on.compute.placement, hardware.id]);
}

function highest(deployments: readonly Deployment[], editions: readonly string[]): string | null {
  return deployments
    .map(({ edition }) => edition)
    .reduce((one, other) => (rank(one, editions) >= rank(other, editions) ? one : other));
}

/** An edition that is not known ranks below all others, one that is not listed next. */
function rank(edition: string | null, editions: readonly string[]): number {
  return edition === null ? -2 : editions.indexOf(edition);
}

function groupsOf<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): readonly NonEmpty<Item>[] {
  const groups = new Map<string, [Item, ...Item[]]>();
  for (const item of items) {
    const group = groups.get(keyOf(item));
    if (group === undefined) groups.set(keyOf(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
