import { usedLicenses } from '#domain/licenses/position.ts';
import type { PoolFigures } from '#ports/notifier.ts';
import { LIMITS } from '#slack/views/limits.ts';
import type { ChartBlock } from '#slack/views/message.ts';
import { nameText } from '#slack/views/text.ts';

/** How full pools are, in percent of their limits: pools of different units stand side by side. */
export function usageChart(pools: readonly PoolFigures[]): ChartBlock[] {
  const full = pools.flatMap(({ pool }) => {
    const { name, limit } = pool;
    if (limit === null || limit === 0) return [];
    return [{ name, percent: Math.round((100 * (usedLicenses(pool) + pool.held)) / limit) }];
  });
  const shown = full.slice(0, LIMITS.chartPoints);
  if (shown.length === 0) return [];
  const labels = chartLabels(shown.map(({ name }) => name));
  const series = (name: string, percents: readonly number[]) => ({
    name,
    data: percents.map((value, index) => ({ label: labels[index] ?? '', value })),
  });
  return [
    {
      type: 'data_visualization',
      title: 'How full they are',
      chart: {
        type: 'bar',
        series: [
          series(
            'In use or held',
            shown.map(({ percent }) => percent),
          ),
          series(
            'Limit',
            shown.map(() => 100),
          ),
        ],
        axis_config: { categories: labels, y_label: 'Percent of the limit' },
      },
    },
  ];
}

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
