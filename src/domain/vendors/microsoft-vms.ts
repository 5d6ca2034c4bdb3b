import type { DeployedOn, Deployment, PhysicalHost } from '#domain/estate/deployment.ts';
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
  const machines = new Map<string, [Deployment, ...Deployment[]]>();
  for (const deployment of deployments) {
    const key = machineKey(deployment);
    const installed = machines.get(key);
    if (installed === undefined) machines.set(key, [deployment]);
    else installed.push(deployment);
  }
  return Array.from(machines.values(), (installed) => ({
    on: installed[0].on,
    edition: highest(installed, editions),
    deployments: installed,
  }));
}

/** The VMs by host, in the order in which they are first met; each one on no such hardware by itself. */
export function hostsOf(vms: readonly Vm[]): readonly VmHost[] {
  const hosts: VmHost[] = [];
  const known = new Map<string, [Vm, ...Vm[]]>();
  for (const vm of vms) {
    const hardware = hardwareOf(vm);
    if (hardware === null) {
      hosts.push({ hardware, vms: [vm] });
      continue;
    }
    const key = `${vm.on.compute.placement} ${hardware.id}`;
    const onHost = known.get(key);
    if (onHost !== undefined) {
      onHost.push(vm);
      continue;
    }
    const together: [Vm, ...Vm[]] = [vm];
    known.set(key, together);
    hosts.push({ hardware, vms: together });
  }
  return hosts;
}

/** Everything that is installed on these VMs. */
export function deploymentsOn(vms: readonly Vm[]): readonly Deployment[] {
  const [only, another] = vms;
  if (only !== undefined && another === undefined) return only.deployments;
  return vms.flatMap(({ deployments }) => deployments);
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

function highest(deployments: readonly Deployment[], editions: readonly string[]): string | null {
  return deployments
    .map(({ edition }) => edition)
    .reduce((one, other) => (rank(one, editions) >= rank(other, editions) ? one : other));
}

/** An edition that is not known ranks below all others, one that is not listed next. */
function rank(edition: string | null, editions: readonly string[]): number {
  return edition === null ? -2 : editions.indexOf(edition);
}
