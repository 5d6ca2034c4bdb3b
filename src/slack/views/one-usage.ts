import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import { freeLicenses, usedLicenses } from '#domain/licenses/position.ts';
import type { Consumer, PoolFigures, UsageAnswer } from '#ports/notifier.ts';
import { coverageLines } from '#slack/views/coverage.ts';
import { amount, bar, figure, plural } from '#slack/views/figures.ts';
import { LIMITS } from '#slack/views/limits.ts';
import { fitted, header, type Message, type MessageBlock, message } from '#slack/views/message.ts';
import { ownersText } from '#slack/views/owners.ts';
import { gapBlocks } from '#slack/views/pool-gaps.ts';
import {
  entitlementLines,
  scarcestTerms,
  termsBlocks,
  termsFree,
} from '#slack/views/pool-terms.ts';
import { bold, bullets, code, type Line, lines, moment } from '#slack/views/rich-text.ts';
import { numberCell, table, textCell } from '#slack/views/table.ts';
import { mrkdwn, nameText, utc } from '#slack/views/text.ts';
import { trendChart } from '#slack/views/usage-trend.ts';

const SHOWN_HOLDS = 10;

/** One pool in full: both lines, why counts differ, who uses it, how it developed, when it ends. */
export function oneUsageMessage(
  figures: PoolFigures,
  answer: UsageAnswer,
  actions: readonly MessageBlock[],
): Message {
  const consumers = answer.detail?.consumers ?? [];
  const rows = Math.min(consumers.length, LIMITS.tableRows - 1);
  return fitted(rows, (shown) => onePool(figures, answer, shown, actions));
}

function onePool(
  figures: PoolFigures,
  { detail, coverage }: UsageAnswer,
  shown: number,
  actions: readonly MessageBlock[],
): Message {
  const { pool, accountName } = figures;
  const name = nameText(pool.name);
  const place = `${nameText(accountName)} (${pool.account}), ${pool.region}`;
  const first = headline(figures);
  return message(mrkdwn`${name} in ${place}: ${first}${expiryText(pool)}`, [
    header(name),
    lines([bold(first)], ...barLine(pool), [place]),
    lines(...figureLines(pool)),
    ...termsBlocks(figures),
    ...gapBlocks(figures),
    ...bullets('Holds', holdLines(pool)),
    ...bullets('What it draws on', entitlementLines(detail?.entitlements ?? [])),
    ...consumers(figures, detail?.consumers ?? [], shown),
    ...trendChart(pool.name, pool.limit, detail?.trend ?? null),
    ...coverageLines(coverage),
    ...actions,
  ]);
}

/** What is left, in a sentence: the scarcer of the two lines, in its own unit. */
function headline(figures: PoolFigures): string {
  const terms = scarcestTerms(figures);
  if (terms !== null && (terms.shortfall ?? 0) > 0 && (freeLicenses(figures.pool) ?? 0) >= 0) {
    return `By the vendor’s terms ${termsFree(terms)}; ${trackedHeadline(figures.pool).replace(/^./u, (letter) => letter.toLowerCase())}`;
  }
  return trackedHeadline(figures.pool);
}

function trackedHeadline(pool: PoolLedger): string {
  const free = freeLicenses(pool);
  if (free === null || pool.limit === null) return 'No limit is set, so nothing runs out.';
  const of = `of ${amount(pool.limit, pool.countingType)}`;
  return free < 0
    ? `Over its limit by ${amount(-free, pool.countingType)} ${of}.`
    : `${figure(free)} ${of} free.`;
}

function barLine(pool: PoolLedger): Line[] {
  if (pool.limit === null) return [];
  const taken = usedLicenses(pool) + pool.held;
  return [[`${bar(taken, pool.limit)} ${figure(taken)} of ${figure(pool.limit)} in use or held`]];
}

function figureLines(pool: PoolLedger): Line[] {
  const { countingType: unit, consumed, counted } = pool;
  const gap =
    consumed === counted
      ? ''
      : ` (License Manager counts ${figure(consumed)}, by its rules I count ${figure(counted)}; the larger one holds)`;
  const limit = pool.limit === null ? 'none' : amount(pool.limit, unit);
  const kind = pool.hardLimit ? 'hard: AWS refuses launches beyond it' : 'soft: AWS only records';
  return [
    [bold('In use: '), `${amount(usedLicenses(pool), unit)}${gap}`],
    [bold('Held for requests: '), amount(pool.held, unit)],
    [bold('Waiting in line: '), plural(pool.waiting.length, 'request')],
    [bold('Limit: '), limit, ...(pool.limit === null ? [] : [`, ${kind}`])],
    ...(pool.expiresAt === null ? [] : [[bold('Expires: '), moment(pool.expiresAt)]]),
  ];
}

function holdLines(pool: PoolLedger): Line[] {
  const shown = pool.holds
    .slice(0, SHOWN_HOLDS)
    .map(
      (hold): Line => [
        amount(hold.licenses, pool.countingType),
        ' for ',
        code(nameText(hold.consumer)),
        hold.firm ? ', approved' : ', not approved yet',
        ', since ',
        moment(hold.placedAt),
      ],
    );
  const more = pool.holds.length - shown.length;
  return more > 0 ? [...shown, [`and ${figure(more)} more`]] : shown;
}

function consumers(
  { pool, tagged }: PoolFigures,
  found: readonly Consumer[],
  shown: number,
): MessageBlock[] {
  if (found.length === 0) {
    return [
      lines([
        tagged === null
          ? 'Nothing uses this pool now.'
          : 'Nothing with this tag uses this pool now.',
      ]),
    ];
  }
  const hidden = found.length - shown;
  const rows = found
    .slice(0, shown)
    .map(({ id, name, owners, licenses }) => [
      textCell(id),
      textCell(name),
      textCell(ownersText(owners)),
      numberCell(licenses),
    ]);
  return [
    ...(rows.length === 0
      ? []
      : [
          table(
            `Who uses ${nameText(pool.name)}, largest first`,
            ['Resource', 'Name', 'Owner', 'Licenses'],
            rows,
          ),
        ]),
    ...(hidden > 0
      ? [lines([`and ${plural(hidden, 'more resource', 'more resources')}; Who uses it lists all`])]
      : []),
  ];
}

function expiryText({ expiresAt }: PoolLedger): string {
  return expiresAt === null ? '' : ` It expires on ${utc(expiresAt)}.`;
}
