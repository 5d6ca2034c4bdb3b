import { parseArgs } from 'node:util';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { DEFAULT_SETTINGS } from '#domain/estate/licensing-settings.ts';
import { positionReport } from '#domain/positioning/position-report.ts';
import {
  type EstateSize,
  NOW,
  syntheticEntitlements,
  syntheticShards,
} from './synthetic-estate.ts';

/**
 * Fold an estate some times and print `{"ms": […], "maxRssKb": …}`. A process by itself, so that the
 * memory is the fold's; shards are made as they are asked for, in time that does not count.
 */
function main(): void {
  const { values } = parseArgs({
    options: { shards: { type: 'string' }, runs: { type: 'string', default: '1' } },
  });
  const size = { shards: Number(values.shards), instancesPerShard: 1000, poolsPerShard: 10 };
  const ms = Array.from({ length: Number(values.runs) }, () => foldOnce(size));
  console.log(JSON.stringify({ ms, maxRssKb: process.resourceUsage().maxRSS }));
}

function foldOnce(size: EstateSize): number {
  let making = 0;
  const shards: Iterable<InventoryShard> = {
    *[Symbol.iterator]() {
      const made = syntheticShards(size);
      for (;;) {
        const start = performance.now();
        const next = made.next();
        making += performance.now() - start;
        if (next.done === true) return;
        yield next.value;
      }
    },
  };
  const register = { entitlements: syntheticEntitlements(size), servers: [] };
  const start = performance.now();
  const { slices } = positionReport({
    shards,
    ledgers: [],
    openRequests: [],
    register,
    settings: DEFAULT_SETTINGS,
    expectedScopes: [],
    accountNames: new Map(),
    oldAfterMs: 3_600_000,
    now: NOW,
  });
  const duration = performance.now() - start - making;
  const configurations = slices.filter(({ dimension }) => dimension === 'configuration').length;
  const expected = size.shards * size.poolsPerShard;
  if (configurations !== expected) throw new Error(`${configurations} of ${expected} pools`);
  return duration;
}

main();
