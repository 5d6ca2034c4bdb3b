import type { PhysicalHost } from '#domain/estate/deployment.ts';
import { entryFor } from '#domain/estate/shard-index.ts';
import type { OptimizableEstate } from '#domain/optimization/kind.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { LicenseSaving } from '#domain/optimization/recommendation.ts';
import { licensePools } from '#domain/positioning/license-pools.ts';
import { poolChoice } from '#domain/positioning/pool-choice.ts';
import { addToGroup, askTerms, type ProductGroups } from '#domain/positioning/product-groups.ts';
import { linesOf } from '#domain/positioning/terms-cells.ts';
import { type LineKey, lineText } from '#domain/positioning/terms-tally.ts';
import { vendorTerms } from '#domain/vendors/vendor-terms.ts';

/** A machine where it is, or on another host. */
export interface PlacedMachine {
  readonly machine: Machine;
  /** `null`: where it is. */
  readonly host: PhysicalHost | null;
}

/** What some machines ask for together, by line. */
export type Needs = ReadonlyMap<string, { readonly line: LineKey; readonly units: number }>;

/**
 * Asks the vendors' rules, under the rights of the pools that the machines draw on.
 *
 * @returns `null` where the size of some machine is not known
 */
export type NeedsOf = (placed: readonly PlacedMachine[]) => Needs | null;

export function needsIn(estate: OptimizableEstate): NeedsOf {
  const { shards, entitlements, licensing, now } = estate;
  const configurations = shards.flatMap((shard) => shard.configurations);
  const choose = poolChoice(licensePools(configurations, entitlements, now), now);
  const ask = askTerms(vendorTerms(licensing), now);
  return (placed) => {
    const groups: ProductGroups = new Map();
    for (const { machine, host } of placed) {
      const arns = configurationArnsOf(machine);
      for (const deployment of machine.deployments) {
        const { product, edition, on } = deployment;
        const pool = choose({ product, edition, account: on.account, configurationArns: arns });
        addToGroup(groups, host === null ? deployment : movedTo(deployment, host), pool, arns);
      }
    }
    return summed(groups, ask);
  };
}

function configurationArnsOf({ instance, host }: Machine): readonly string[] {
  return [...instance.licenseConfigurationArns, ...(host?.licenseConfigurationArns ?? [])];
}

function movedTo(
  deployment: Machine['deployments'][number],
  host: PhysicalHost,
): Machine['deployments'][number] {
  const compute = { ...deployment.on.compute, placement: 'dedicated-host' as const, host };
  return { ...deployment, on: { ...deployment.on, compute } };
}

function summed(groups: ProductGroups, ask: ReturnType<typeof askTerms>): Needs | null {
  const needs = new Map<string, { line: LineKey; units: number }>();
  for (const { product, pool, deployments } of groups.values()) {
    const lineOf = linesOf(pool);
    for (const { edition, metric, units } of ask({ product, pool }, deployments)) {
      if (units === null) return null;
      const line = lineOf({ product, edition, metric });
      entryFor(needs, lineText(line), () => ({ line, units: 0 })).units += units;
    }
  }
  return needs;
}

/**
 * Whole licenses that are needed no more.
 *
 * @returns `null` where more of some line is needed than before
 */
export function licensesFreed(before: Needs, after: Needs): readonly LicenseSaving[] | null {
  const isMore = [...after].some(([key, { units }]) => units > (before.get(key)?.units ?? 0));
  if (isMore) return null;
  return [...before].flatMap(([key, { line, units }]) => {
    const freed = Math.floor(units - (after.get(key)?.units ?? 0));
    return freed > 0 ? [{ ...line, units: freed }] : [];
  });
}
