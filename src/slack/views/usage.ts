import { freeLicenses, usedLicenses } from '#domain/position.ts';
import type { PoolFigures, UsageAnswer } from '#ports/notifier.ts';
import { ACTION } from '#slack/views/action-ids.ts';
import { button } from '#slack/views/buttons.ts';
import { coverageLines } from '#slack/views/coverage.ts';
import { amount, figure, plural, unitOf } from '#slack/views/figures.ts';
import { LIMITS } from '#slack/views/limits.ts';
import {
  type ChartBlock,
  context,
  fitted,
  header,
  type Message,
  type MessageBlock,
  message,
} from '#slack/views/message.ts';
import { oneUsageMessage } from '#slack/views/one-usage.ts';
import { scarcestFirst } from '#slack/views/pool-order.ts';
import { bullets, code, lines } from '#slack/views/rich-text.ts';
import { numberCell, table, textCell } from '#slack/views/table.ts';
import { mention, mrkdwn, nameText } from '#slack/views/text.ts';

/** The answer to `/license usage`: all pools, one pool, or the names nearest to what was asked. */
export function usageMessage(answer: UsageAnswer, shareable: boolean): Message {
  const [only, ...others] = answer.pools;
  if (only === undefined) return answer.query === null ? noPools(answer) : noMatch(answer);
  const share = shareable ? [shareButton(answer.query)] : [];
  if (answer.query !== null && others.length === 0) return oneUsageMessage(only, answer, share);
  const pools = answer.pools.toSorted(scarcestFirst);
  return fitted(Math.min(pools.length, LIMITS.tableRows - 1), (shown) =>
    allPools(pools, shown, answer, share),
  );
}

/** The same answer for a whole channel, with who shared it. */
export function sharedUsageMessage(answer: UsageAnswer, sharedBy: string): Message {
  const { text, blocks } = usageMessage(answer, false);
  const by = mrkdwn`Shared by ${mention(sharedBy)}`;
  return message({ markup: `${by.markup}. ${text}` }, [...blocks, context(by)]);
}

function allPools(
  pools: readonly PoolFigures[],
  shown: number,
  answer: UsageAnswer,
  share: readonly MessageBlock[],
): Message {
  const visible = pools.slice(0, shown);
  const hidden = pools.length - shown;
  const over = pools.filter((pool) => (freeLicenses(pool.pool) ?? 0) < 0).length;
  const scarcest = pools[0];
  const headline = `${plural(pools.length, 'license pool')}, ${over === 0 ? 'none over its limit' : `${figure(over)} over the limit`}.`;
  const summary =
    scarcest === undefined
      ? ''
      : ` Scarcest: ${nameText(scarcest.pool.name)}, ${freeText(scarcest)}.`;
  return message(mrkdwn`${headline}${summary}`, [
    header('License usage'),
    lines([headline, summary]),
    ...(visible.length === 0 ? [] : [poolTable(visible)]),
    ...(hidden > 0
      ? [lines([`and ${figure(hidden)} more; ask for one with `, code('/license usage <name>')])]
      : []),
    ...chart(pools),
    ...coverageLines(answer.coverage),
    ...share,
  ]);
}

function poolTable(pools: readonly PoolFigures[]): MessageBlock {
  return table(
    'License pools, scarcest first',
    ['Pool', 'Account', 'Region', 'Unit', 'Limit', 'In use', 'Held', 'Free', 'Waiting'],
    pools.map(({ pool, accountName }) => [
      textCell(pool.name),
      textCell(accountName, 40),
      textCell(pool.region),
      textCell(unitOf(2, pool.countingType)),
      numberCell(pool.limit),
      numberCell(usedLicenses(pool)),
      numberCell(pool.held),
      numberCell(freeLicenses(pool)),
      numberCell(pool.waiting.length),
    ]),
  );
}

/** Used against limit, of all pools that have one, or of the scarcest where these are too many to read. */
function chart(pools: readonly PoolFigures[]): ChartBlock[] {
  const all = pools.filter(({ pool }) => pool.limit !== null);
  if (all.length === 0) return [];
  const isWhole = all.length <= LIMITS.chartPoints;
  const limited = isWhole ? all : all.slice(0, SCARCEST);
  const subject = isWhole ? 'All pools with a limit' : `The ${SCARCEST} scarcest pools`;
  const labels = chartLabels(limited.map(({ pool }) => pool.name));
  const data = (value: (pool: PoolFigures) => number) =>
    limited.map((pool, index) => ({ label: labels[index] ?? '', value: value(pool) }));
  return [
    {
      type: 'data_visualization',
      title: subject,
      chart: {
        type: 'bar',
        series: [
          {
            name: 'In use or held',
            data: data(({ pool }) => usedLicenses(pool) + pool.held),
          },
          { name: 'Limit', data: data(({ pool }) => pool.limit ?? 0) },
        ],
        axis_config: { categories: labels, y_label: 'Licenses, in each pool’s own unit' },
      },
    },
  ];
}

const SCARCEST = 10;

/** Names cut to a chart's length and numbered where they would be the same. */
function chartLabels(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    const label = nameText(name, LIMITS.chartLabel);
    const times = (seen.get(label) ?? 0) + 1;
    seen.set(label, times);
    return times === 1 ? label : `${nameText(name, LIMITS.chartLabel - 4)} ${times}`;
  });
}

function freeText({ pool }: PoolFigures): string {
  const free = freeLicenses(pool);
  if (free === null) return 'no limit';
  return free < 0
    ? `${amount(-free, pool.countingType)} over its limit`
    : `${amount(free, pool.countingType)} free`;
}

function noPools({ coverage }: UsageAnswer): Message {
  const text =
    'There are no license pools yet. They appear when License Manager has license configurations and the first collection has run.';
  return message(mrkdwn`${text}`, [lines([text]), ...coverageLines(coverage)]);
}

function noMatch({ query, suggestions, coverage }: UsageAnswer): Message {
  const asked = nameText(query, 80);
  const nearest = suggestions[0];
  const hint = nearest === undefined ? '' : ` The nearest name is ${nameText(nearest)}.`;
  return message(mrkdwn`No pool is called ${asked}.${hint}`, [
    lines(['No pool is called ', code(asked), '.']),
    ...bullets(
      'Did you mean',
      suggestions.map((name) => [code(`/license usage ${nameText(name)}`)]),
    ),
    ...(nearest === undefined
      ? [context(mrkdwn`/license usage lists all pools.`)]
      : coverageLines(coverage)),
  ]);
}

const SHARED_QUERY = 200;

function shareButton(query: string | null): MessageBlock {
  return {
    type: 'actions',
    elements: [
      button(ACTION.share, 'Share to channel', {
        value: query === null ? ' ' : nameText(query, SHARED_QUERY),
        label: 'Share to channel: show this answer to everybody here',
      }),
    ],
  };
}
