import type { CountGap } from '#domain/licenses/count-gap.ts';
import { scopeKey } from '#domain/scope.ts';
import type { PoolFigures } from '#ports/notifier.ts';
import { figure } from '#slack/views/figures.ts';
import { LIMITS } from '#slack/views/limits.ts';
import type { MessageBlock } from '#slack/views/message.ts';
import { namedSome } from '#slack/views/pool-terms.ts';
import { causeText, productText } from '#slack/views/product-words.ts';
import { bullets, code, type Line } from '#slack/views/rich-text.ts';

/** Why counts differ, each cause with its resources, and where they are when that is elsewhere. */
export function gapBlocks({ pool, gaps }: Pick<PoolFigures, 'pool' | 'gaps'>): MessageBlock[] {
  const isElsewhere = (gap: CountGap) => scopeKey(gap) !== scopeKey(pool);
  const hidden = gaps.length - LIMITS.cardListItems;
  const shown = gaps
    .toSorted((a, b) => Number(isElsewhere(a)) - Number(isElsewhere(b)))
    .slice(0, LIMITS.cardListItems)
    .map((gap) => gapLine(gap, isElsewhere(gap)));
  const more: Line[] = hidden > 0 ? [[`and ${figure(hidden)} more`]] : [];
  return bullets('Why counts differ, and what nothing tracks', [...shown, ...more]);
}

function gapLine(gap: CountGap, isElsewhere: boolean): Line {
  const { cause, account, region, product, edition, resources } = gap;
  const named = resources.map(({ id, name }) => (name === null ? id : `${name} (${id})`));
  const what = product === null ? '' : `${productText(product, edition)}. `;
  const where = isElsewhere ? ` in ${account} ${region}` : '';
  return [
    `${causeText(cause)}: ${what}`,
    code(namedSome(named)),
    where,
    countsText(resources),
    derivedText(resources),
  ];
}

/** What runs in containers is known by their images only. */
function derivedText(resources: CountGap['resources']): string {
  const containers = resources.filter(({ kind }) => kind === 'container').length;
  return containers === 0
    ? ''
    : ` (${figure(containers)} in containers: derived, not tracked by License Manager)`;
}

function countsText(resources: CountGap['resources']): string {
  const consumed = sum(resources.map((resource) => resource.consumed));
  const counted = sum(resources.map((resource) => resource.counted));
  if (consumed === null && counted === null) return '';
  if (consumed === counted) return ` (${figure(consumed ?? 0)} counted)`;
  return ` (License Manager ${figure(consumed ?? 0)}, by its rules ${figure(counted ?? 0)})`;
}

/** `null` when none of them is known. */
function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}
