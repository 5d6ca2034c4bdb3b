import type { UsageTrend } from '#domain/licenses/usage-trend.ts';
import { LIMITS } from '#slack/views/limits.ts';
import type { ChartBlock } from '#slack/views/message.ts';
import { nameText } from '#slack/views/text.ts';

/** The highest use of each week as a native line chart, beside the limit; nothing for one week alone. */
export function trendChart(
  name: string,
  limit: number | null,
  trend: UsageTrend | null,
): ChartBlock[] {
  const weeks = (trend?.weeks ?? []).slice(-LIMITS.chartPoints);
  if (weeks.length < 2) return [];
  const label = (monday: string) => monday.slice(5);
  const line = (title: string, figureOf: (week: (typeof weeks)[number]) => number) => ({
    name: title,
    data: weeks.map((week) => ({ label: label(week.monday), value: figureOf(week) })),
  });
  return [
    {
      type: 'data_visualization',
      title: nameText(`${name}: ${weeks.length} weeks`, 50),
      chart: {
        type: 'line',
        series: [
          line('In use at most', ({ highest }) => Math.ceil(highest)),
          ...(limit === null ? [] : [line('Limit now', () => limit)]),
        ],
        axis_config: {
          categories: weeks.map(({ monday }) => label(monday)),
          x_label: 'Week from Monday',
          y_label: 'Licenses',
        },
      },
    },
  ];
}
