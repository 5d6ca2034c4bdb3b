import { expect, it } from 'vitest';
import { KeptShards } from '#adapters/aws/kept-shards.ts';
import { aShardAt } from '../snapshots.contract.ts';

it('keeps the eight shards that were used last, each in one generation', () => {
  const kept = new KeptShards();
  const shard = aShardAt(0);
  for (let scope = 1; scope <= 8; scope += 1) kept.keep(`${scope}`, { generation: 'a', shard });
  expect(kept.get('1', 'a')).toBe(shard);
  kept.keep('9', { generation: 'a', shard });
  kept.keep('3', { generation: 'b', shard });

  const found = ['1', '2', '3', '9'].map((scope) => kept.get(scope, 'a') !== undefined);
  expect(found).toEqual([true, false, false, true]);
  expect(kept.get('3', 'b')).toBe(shard);
});
