import { scarcestFirst } from '#domain/pool-order.ts';
import { usedLicenses } from '#domain/position.ts';
import type { PoolFigures } from '#ports/notifier.ts';
import { LIMITS } from '#slack/views/limits.ts';
import type { ChartBlock } from '#slack/views/message.ts';
import { nameText } from '#slack/views/text.ts';

/** Used against limit, of all pools that have one, or of the scarcest where these are too many to read. */
export function usageChart(pools: readonly PoolFigures[]): ChartBlock[] {
  const all = pools.filter(({ pool }) => pool.limit !== null);
  if (all.length === 0) return [];
  const isWhole = all.length <= LIMITS.chartPoints;
  const limited = isWhole ? all : all.toSorted(scarcestFirst).slice(0, SCARCEST);
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
