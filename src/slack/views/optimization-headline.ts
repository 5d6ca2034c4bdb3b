import type { OptimizationResult } from '#domain/optimization/optimization-result.ts';
import { plural } from '#slack/views/figures.ts';
import { differenceOf, roundPrice, savedText, shareText } from '#slack/views/money-words.ts';
import { productText } from '#slack/views/product-words.ts';

/** `You pay 41,200 USD a month for 212 machines; 33,900 USD would do: 7,300 USD a month less.` */
export function headline({ before, after, machines }: OptimizationResult): string {
  const now = `You pay ${roundPrice(before.monthly)} a month for ${plural(machines, 'machine')}`;
  if (after === null) return `${now}.`;
  const saved = differenceOf(before.monthly, after.monthly);
  if (saved === null) return `${now}.`;
  if (saved.micros === 0) return `${now}, and no plan costs less.`;
  return saved.micros > 0
    ? `${now}; ${roundPrice(after.monthly)} would do: ${savedText(saved)}.`
    : `${now}; this plan costs ${roundPrice(after.monthly)}: ${savedText(saved)}.`;
}

/** How much better any plan could be, at most: always proven, never guessed. Empty without a plan. */
export function boundText({ after, gap, proven, scenario }: OptimizationResult): string {
  if (after === null) return '';
  const isMoney = scenario.goal === 'least-cost';
  if (proven || gap === 0) return `Nothing can be ${isMoney ? 'cheaper' : 'better'}: proven.`;
  return `Nothing can be more than ${shareText(gap)} ${isMoney ? 'cheaper' : 'better by this goal'}: proven.`;
}

/** So many products are named. */
const NAMED = 3;

/** What one more license would be worth; empty where none would be. */
export function unitValueText({ unitValues }: OptimizationResult): string {
  if (unitValues.length === 0) return '';
  const worth = unitValues
    .toSorted((a, b) => b.monthly.micros - a.monthly.micros)
    .slice(0, NAMED)
    .map(
      ({ product, edition, monthly }) =>
        `${productText(product, edition)} ${roundPrice(monthly)} a month`,
    );
  return `One more license would save: ${worth.join(', ')}.`;
}
