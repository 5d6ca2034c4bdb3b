import type { Entitlement } from '#domain/licenses/entitlement.ts';
import type { Money } from '#domain/money.ts';
import type { OptimizationSettings } from '#domain/optimization/optimization-settings.ts';

const MONTHS_PER_YEAR = 12;

/**
 * What so many more licenses cost a month: the price spread over `purchaseMonths`, and maintenance.
 *
 * @param owned the newest first; the newest with a price says it
 * @returns `null` without a price
 */
export function purchaseMonthly(
  owned: readonly Entitlement[],
  units: number,
  { purchaseMonths }: Pick<OptimizationSettings, 'purchaseMonths'>,
): Money | null {
  const priced = owned.find(({ unitPrice }) => unitPrice !== null);
  if (priced === undefined || priced.unitPrice === null) return null;
  const { unitPrice, maintenancePrice } = priced;
  const purchase = (units * unitPrice.micros) / purchaseMonths;
  const upkeep = (units * (maintenancePrice?.micros ?? 0)) / MONTHS_PER_YEAR;
  return { ...unitPrice, micros: Math.round(purchase + upkeep) };
}

/** Maintenance of so many licenses a month; `null` where no price is stated. */
export function maintenanceMonthly(
  { maintenancePrice }: Pick<Entitlement, 'maintenancePrice'>,
  units: number,
): Money | null {
  if (maintenancePrice === null) return null;
  return {
    ...maintenancePrice,
    micros: Math.round((units * maintenancePrice.micros) / MONTHS_PER_YEAR),
  };
}
