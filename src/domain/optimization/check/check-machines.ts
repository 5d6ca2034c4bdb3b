import type { InstanceType } from '#domain/estate/instance-type.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { PlanBreach } from '#domain/optimization/check/plan-breach.ts';
import type { MachineChoices } from '#domain/optimization/estate-program.ts';
import type { EstateRights } from '#domain/optimization/estate-rights.ts';
import type { Assignment } from '#domain/optimization/optimized-estate.ts';
import { setupIn } from '#domain/optimization/planned-estate.ts';
import type { Setup } from '#domain/optimization/recommendation.ts';
import { scopeKey } from '#domain/scope.ts';
import { usageOperation } from '#domain/software/usage-operation.ts';
import { byolEligibility } from '#domain/vendors/byol-eligibility.ts';

/** Every machine of the choices once, and no other. */
export function checkMembers(
  choices: readonly MachineChoices[],
  assignments: readonly Assignment[],
): readonly PlanBreach[] {
  const times = new Map(choices.map(({ machine }) => [machine.instance.instanceId, 0]));
  for (const { machine } of assignments) {
    const { instanceId } = machine.machine.instance;
    times.set(instanceId, (times.get(instanceId) ?? -1) + 1);
  }
  return [...times]
    .filter(([, count]) => count !== 1)
    .map(([instanceId, count]) => ({ code: 'machine-not-once', instanceId, times: count }));
}

/** What EC2 would refuse of a machine as it is planned. */
export function checkSetups(
  assignments: readonly Assignment[],
  shards: ReadonlyMap<string, InventoryShard>,
): readonly PlanBreach[] {
  return assignments.flatMap((assignment) => {
    const { machine } = assignment.machine;
    const setup = setupIn(assignment);
    const types = shards.get(scopeKey(machine.scope))?.instanceTypes ?? [];
    const what = whyInvalid(
      setup,
      types.find(({ name }) => name === setup.instanceType),
      machine.type,
    );
    const { instanceId } = machine.instance;
    return what === null ? [] : [{ code: 'setup-invalid', instanceId, what }];
  });
}

function whyInvalid(
  setup: Setup,
  type: InstanceType | undefined,
  now: InstanceType,
): string | null {
  if (type === undefined) return 'unknown type';
  if (!now.architectures.some((one) => type.architectures.includes(one))) return 'architecture';
  return whyNotOnHost(setup, type) ?? whyNotCpuOptions(setup, type);
}

function whyNotOnHost({ tenancy, usageOperation: code }: Setup, type: InstanceType): string | null {
  if (tenancy !== 'host') return null;
  if (!type.dedicatedHostsSupported) return 'no Dedicated Hosts';
  return usageOperation(code, '')?.sqlServer == null ? null : 'SQL Server in the price on a host';
}

function whyNotCpuOptions({ cpuOptions }: Setup, type: InstanceType): string | null {
  if (cpuOptions === null) return null;
  const { coreCount, threadsPerCore } = cpuOptions;
  const isDefault =
    coreCount === type.defaultCores && threadsPerCore === type.defaultThreadsPerCore;
  const isValid =
    type.validCores.includes(coreCount) && type.validThreadsPerCore.includes(threadsPerCore);
  return isDefault || isValid ? null : 'CPU options';
}

/** What is brought where, or how, it was not brought before must be allowed for sure. */
export function checkGate(
  assignments: readonly Assignment[],
  rights: Pick<EstateRights, 'termsFor'>,
): readonly PlanBreach[] {
  return assignments.flatMap((assignment) => {
    const { machine } = assignment.machine;
    const setup = setupIn(assignment);
    const brought = new Map(
      setup.products
        .filter((one) => one.licensing === 'byol' && isNewlyBrought(assignment, setup, one.product))
        .map((one) => [one.product, one]),
    );
    return machine.deployments.flatMap((deployment): readonly PlanBreach[] => {
      const { product } = deployment;
      const planned = brought.get(product);
      if (planned === undefined) return [];
      const { edition } = planned;
      const { compute } = deployment.on;
      const on = {
        ...deployment.on,
        compute: { ...compute, placement: PLACEMENTS[setup.tenancy] },
      };
      const terms = rights.termsFor(machine, product, edition);
      const { allowed, rule } = byolEligibility({ ...deployment, edition, on }, terms);
      const { instanceId } = machine.instance;
      return allowed === true
        ? []
        : [{ code: 'byol-not-allowed', instanceId, product, rule: rule.id }];
    });
  });
}

const PLACEMENTS = {
  default: 'shared',
  dedicated: 'dedicated-instance',
  host: 'dedicated-host',
} as const;

function isNewlyBrought({ machine }: Assignment, setup: Setup, product: string): boolean {
  const { setup: now } = machine.machine;
  if (now.tenancy !== setup.tenancy) return true;
  return now.products.find((one) => one.product === product)?.licensing !== 'byol';
}
