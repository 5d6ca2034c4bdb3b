import type { InventoryShard } from '#domain/inventory.ts';
import type { AnswerJob } from '#domain/job.ts';
import { countResources } from '#domain/license-counting.ts';
import { scopeKey } from '#domain/scope.ts';
import type { Notifier, PoolFigures, UsageAnswer } from '#ports/notifier.ts';
import { type PoolPorts, readPools } from '#usecases/find-pools.ts';

type Ports = PoolPorts & { readonly notifier: Notifier };
type JobOf<Kind extends AnswerJob['kind']> = Extract<AnswerJob, { kind: Kind }>;

/** At most this many of a pool's resources are listed. */
const CONSUMERS_SHOWN = 50;
const SUGGESTIONS = 3;

/** Answer `/license usage [name]` for one person. */
export async function answerUsage(ports: Ports, { query, replyTo }: JobOf<'usage'>): Promise<void> {
  await ports.notifier.usage(replyTo, await usageOf(ports, query));
}

/** Post the same answer, read anew, for a whole channel. */
export async function shareUsage(
  ports: Ports,
  { query, channelId, personId }: JobOf<'share'>,
): Promise<void> {
  await ports.notifier.shareUsage(channelId, personId, await usageOf(ports, query));
}

async function usageOf(ports: PoolPorts, query: string | null): Promise<UsageAnswer> {
  const { all, shards, coverage } = await readPools(ports);
  const pools = query === null ? all : matching(all, query);
  const [only, ...others] = pools;
  return {
    query,
    pools,
    suggestions: pools.length === 0 && query !== null ? closest(all, query) : [],
    consumers: only !== undefined && others.length === 0 ? consumersOf(only, shards) : [],
    coverage,
  };
}

/** An exact name wins over names that contain the words in any order. */
function matching(all: readonly PoolFigures[], query: string): readonly PoolFigures[] {
  const wanted = normal(query);
  const exact = all.filter(({ pool }) => normal(pool.name) === wanted || pool.poolId === query);
  if (exact.length > 0) return exact;
  const words = wanted.split(' ');
  return all.filter(({ pool, accountName }) => {
    const text = normal(`${pool.name} ${accountName} ${pool.region} ${pool.poolId}`);
    return words.every((word) => text.includes(word));
  });
}

function closest(all: readonly PoolFigures[], query: string): readonly string[] {
  const wanted = new Set(pairs(normal(query)));
  const scored = [...new Set(all.map(({ pool }) => pool.name))].map((name) => {
    const found = pairs(normal(name));
    return {
      name,
      score: found.filter((pair) => wanted.has(pair)).length / (found.length + wanted.size),
    };
  });
  return scored
    .filter(({ score }) => score > 0.1)
    .toSorted((a, b) => b.score - a.score || a.name.localeCompare(b.name))
    .slice(0, SUGGESTIONS)
    .map(({ name }) => name);
}

/** Neighboring letters: names that share many of them look alike. */
function pairs(text: string): string[] {
  return [...text].slice(1).map((letter, index) => `${text[index]}${letter}`);
}

function normal(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s"'“”]+/g, ' ')
    .trim();
}

function consumersOf(
  { pool }: PoolFigures,
  shards: readonly InventoryShard[],
): UsageAnswer['consumers'] {
  const shard = shards.find((candidate) => scopeKey(candidate) === scopeKey(pool));
  const configuration = shard?.configurations.find(({ arn }) => arn === pool.configurationArn);
  if (shard === undefined || configuration === undefined) return [];
  const names = new Map<string, string | null>([
    ...shard.instances.map(({ instanceId, name }) => [instanceId, name] as const),
    ...shard.hosts.map(({ hostId, name }) => [hostId, name] as const),
    ...shard.managedServers.map(({ id, computerName }) => [id, computerName] as const),
  ]);
  return countResources(shard, configuration)
    .map(({ resourceId, licenses }) => ({
      id: resourceId,
      name: names.get(resourceId) ?? null,
      licenses,
    }))
    .toSorted((a, b) => b.licenses - a.licenses || a.id.localeCompare(b.id))
    .slice(0, CONSUMERS_SHOWN);
}
