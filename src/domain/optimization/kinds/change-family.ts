import { type InstanceType, instanceFamily } from '#domain/estate/instance-type.ts';
import type { Change, KindContext, MachineKind } from '#domain/optimization/kind.ts';
import { mayReplace, sizesByFamily } from '#domain/optimization/kinds/instance-families.ts';
import { cpusOf } from '#domain/optimization/kinds/load.ts';
import { changeOfType, type Grounds, groundsOf, onType } from '#domain/optimization/kinds/sizes.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { Setup } from '#domain/optimization/recommendation.ts';
import { matchesAny } from '#domain/pattern.ts';

/**
 * Of every other family that policy names the smallest size that carries the load, with no more vCPUs:
 * memory-optimized types have the memory of more vCPUs. What another one beats is left out.
 */
export const changeFamily: MachineKind = {
  kind: 'change-family',
  changes(machine, setup, context) {
    const from = context.types.get(setup.instanceType);
    const grounds = groundsOf(machine, context);
    if (from === undefined || grounds === null || !setup.running) return [];
    const replaced = new Set([instanceFamily(from.name), instanceFamily(machine.type.name)]);
    const found = [...sizesByFamily(context.types)].flatMap(([family, sizes]) =>
      isProposed(family, replaced, context)
        ? smallest(sizes, { machine, setup, from, grounds }, context)
        : [],
    );
    return found
      .filter((one) => !found.some((other) => beats(other, one)))
      .map(({ change }) => change);
  },
};

interface Question {
  readonly machine: Machine;
  readonly setup: Setup;
  readonly from: InstanceType;
  readonly grounds: Grounds;
}

/** A change, and what it is compared by. */
interface Found {
  readonly change: Change;
  /** Micro-USD an hour; `null`: not known. */
  readonly price: number | null;
  readonly vcpus: number;
  readonly threads: number;
}

/** For where the machine is as well as for the setup: two steps may not lose what one may not. */
function isProposed(
  family: string,
  replaced: ReadonlySet<string>,
  { settings }: KindContext,
): boolean {
  for (const other of replaced) {
    if (!mayReplace(family, other)) return false;
  }
  return matchesAny(settings.families, family);
}

function smallest(
  sizes: readonly InstanceType[],
  { machine, setup, from, grounds }: Question,
  context: KindContext,
): readonly Found[] {
  for (const type of sizes) {
    if (type.defaultVcpus > from.defaultVcpus) return [];
    const to = onType(machine, setup, type, grounds);
    if (to === null) continue;
    const { coreCount, threadsPerCore } = cpusOf(type, to.cpuOptions);
    const change = changeOfType('change-family', to, type, grounds, machine);
    return [
      {
        change,
        price: context.hourlyPrice(machine, to)?.micros ?? null,
        vcpus: coreCount * threadsPerCore,
        threads: type.defaultThreadsPerCore,
      },
    ];
  }
  return [];
}

/** Cheaper or with fewer vCPUs, and no worse in either; by threads vendors count differently. */
function beats(one: Found, other: Found): boolean {
  if (one.price === null || other.price === null || one.threads !== other.threads) return false;
  const cheaper = other.price - one.price;
  const fewer = other.vcpus - one.vcpus;
  return cheaper >= 0 && fewer >= 0 && cheaper + fewer > 0;
}
