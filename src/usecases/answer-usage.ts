import type { AnswerJob } from '#domain/jobs/answer-job.ts';
import { scarcestFirst } from '#domain/licenses/pool-order.ts';
import { usedLicenses } from '#domain/licenses/position.ts';
import type { UsageSort, UsageView } from '#domain/licenses/usage-view.ts';
import { scopeKey } from '#domain/scope.ts';
import type { Channels } from '#ports/channels.ts';
import type { Notifier, PoolDetail, PoolFigures, UsageAnswer } from '#ports/notifier.ts';
import type { KnownPools } from '#usecases/find-pools.ts';
import { closestNames, matchingPools } from '#usecases/match-pools.ts';
import { choicesOf, consumersOf, narrowed } from '#usecases/narrow-pools.ts';
import { readSeenPools, type SightPorts } from '#usecases/seen-pools.ts';

type Ports = SightPorts & { readonly notifier: Pick<Notifier, 'usage'> };
type SharePorts = SightPorts & {
  readonly channels: Channels;
  readonly notifier: Pick<Notifier, 'shareUsage' | 'refuseShare'>;
};
type JobOf<Kind extends AnswerJob['kind']> = Extract<AnswerJob, { kind: Kind }>;

/** At most this many of a pool's resources are listed. */
const CONSUMERS_SHOWN = 50;
/** What the selects offer takes room from the table; the rest can be typed. */
const CHOICES_SHOWN = 10;

/** Answer `/license usage [name]` for one person. */
export async function answerUsage(ports: Ports, job: JobOf<'usage'>): Promise<void> {
  await ports.notifier.usage(job.replyTo, await usageOf(ports, job.replyTo.personId, job));
}

/** Post the same answer, read anew, for a whole channel of our own organization: what who shares it may see. */
export async function shareUsage(ports: SharePorts, job: JobOf<'share'>): Promise<void> {
  const { channelId, personId } = job;
  if (await ports.channels.isShared(channelId)) {
    return ports.notifier.refuseShare({ channelId, personId, responseUrl: null });
  }
  await ports.notifier.shareUsage(channelId, personId, await usageOf(ports, personId, job));
}

async function usageOf(
  ports: SightPorts,
  personId: string,
  {
    query,
    view,
    page,
  }: { readonly query: string | null; readonly view: UsageView; readonly page: number },
): Promise<UsageAnswer> {
  const known = await readSeenPools(ports, personId);
  const named = query === null ? known.all : matchingPools(known.all, query);
  const pools = narrowed(known, named, view).toSorted(ORDERS[view.sort]);
  const [only, ...others] = pools;
  const isOne = query !== null && only !== undefined && others.length === 0;
  const { accounts, owners } = choicesOf(known);
  return {
    query,
    view,
    choices: { accounts: accounts.slice(0, CHOICES_SHOWN), owners: owners.slice(0, CHOICES_SHOWN) },
    pools,
    page,
    suggestions: named.length === 0 && query !== null ? closestNames(known.all, query) : [],
    detail: isOne ? detailOf(known, only, view) : null,
    unpooled: known.unpooled,
    others: known.others,
    coverage: known.coverage,
  };
}

const ORDERS: Readonly<Record<UsageSort, (a: PoolFigures, b: PoolFigures) => number>> = {
  scarcest: scarcestFirst,
  'most-used': (a, b) => usedLicenses(b.pool) - usedLicenses(a.pool),
  name: () => 0,
  account: (a, b) => a.accountName.localeCompare(b.accountName),
};

function detailOf(known: KnownPools, figures: PoolFigures, { tag }: UsageView): PoolDetail {
  const { configurationArn } = figures.pool;
  const trends = known.shards.get(scopeKey(figures.pool))?.trends ?? [];
  return {
    consumers: consumersOf(known, figures, tag).slice(0, CONSUMERS_SHOWN),
    trend: trends.find((trend) => trend.configurationArn === configurationArn) ?? null,
    entitlements: known.licensePools.byConfiguration.get(configurationArn)?.entitlements ?? [],
  };
}
