import type { Use } from '#domain/consolidation/consolidation-problem.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { shardIndex } from '#domain/estate/shard-index.ts';
import type { EstateRights, HostDraw, RightDraw } from '#domain/optimization/estate-rights.ts';
import { coresOnHost, type HostChoice, typeOnHost } from '#domain/optimization/host-choices.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import { passesGate, type Setup } from '#domain/optimization/recommendation.ts';
import { HOURS_PER_MONTH, setupHourlyPrice } from '#domain/optimization/setup-price.ts';
import type { Way } from '#domain/optimization/ways.ts';
import { usageOperation } from '#domain/software/usage-operation.ts';
import { byolEligibility } from '#domain/vendors/byol-eligibility.ts';

/** A way to run a machine by itself, with what it costs a month. */
export interface AloneChoice {
  readonly way: Way;
  readonly micros: number;
  readonly draws: readonly RightDraw[];
}

/** A way to run a machine on hosts of a family. */
export interface HostedChoice {
  readonly way: Way;
  /** As it would be there: of the family, if need be of another type. */
  readonly setup: Setup;
  readonly host: HostChoice;
  readonly cores: number;
  /** Licenses in the hourly price. */
  readonly micros: number;
  readonly draws: readonly HostDraw[];
}

/** What choices are made of. */
export interface OptionContext {
  readonly shard: InventoryShard;
  readonly rights: EstateRights;
  readonly hosts: readonly HostChoice[];
}

/** How the machine may run by itself. Without a known price, or a known size, there is nothing to compare. */
export function aloneChoices(
  machine: Machine,
  ways: readonly Way[],
  { shard, rights }: OptionContext,
): readonly AloneChoice[] {
  return ways.flatMap((way) => {
    const { setup } = way;
    if (setup.tenancy === 'host' || !isOpen(way)) return [];
    const hourly = setupHourlyPrice(machine, setup, shard);
    const draws = rights.drawsOf([{ machine, setup, host: null }]);
    if (hourly?.currency !== 'USD' || draws === null) return [];
    return [{ way, micros: hourly.micros * HOURS_PER_MONTH, draws }];
  });
}

/** How the machine may run on hosts. */
export function hostedChoices(
  machine: Machine,
  ways: readonly Way[],
  context: OptionContext,
): readonly HostedChoice[] {
  return ways.flatMap((way) =>
    way.setup.running && isOpen(way)
      ? context.hosts.flatMap((host) => hostedOn(machine, way, host, context) ?? [])
      : [],
  );
}

/** Every condition of bringing licenses holds for sure. */
function isOpen({ changes }: Way): boolean {
  return changes.every(({ gate }) => passesGate(gate));
}

function hostedOn(
  machine: Machine,
  way: Way,
  host: HostChoice,
  { shard, rights }: OptionContext,
): HostedChoice | null {
  const { types } = shardIndex(shard);
  const wanted = types.get(way.setup.instanceType);
  const type = wanted === undefined ? null : typeOnHost(host, wanted);
  if (type === null) return null;
  const setup = onHost(way.setup, type);
  if (!mayRunOnHost(machine, setup, rights)) return null;
  const hourly = setupHourlyPrice(machine, setup, shard);
  const draws = rights.hostDrawsOf({ machine, setup, host: host.hardware });
  if (hourly?.currency !== 'USD' || draws === null) return null;
  const micros = hourly.micros * HOURS_PER_MONTH;
  return { way, setup, host, cores: coresOnHost(host, type), micros, draws };
}

/** CPU options go with the machine where the other type takes them. */
function onHost(
  setup: Setup,
  type: {
    readonly name: string;
    readonly validCores: readonly number[];
    readonly validThreadsPerCore: readonly number[];
  },
): Setup {
  const { cpuOptions } = setup;
  const isKept =
    type.name === setup.instanceType ||
    (cpuOptions !== null &&
      type.validCores.includes(cpuOptions.coreCount) &&
      type.validThreadsPerCore.includes(cpuOptions.threadsPerCore));
  return {
    ...setup,
    instanceType: type.name,
    cpuOptions: isKept ? cpuOptions : null,
    tenancy: 'host',
  };
}

/**
 * On a Dedicated Host only Windows Server may be in the price: SQL Server and Linux subscriptions in it
 * run on shared hardware; and what is brought must be allowed there.
 *
 * @see License Manager User Guide, conversion-tenancy (2026-11)
 */
function mayRunOnHost(machine: Machine, setup: Setup, rights: EstateRights): boolean {
  const operation = usageOperation(setup.usageOperation, '');
  if (operation === null || operation.sqlServer !== null) return false;
  if (operation.linux?.licensing === 'license-included') return false;
  const brought = new Map(
    setup.products
      .filter(({ licensing }) => licensing === 'byol' || licensing === 'unknown')
      .map((one) => [one.product, one]),
  );
  return machine.deployments.every((deployment) => {
    const product = brought.get(deployment.product);
    if (product === undefined) return true;
    const { edition } = product;
    const { compute } = deployment.on;
    const on = { ...deployment.on, compute: { ...compute, placement: 'dedicated-host' as const } };
    const terms = rights.termsFor(machine, deployment.product, edition);
    const { allowed } = byolEligibility({ ...deployment, edition, on }, terms);
    return allowed === true || (allowed === null && machine.setup.tenancy === 'host');
  });
}

/** Draws as a program counts them. */
export function usesOf(draws: readonly RightDraw[]): readonly Use[] {
  return draws.map(({ rightId, units }) => ({ rightId, units }));
}
