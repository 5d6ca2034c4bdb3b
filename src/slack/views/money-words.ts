import type { Money } from '#domain/money.ts';
import { figure } from '#slack/views/figures.ts';

const MICROS = 1_000_000;

/** `41,200 USD`; with cents below 100. */
export function roundPrice({ micros, currency }: Money): string {
  const amount = micros / MICROS;
  const isLarge = Math.abs(amount) >= 100 || Number.isInteger(amount);
  const text = isLarge
    ? figure(Math.round(amount))
    : amount.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  return `${text} ${currency}`;
}

/** `7,300 USD a month less`, `200 USD a month more`, `no change`. */
export function savedText(saved: Money): string {
  if (saved.micros === 0) return 'the same a month';
  const amount = roundPrice({ ...saved, micros: Math.abs(saved.micros) });
  return `${amount} a month ${saved.micros > 0 ? 'less' : 'more'}`;
}

/** How much less the second is; `null` where they are of two currencies. */
export function differenceOf(before: Money, after: Money): Money | null {
  if (before.currency !== after.currency) return null;
  return { micros: before.micros - after.micros, currency: before.currency };
}

/** `0.4 %`: rounded up, because it is a promise that it is no more. */
export function shareText(share: number): string {
  const percent = Math.ceil(share * 1000) / 10;
  return `${percent.toLocaleString('en-US', { maximumFractionDigits: 1 })} %`;
}
