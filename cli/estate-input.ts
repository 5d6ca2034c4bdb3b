import type { EstateFile } from '#adapters/estate-file/estate-file.ts';
import { shardOf } from '#adapters/estate-file/estate-shard.ts';
import type { PositionInput } from '#domain/positioning/position-input.ts';
import { allLedgers } from '#domain/requests/ledger.ts';

/** A file's estate as of its own moment: what was read then has not grown old since. */
export function fileInput(estate: EstateFile): PositionInput {
  const { asOf, accounts, licensing, entitlements, servers, pools, openRequests } = estate;
  const shards = estate.scopes.map((scope) => shardOf(scope, asOf));
  return {
    shards,
    ledgers: pools.length > 0 ? pools : shards.flatMap((shard) => allLedgers(shard, [])),
    openRequests,
    register: { entitlements, servers },
    settings: licensing,
    expectedScopes: accounts.flatMap(({ id, regions }) =>
      regions.map((region) => ({ account: id, region })),
    ),
    accountNames: new Map(accounts.map(({ id, name }) => [id, name])),
    oldAfterMs: estate.figuresOldAfter,
    now: asOf,
  };
}
