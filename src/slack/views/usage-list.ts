import { scarcestFirst, termsShareLeft, trackedShareLeft } from '#domain/licenses/pool-order.ts';
import { freeLicenses, usedLicenses } from '#domain/licenses/position.ts';
import type { UsageView } from '#domain/licenses/usage-view.ts';
import type { PoolFigures, UsageAnswer } from '#ports/notifier.ts';
import { coverageLines } from '#slack/views/coverage.ts';
import { amount, figure, plural, unitOf } from '#slack/views/figures.ts';
import { LIMITS } from '#slack/views/limits.ts';
import { context, header, type Message, type MessageBlock, message } from '#slack/views/message.ts';
import { scarcestTerms, termsFree } from '#slack/views/pool-terms.ts';
import { productText } from '#slack/views/product-words.ts';
import { lines } from '#slack/views/rich-text.ts';
import { numberCell, table, textCell } from '#slack/views/table.ts';
import { mrkdwn, nameText } from '#slack/views/text.ts';
import { usageChart } from '#slack/views/usage-chart.ts';

/** One page of the pools. */
export interface PoolPage {
  readonly pools: readonly PoolFigures[];
  /** How many of them fit. */
  readonly shown: number;
  readonly page: number;
  readonly pages: number;
}

/** Many pools, a page of them: both lines of each, what is missing, and what to do next. */
export function poolList(
  { pools, shown, page, pages }: PoolPage,
  answer: UsageAnswer,
  actions: readonly MessageBlock[],
): Message {
  const scarcest = answer.pools.toSorted(scarcestFirst)[0];
  const first = headline(answer.pools);
  const summary =
    scarcest === undefined
      ? ''
      : ` Scarcest: ${nameText(scarcest.pool.name)}, ${freeText(scarcest)}.`;
  const place = pages > 1 ? [[`Page ${figure(page)} of ${figure(pages)}.`]] : [];
  return message(mrkdwn`${first}${summary}`, [
    header('License usage'),
    lines([first, summary], ...narrowedLine(answer), ...place),
    ...(shown === 0 ? [] : [poolTable(pools.slice(0, shown), answer)]),
    ...(shown === pools.length
      ? []
      : [lines([`and ${figure(pools.length - shown)} more on this page that do not fit`])]),
    ...usageChart(pools),
    ...unpooledLine(answer),
    ...othersLine(answer),
    ...coverageLines(answer.coverage),
    ...actions,
  ]);
}

/** Software of products that no pool is for: what a company finds on its first day. */
function unpooledLine({ unpooled, query }: UsageAnswer): MessageBlock[] {
  if (query !== null || unpooled.length === 0) return [];
  const found = [...Map.groupBy(unpooled, ({ product, edition }) => productText(product, edition))];
  const words = found
    .slice(0, LIMITS.cardListItems)
    .map(([product, gaps]) => `${product} (${gaps.flatMap(({ resources }) => resources).length})`);
  const hidden = found.length - words.length;
  const more = hidden > 0 ? ` and ${figure(hidden)} more` : '';
  return [context(mrkdwn`⚠️ Installed, and no pool is for it: ${words.join(', ')}${more}`)];
}

/** Licenses that no configuration counts, in one line: who wants more asks at a terminal. */
function othersLine({ others, query }: UsageAnswer): MessageBlock[] {
  const { granted, users } = others;
  if (query !== null || granted.length + users.length === 0) return [];
  const useless = granted.filter(({ usable }) => !usable).length;
  const subscribed = users.reduce((sum, product) => sum + product.subscribed, 0);
  const idle = users.reduce((sum, { withoutInstance }) => sum + withoutInstance.length, 0);
  return [
    context(
      mrkdwn`Beside these pools: ${plural(granted.length, 'received license')} (${useless} not usable), ${plural(subscribed, 'user subscription')} (${idle} without an instance).`,
    ),
  ];
}

/** How many there are, and how many are in trouble by either line. */
function headline(pools: readonly PoolFigures[]): string {
  const over = pools.filter(({ pool }) => (freeLicenses(pool) ?? 0) < 0).length;
  // Configurations that draw on the same entitlements share their lines.
  const owned = new Set(pools.flatMap(({ terms }) => terms));
  const short = [...owned].filter(({ shortfall }) => (shortfall ?? 0) > 0).length;
  const tracked = over === 0 ? 'none over its limit' : `${figure(over)} over the limit`;
  const terms = short === 0 ? '' : `, ${plural(short, 'product')} short by the vendor’s terms`;
  return `${plural(pools.length, 'license pool')}, ${tracked}${terms}.`;
}

/** What the list was narrowed to, in words; empty when it is whole. */
export function narrowedTo({ account, tag }: UsageView, pools: readonly PoolFigures[]): string {
  const named = pools.find(({ pool }) => pool.account === account)?.accountName ?? account;
  return [
    ...(account === null ? [] : [`account ${nameText(named)}`]),
    ...(tag === null
      ? []
      : [`${tag.key === null ? 'owner' : nameText(tag.key)} ${nameText(tag.value)}`]),
  ].join(' and ');
}

function narrowedLine(answer: UsageAnswer): string[][] {
  const narrowed = narrowedTo(answer.view, answer.pools);
  return narrowed === '' ? [] : [[`Only ${narrowed}.`]];
}

function poolTable(pools: readonly PoolFigures[], { view }: UsageAnswer): MessageBlock {
  const tagged = view.tag === null ? [] : ['With tag'];
  return table(
    'License pools',
    ['Pool', 'Where', 'Unit', 'Limit', 'In use', ...tagged, 'Held', 'Free', 'By terms', 'Gaps'],
    pools.map((figures) => {
      const { pool, accountName, gaps } = figures;
      const terms = scarcestTerms(figures);
      return [
        textCell(pool.name),
        textCell(`${nameText(accountName, 30)}, ${pool.region}`),
        textCell(unitOf(2, pool.countingType)),
        numberCell(pool.limit),
        numberCell(usedLicenses(pool)),
        ...tagged.map(() => numberCell(figures.tagged)),
        numberCell(pool.held),
        numberCell(freeLicenses(pool)),
        textCell(terms === null ? null : termsFree(terms)),
        numberCell(gaps.reduce((sum, { resources }) => sum + resources.length, 0)),
      ];
    }),
  );
}

/** What is left by the scarcer of the two lines. */
function freeText(figures: PoolFigures): string {
  const terms = scarcestTerms(figures);
  return terms !== null && termsShareLeft(terms) < trackedShareLeft(figures.pool)
    ? `${termsFree(terms)} by the vendor’s terms`
    : trackedText(figures);
}

function trackedText({ pool }: PoolFigures): string {
  const free = freeLicenses(pool);
  if (free === null) return 'no limit';
  return free < 0
    ? `${amount(-free, pool.countingType)} over its limit`
    : `${amount(free, pool.countingType)} free`;
}
