import type { DataTableBlock } from '@slack/types';
import type {
  EstateFigures,
  OptimizationResult,
} from '#domain/optimization/optimization-result.ts';
import { figure } from '#slack/views/figures.ts';
import { differenceOf, roundPrice } from '#slack/views/money-words.ts';
import { metricAmount, productText } from '#slack/views/product-words.ts';
import { numberCell, table, textCell } from '#slack/views/table.ts';

type Cell = DataTableBlock['rows'][number][number];
type License = EstateFigures['licenses'][number];

/** So many products have lines; those that change come first. */
const PRODUCTS_SHOWN = 5;

/** What it costs and takes, now and then: money, hosts, cores, licenses by product and those missing. */
export function beforeAfterTable({ before, after }: OptimizationResult): DataTableBlock {
  const later = after ?? before;
  const money = differenceOf(before.monthly, later.monthly);
  return table(
    'Now and after',
    ['What', 'Now', 'After', 'Less'],
    [
      [
        textCell('Cost a month'),
        textCell(roundPrice(before.monthly)),
        textCell(roundPrice(later.monthly)),
        textCell(money === null ? null : roundPrice(money)),
      ],
      counted('Dedicated Hosts', before.hosts.length, later.hosts.length),
      counted('Cores of hosts', coresOf(before), coresOf(later)),
      ...licenseRows(before.licenses, later.licenses),
    ],
  );
}

function counted(what: string, now: number, after: number): Cell[] {
  return [textCell(what), numberCell(now), numberCell(after), numberCell(now - after)];
}

function coresOf({ hosts }: EstateFigures): number {
  return hosts.reduce((sum, { cores }) => sum + cores, 0);
}

function licenseRows(before: readonly License[], after: readonly License[]): Cell[][] {
  const pairs = [...new Set([...before, ...after].map(keyOf))].map((key) => ({
    now: before.find((one) => keyOf(one) === key),
    later: after.find((one) => keyOf(one) === key),
  }));
  const sorted = pairs.toSorted((a, b) => changeOf(b) - changeOf(a));
  const rows = sorted.slice(0, PRODUCTS_SHOWN).flatMap(({ now, later }) => {
    const named = later ?? now;
    if (named === undefined) return [];
    const name = productText(named.product, named.edition);
    const missing = [now?.missing ?? 0, later?.missing ?? 0] as const;
    return [
      counted(`${name}, ${unitOf(named)}`, now?.units ?? 0, later?.units ?? 0),
      ...(missing.every((units) => units === 0) ? [] : [counted(`… of them missing`, ...missing)]),
    ];
  });
  const hidden = sorted.length - PRODUCTS_SHOWN;
  return hidden > 0
    ? [
        ...rows,
        [textCell(`and ${figure(hidden)} more products`), ...[0, 1, 2].map(() => textCell(null))],
      ]
    : rows;
}

/** The unit without its figure. */
function unitOf({ metric }: License): string {
  return metricAmount(2, metric).slice(2);
}

interface Pair {
  readonly now: License | undefined;
  readonly later: License | undefined;
}

function changeOf({ now, later }: Pair): number {
  return Math.abs((now?.units ?? 0) - (later?.units ?? 0));
}

function keyOf({ product, edition, metric }: License): string {
  return `${product}/${edition ?? ''}/${metric}`;
}
