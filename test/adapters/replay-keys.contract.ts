import { beforeEach, describe, expect, it } from 'vitest';
import type { ReplayKeys } from '#ports/replay-keys.ts';
import { NOW } from '../builders.ts';

/** What every ReplayKeys promises. */
export function replayKeysContract(make: () => Promise<ReplayKeys>): void {
  let keys: ReplayKeys;
  beforeEach(async () => {
    keys = await make();
  });

  describe('a replay key', () => {
    it('is new once', async () => {
      expect(await keys.add('a', NOW)).toBe(true);
      expect(await keys.add('a', NOW)).toBe(false);
      expect(await keys.add('b', NOW)).toBe(true);
    });

    it('is new to exactly one of many at once', async () => {
      const answers = await Promise.all(Array.from({ length: 10 }, () => keys.add('a', NOW)));

      expect(answers.filter((isNew) => isNew)).toHaveLength(1);
    });

    it('is new again after it was removed, which may be said twice', async () => {
      await keys.add('a', NOW);
      await keys.remove('a');
      await keys.remove('a');

      expect(await keys.add('a', NOW)).toBe(true);
    });
  });
}
