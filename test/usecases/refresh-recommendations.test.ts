import { describe, expect, it } from 'vitest';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { DAY_MS, later } from '#domain/instant.ts';
import type { FollowedRecommendation } from '#domain/optimization/followed-recommendation.ts';
import { type RefreshPorts, refreshRecommendations } from '#usecases/refresh-recommendations.ts';
import { NOW } from '../builders.ts';
import { optimizableShard, sqlMachine } from '../domain/optimization/optimization-world.ts';
import { optimizerPorts } from './optimizer-world.ts';

const ids = (count: number) =>
  Array.from({ length: count }, (_, index) => `i-${index.toString(16).padStart(17, '0')}`);
const ESTATE = optimizableShard(ids(12).map((id) => sqlMachine(id)));
const UNTIL = later(NOW, 240_000);

async function world(
  shards: readonly InventoryShard[] = [ESTATE],
  options: Parameters<typeof optimizerPorts>[1] = {},
) {
  const kept = new Map<string, FollowedRecommendation>();
  const writes: FollowedRecommendation[] = [];
  const leftOut: string[] = [];
  const ports: RefreshPorts = {
    ...(await optimizerPorts(shards, options)),
    recommendations: {
      recommendation: async (id) => kept.get(id) ?? null,
      followed: async () => [...kept.values()],
      async keep(followed) {
        writes.push(followed);
        kept.set(followed.recommendation.id, followed);
        return true;
      },
    },
    store: { request: async () => null },
    leftOut: (tooLarge) => void leftOut.push(...tooLarge),
  };
  return { ports, kept, writes, leftOut };
}

describe('the refresh of recommendations', () => {
  it('keeps what would cost least, and what is beside it', async () => {
    const { ports, kept } = await world();

    await refreshRecommendations(ports, UNTIL);

    const all = [...kept.values()];
    expect(all.map(({ recommendation: { kind } }) => kind)).toContain('consolidate-hosts');
    expect(all.every(({ status, version }) => status === 'new' && version === 1)).toBe(true);
  });

  it('changes nothing when it is done again', async () => {
    const { ports, writes } = await world();
    await refreshRecommendations(ports, UNTIL);
    const before = writes.length;

    await refreshRecommendations(ports, UNTIL);

    expect(writes).toHaveLength(before);
  });

  it('lets go what is no longer so', async () => {
    const { ports, kept } = await world();
    await refreshRecommendations(ports, UNTIL);
    await ports.snapshots.put({ ...ESTATE, instances: [] });

    await refreshRecommendations({ ...ports, now: () => later(NOW, DAY_MS) }, later(UNTIL, DAY_MS));

    const gone = [...kept.values()].filter(
      ({ recommendation: { kind } }) => kind === 'consolidate-hosts',
    );
    expect(gone.map(({ status }) => status)).toEqual(['gone']);
  });

  it('names those that are too large to be kept, and keeps the others', async () => {
    const { ports, kept, leftOut } = await world();
    const { recommendations } = ports;
    const keep = async (followed: FollowedRecommendation) => {
      if (followed.recommendation.kind === 'consolidate-hosts') throw new RangeError('too large');
      return recommendations.keep(followed);
    };

    await refreshRecommendations(
      { ...ports, recommendations: { ...recommendations, keep } },
      UNTIL,
    );

    expect(leftOut).toEqual([expect.stringMatching(/^rec-/)]);
    expect(kept.size).toBeGreaterThan(0);
    expect(kept.has(leftOut[0] ?? '')).toBe(false);
  });

  it.each([
    ['no policy', [ESTATE], { published: null }],
    ['no collection', [], {}],
  ])(
    'has nothing to do before there is something to compute: %s',
    async (_why, shards, options) => {
      const { ports, writes } = await world(shards, options);
      const never = () => Promise.reject(new Error('was asked'));

      await refreshRecommendations({ ...ports, consolidator: { consolidate: never } }, UNTIL);

      expect(writes).toEqual([]);
    },
  );
});
