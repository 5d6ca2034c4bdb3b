import type { HostFill, OptimizationResult } from '#domain/optimization/optimization-result.ts';
import type { AccountNames } from '#ports/optimization-answers.ts';
import { bar, figure, plural } from '#slack/views/figures.ts';
import { LIMITS } from '#slack/views/limits.ts';
import type { ChartBlock, MessageBlock } from '#slack/views/message.ts';
import { bullets, type Line } from '#slack/views/rich-text.ts';
import { accountText } from '#slack/views/scenario-words.ts';
import { nameText } from '#slack/views/text.ts';

/** A host now and then; `null` where it is not there. */
interface HostChange {
  readonly now: HostFill | null;
  readonly after: HostFill | null;
}

/** So many hosts are listed: those that change first. */
const SHOWN = 5;

/** Hosts with their fill, now and then: a chart, and in words for those who do not see it. */
export function hostBlocks(
  { before, after }: OptimizationResult,
  names: AccountNames,
): MessageBlock[] {
  const changes = changesOf(before.hosts, after?.hosts ?? before.hosts);
  if (changes.length === 0) return [];
  const sorted = changes.toSorted((a, b) => weightOf(b) - weightOf(a));
  const shown = sorted.slice(0, SHOWN).map((change) => hostLine(change, names));
  const hidden = sorted.length - shown.length;
  const more = hidden > 0 ? [[`and ${plural(hidden, 'more host')}`]] : [];
  return [hostChart(changes), ...bullets('Dedicated Hosts, now → after', [...shown, ...more])];
}

function changesOf(before: readonly HostFill[], after: readonly HostFill[]): HostChange[] {
  const later = new Map(after.map((host) => [host.ref, host]));
  const now = new Set(before.map(({ ref }) => ref));
  return [
    ...before.map((host) => ({ now: host, after: later.get(host.ref) ?? null })),
    ...after.filter(({ ref }) => !now.has(ref)).map((host) => ({ now: null, after: host })),
  ];
}

/** How much of a host changes: those that come and go most. */
function weightOf({ now, after }: HostChange): number {
  if (now === null || after === null) return 1_000_000;
  return Math.abs(now.usedCores - after.usedCores);
}

function hostLine({ now, after }: HostChange, names: AccountNames): Line {
  const host = after ?? now;
  if (host === null) return [''];
  const { ref, family, account, availabilityZone } = host;
  const place = `${nameText(family, 20)} in ${accountText(account, names)}, ${nameText(availabilityZone, 20)}`;
  return [
    `${nameText(ref, 30)}, ${place}: ${fillText(now, 'new')} → ${fillText(after, 'released')}`,
  ];
}

function fillText(host: HostFill | null, none: string): string {
  if (host === null) return none;
  const { usedCores, cores, machines, spare } = host;
  const words = `${bar(usedCores, cores)} ${figure(usedCores)} of ${figure(cores)} cores`;
  return `${words}, ${spare ? 'kept free' : plural(machines, 'machine')}`;
}

/** So many hosts have bars of their own. */
const EACH = 12;

/** Each host where they fit; else how many hosts are how full. */
function hostChart(changes: readonly HostChange[]): ChartBlock {
  return changes.length <= EACH ? eachHost(changes) : classesOfHosts(changes);
}

function eachHost(changes: readonly HostChange[]): ChartBlock {
  const categories = changes.map(({ now, after }, index) =>
    nameText(`${index + 1} ${(after ?? now)?.ref ?? ''}`, LIMITS.chartLabel),
  );
  const values = (of: (change: HostChange) => HostFill | null) =>
    changes.map((change) => percentOf(of(change)));
  return chart('How full each host is', 'Percent of its cores', categories, {
    Now: values(({ now }) => now),
    After: values(({ after: fill }) => fill),
  });
}

const CLASSES = ['empty', 'up to 25 %', 'up to 50 %', 'up to 75 %', 'below 100 %', 'full'];

function classesOfHosts(changes: readonly HostChange[]): ChartBlock {
  const counts = (of: (change: HostChange) => HostFill | null) => {
    const hosts = changes.map(of).filter((host) => host !== null);
    return CLASSES.map((_, index) => hosts.filter((host) => classOf(host) === index).length);
  };
  return chart('How many hosts are how full', 'Hosts', CLASSES, {
    Now: counts(({ now }) => now),
    After: counts(({ after: fill }) => fill),
  });
}

function classOf(host: HostFill): number {
  const percent = percentOf(host);
  if (percent === 0) return 0;
  return percent >= 100 ? 5 : Math.min(4, Math.ceil(percent / 25));
}

function percentOf(host: HostFill | null): number {
  return host === null ? 0 : Math.round((100 * host.usedCores) / host.cores);
}

function chart(
  title: string,
  y_label: string,
  categories: readonly string[],
  series: Readonly<Record<string, readonly number[]>>,
): ChartBlock {
  return {
    type: 'data_visualization',
    title,
    chart: {
      type: 'bar',
      series: Object.entries(series).map(([name, values]) => ({
        name,
        data: values.map((value, index) => ({ label: categories[index] ?? '', value })),
      })),
      axis_config: { categories, y_label },
    },
  };
}
