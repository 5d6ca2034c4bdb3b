import type { Money } from '#domain/money.ts';

/** Hours that AWS's own price lists count for a month. */
const HOURS_PER_MONTH = 730;

/** Something with a price an hour; a host is one. */
export interface Priced {
  readonly hourlyPrice: Money | null;
  readonly count?: number;
}

/** What all machines of a plan, or its host, cost in a month without stops; `null` where no price is known. */
export function monthlyCost({ hourlyPrice, count = 1 }: Priced): Money | null {
  return hourlyPrice && { ...hourlyPrice, micros: hourlyPrice.micros * count * HOURS_PER_MONTH };
}

/**
 * Whether a monthly cost reaches so many whole US dollars. What has no known price, or one in another
 * currency, reaches any amount: nobody may skip an approver because nobody knows.
 */
export function reachesUsd(monthly: Money | null, dollars: number): boolean {
  if (monthly?.currency !== 'USD') return true;
  return monthly.micros >= dollars * 1_000_000;
}

/** Whether a monthly cost is no more than so many whole US dollars. Nobody may say so of an unknown one. */
export function isWithinUsd(monthly: Money | null, dollars: number): boolean {
  return monthly?.currency === 'USD' && monthly.micros <= dollars * 1_000_000;
}
