import type { Deployment, PhysicalHost } from '#domain/estate/deployment.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { InstanceType } from '#domain/estate/instance-type.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { Setup } from '#domain/optimization/recommendation.ts';
import { instanceCompute } from '#domain/software/machine-compute.ts';

const STANDING: ReadonlySet<Instance['state']> = new Set(['pending', 'running']);

/** How an instance runs now. Options of a product are on it whatever its setup, and are not named. */
export function setupOf(instance: Instance, deployments: readonly Deployment[]): Setup {
  const { state, instanceType, cpuOptions, tenancy, usageOperation } = instance;
  const products = new Map(
    deployments.map(({ product, edition, licensing }) => [
      product,
      { product, edition, licensing },
    ]),
  );
  return {
    running: STANDING.has(state),
    instanceType,
    cpuOptions,
    tenancy,
    usageOperation,
    products: [...products.values()],
  };
}

/** vCPUs that are switched on in a setup; `null` for a type that nobody described. */
export function activeVcpus(
  { instanceType, cpuOptions }: Pick<Setup, 'instanceType' | 'cpuOptions'>,
  types: ReadonlyMap<string, InstanceType>,
): number | null {
  if (cpuOptions !== null) return cpuOptions.coreCount * cpuOptions.threadsPerCore;
  return types.get(instanceType)?.defaultVcpus ?? null;
}

/** What would run on the machine in another setup, as the vendors' rules see it. */
export function deploymentsIn(
  machine: Pick<Machine, 'deployments'>,
  setup: Setup,
  types: ReadonlyMap<string, InstanceType>,
  host: PhysicalHost | null,
): readonly Deployment[] {
  const { instanceType, cpuOptions, tenancy, running } = setup;
  const hardware = { types, hosts: new Map() };
  const compute = {
    ...instanceCompute(hardware, { instanceType, cpuOptions, tenancy, hostId: null }),
    host,
  };
  const products = new Map(setup.products.map((one) => [one.product, one]));
  return machine.deployments.flatMap((deployment) => {
    const product = products.get(deployment.product);
    if (product === undefined) return [];
    const { edition, licensing } = product;
    return [{ ...deployment, edition, licensing, on: { ...deployment.on, running, compute } }];
  });
}

/** Whether two setups are the same; CPU options that say the type's default are no other than none. */
export function isSameSetup(
  some: Setup,
  other: Setup,
  types: ReadonlyMap<string, InstanceType>,
): boolean {
  return setupKey(some, types) === setupKey(other, types);
}

/** The same text for the same setup. */
export function setupKey(setup: Setup, types: ReadonlyMap<string, InstanceType>): string {
  const { running, instanceType, tenancy, usageOperation, products } = setup;
  const type = types.get(instanceType);
  const cores = setup.cpuOptions?.coreCount ?? type?.defaultCores ?? null;
  const threads = setup.cpuOptions?.threadsPerCore ?? type?.defaultThreadsPerCore ?? null;
  const sorted = products
    .map(({ product, edition, licensing }) => [product, edition, licensing])
    .toSorted();
  return JSON.stringify([running, instanceType, cores, threads, tenancy, usageOperation, sorted]);
}
