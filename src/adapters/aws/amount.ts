import type { Money } from '#domain/money.ts';

/** Ten decimals, as AWS writes amounts, to whole millionths. */
export function moneyOf(amount: string | number, currency: string): Money {
  return { micros: Math.round(Number(amount) * 1_000_000), currency };
}
