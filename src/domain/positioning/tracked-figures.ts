import { figuresOf } from '#domain/estate/collection.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { CountingType, LicenseConfiguration } from '#domain/licenses/license-configuration.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import { freeLicenses } from '#domain/licenses/position.ts';
import type { TrackedLine } from '#domain/licenses/position-report.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { applyConsumption } from '#domain/requests/ledger.ts';

/** Figures of one configuration, or of what one owner has of a unit: then without a limit. */
export interface TrackedFigures {
  readonly unit: CountingType;
  readonly limit: number | null;
  readonly consumed: number;
  readonly counted: number;
  readonly held: number;
}

/**
 * What is tracked of a configuration: the ledger's figures, brought up to date where the shard's are
 * newer, or the shard's alone before there is a ledger.
 */
export function trackedFigures(
  shard: InventoryShard,
  configuration: LicenseConfiguration,
  counted: number,
  ledger: PoolLedger | undefined,
  open: readonly LaunchRequest[],
): TrackedFigures {
  const { countingType: unit, limit, consumed } = configuration;
  if (ledger === undefined) return { unit, limit, consumed, counted, held: 0 };
  const asOf = figuresAsOf(shard);
  const current =
    asOf !== null && asOf > ledger.asOf
      ? applyConsumption(ledger, figuresOf(shard, configuration, ledger.holds, open, asOf))
      : ledger;
  return {
    unit: current.countingType,
    limit: current.limit,
    consumed: current.consumed,
    counted: current.counted,
    held: current.held,
  };
}

/** The older of the two lists that a configuration's figures are made of. */
function figuresAsOf({ sources }: InventoryShard): Date | null {
  const configurations = sources['license-configurations']?.asOf ?? null;
  const usage = sources['license-usage']?.asOf ?? null;
  if (configurations === null || usage === null) return null;
  return new Date(Math.min(configurations.getTime(), usage.getTime()));
}

/** One line for each unit. Without all limits there is no sum of limits. */
export function trackedLines(all: Iterable<TrackedFigures>): readonly TrackedLine[] {
  return [...Map.groupBy(all, ({ unit }) => unit)]
    .map(([unit, figures]) => trackedLine(unit, figures))
    .toSorted((a, b) => a.unit.localeCompare(b.unit));
}

function trackedLine(unit: CountingType, figures: readonly TrackedFigures[]): TrackedLine {
  const free = figures.map(freeLicenses);
  return {
    unit,
    limit: sum(figures.map(({ limit }) => limit)),
    consumed: figures.reduce((total, { consumed }) => total + consumed, 0),
    counted: figures.reduce((total, { counted }) => total + counted, 0),
    held: figures.reduce((total, { held }) => total + held, 0),
    available: sum(free),
    over: free.reduce<number>((total, left) => total + Math.max(0, -(left ?? 0)), 0),
  };
}

function sum(numbers: readonly (number | null)[]): number | null {
  return numbers.reduce((total, one) => (total === null || one === null ? null : total + one), 0);
}
