import type { EstateRights } from '#domain/optimization/estate-rights.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { Setup, Step } from '#domain/optimization/recommendation.ts';
import { usageOperation } from '#domain/software/usage-operation.ts';

/** From how a machine runs to how it is to run, on a host or on none. */
export interface Transition {
  readonly machine: Machine;
  readonly from: Setup;
  readonly to: Setup;
  /** Hosts by id, or by the `ref` of one that is allocated before; `null`: none. */
  readonly fromHost: string | null;
  readonly toHost: string | null;
}

/** The way back. */
export function reversed(transition: Transition): Transition {
  const { from, to, fromHost, toHost } = transition;
  return { ...transition, from: to, to: from, fromHost: toHost, toHost: fromHost };
}

/**
 * What is done, in order: first what takes people, then licenses, then the machine. Each step of a call
 * stops the machine and starts it again where it has to.
 */
export function stepsOf(
  transition: Transition,
  rights: Pick<EstateRights, 'configurationsFor'>,
): readonly Step[] {
  const { from, to } = transition;
  if (from.running && !to.running) return [{ do: 'stop', ...on(transition) }];
  return [
    ...softwareSteps(transition),
    ...conversionSteps(transition),
    ...sizeSteps(transition),
    ...placeSteps(transition),
    ...licenseSteps(transition, rights),
    ...(!from.running && to.running ? [{ do: 'start' as const, ...on(transition) }] : []),
  ];
}

function on({ machine: { scope, instance } }: Transition) {
  return { ...scope, instanceId: instance.instanceId };
}

/** Another edition, or none, is people's work: nothing of AWS's installs software. */
function softwareSteps({ machine, from, to }: Transition): readonly Step[] {
  const after = new Map(to.products.map((one) => [one.product, one.edition]));
  const byHand = { do: 'by-hand', ...machine.scope, on: machine.instance.instanceId } as const;
  return from.products.flatMap(({ product, edition }): Step[] => {
    const next = after.get(product);
    if (next === undefined) return [{ ...byHand, task: 'uninstall-product', to: product }];
    if (next === edition) return [];
    return [{ ...byHand, task: 'change-edition', to: `${product}/${next ?? ''}` }];
  });
}

/**
 * License conversion takes licenses into the hourly price or out of it. Between two editions of SQL
 * Server in the price there is none: the edition is changed by hand, on an instance of its image.
 *
 * @see License Manager User Guide, conversion types (2026-11)
 */
function conversionSteps(transition: Transition): readonly Step[] {
  const [from, to] = [transition.from.usageOperation, transition.to.usageOperation];
  const [before, after] = [usageOperation(from, ''), usageOperation(to, '')];
  if (from === to) return [];
  const isOtherEdition = before?.sqlServer != null && after?.sqlServer != null;
  return isOtherEdition ? [] : [{ do: 'convert', ...on(transition), from, to }];
}

function sizeSteps(transition: Transition): readonly Step[] {
  const { from, to } = transition;
  const { instanceType, cpuOptions } = to;
  const isSame =
    from.instanceType === instanceType &&
    from.cpuOptions?.coreCount === cpuOptions?.coreCount &&
    from.cpuOptions?.threadsPerCore === cpuOptions?.threadsPerCore;
  return isSame ? [] : [{ do: 'resize', ...on(transition), instanceType, cpuOptions }];
}

function placeSteps(transition: Transition): readonly Step[] {
  const { from, to, fromHost, toHost } = transition;
  if (from.tenancy === to.tenancy && fromHost === toHost) return [];
  return [{ do: 'move', ...on(transition), tenancy: to.tenancy, hostId: toHost }];
}

function licenseSteps(
  { machine, from, to }: Transition,
  rights: Pick<EstateRights, 'configurationsFor'>,
): readonly Step[] {
  const { add, remove } = licensesOf(machine, from, to, rights);
  if (add.length === 0 && remove.length === 0) return [];
  const { arn: resourceArn } = machine.instance;
  return [{ do: 'associate', ...machine.scope, resourceArn, add, remove }];
}

/** The configurations that count what is brought, instead of those that counted it before. */
export function licensesOf(
  machine: Machine,
  from: Setup,
  to: Setup,
  rights: Pick<EstateRights, 'configurationsFor'>,
): { readonly add: readonly string[]; readonly remove: readonly string[] } {
  const counting = (setup: Setup) =>
    new Set(
      setup.products
        .filter(({ licensing }) => licensing === 'byol')
        .flatMap(({ product, edition }) => rights.configurationsFor(machine, product, edition)),
    );
  const [before, after] = [counting(from), counting(to)];
  return {
    add: [...after].filter((arn) => !before.has(arn)).toSorted(),
    remove: [...before].filter((arn) => !after.has(arn)).toSorted(),
  };
}
