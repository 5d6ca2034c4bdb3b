import { requestPacing } from '#adapters/aws/request-pacing.ts';
import { REQUEST_RATES } from '#adapters/aws/request-rates.ts';
import { dueSources } from '#domain/estate/collection-round.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { MINUTE_MS, SECOND_MS } from '#domain/instant.ts';
import { type Scope, scopeKey } from '#domain/scope.ts';
import { emptyShard, readInventory } from '#usecases/read-inventory.ts';
import { NOW } from '../../test/builders.ts';
import { type CalledService, inventorySources } from '../../test/fakes/inventory-sources.ts';
import type { Row } from '../row.ts';
import { summarize } from '../statistics.ts';
import { company, fewestCalls, type Place } from './estate.ts';
import { ServerBucket, type ServerRate, shortestSeconds } from './token-bucket.ts';
import { VirtualClock } from './virtual-clock.ts';

const ACCOUNTS = 1000;
/** As many functions as AWS runs at once for an account, unless it is asked for more. */
const WORKERS = 1000;
/** From a call to its answer. */
const LATENCY_MS = 100;
/** As functions/collect has, less what it keeps back for storing. */
const DELIVERY_MS = 860 * SECOND_MS;
const ROUND_MS = 5 * MINUTE_MS;

/** What AWS is played to let through: what pacing takes for granted, unless said otherwise. */
type Rates = (service: CalledService) => ServerRate;

/** AWS's buckets, one for each account, Region and service. */
class Servers {
  readonly #buckets = new Map<string, ServerBucket>();
  readonly #rates: Rates;
  readonly #clock: VirtualClock;

  constructor(rates: Rates, clock: VirtualClock) {
    this.#rates = rates;
    this.#clock = clock;
  }

  of(scope: Scope, service: CalledService): ServerBucket {
    const key = `${scopeKey(scope)}/${service}`;
    const bucket = this.#buckets.get(key) ?? new ServerBucket(this.#rates(service), this.#clock);
    this.#buckets.set(key, bucket);
    return bucket;
  }

  calls(): number {
    return [...this.#buckets.values()].reduce(
      (sum, { passed, refused }) => sum + passed + refused,
      0,
    );
  }
}

/** One round: what it took, and what it could not have done better. */
interface Round {
  readonly calls: number;
  readonly fewest: number;
  readonly seconds: number;
  readonly shortest: number;
  /** How long each account and Region took. Milliseconds. */
  readonly each: readonly number[];
}

/** A whole company over two rounds: the first one, and another five minutes after it has ended. */
async function collect(rates: Rates, accounts: number): Promise<readonly Round[]> {
  const clock = new VirtualClock(NOW.getTime());
  const places = new Map(company(accounts).map((place) => [scopeKey(place.scope), place]));
  const servers = new Servers(rates, clock);
  // Each worker is a process of its own, that knows of no other's calls.
  const workers = Array.from({ length: WORKERS }, () => {
    const pacing = requestPacing({ now: clock.now, sleep: clock.sleep, random: () => 0.5 });
    const sources = inventorySources(
      (scope) => places.get(scopeKey(scope))?.contents ?? {},
      (scope, service) =>
        pacing.paced(scope, service, async () => {
          servers.of(scope, service).spend();
          await clock.sleep(LATENCY_MS);
        }),
    );
    return { pacing, ports: { ...sources, now: () => new Date(clock.now()) } };
  });
  const shards = new Map<string, InventoryShard>();

  async function round(daily: boolean): Promise<Round> {
    const roundStart = new Date(clock.now());
    const before = servers.calls();
    const queue = [...places.values()].map(({ scope }) => scope);
    const each: number[] = [];
    const work = workers.map(async ({ pacing, ports }) => {
      for (let scope = queue.shift(); scope !== undefined; scope = queue.shift()) {
        const start = clock.now();
        const until = new Date(start + DELIVERY_MS);
        pacing.stopAt(until);
        const known = shards.get(scopeKey(scope)) ?? emptyShard(scope);
        const shard = await readInventory(ports, known, { roundStart, until }, () => true);
        shards.set(scopeKey(scope), shard);
        if (dueSources(shard, roundStart, ports.hub).length > 0) queue.push(scope);
        each.push(clock.now() - start);
      }
    });
    await clock.run(Promise.all(work));
    assertWhole(shards);
    return {
      calls: servers.calls() - before,
      seconds: (clock.now() - roundStart.getTime()) / SECOND_MS,
      each,
      ...leastOf([...places.values()], rates, daily),
    };
  }

  const first = await round(true);
  await clock.run(clock.sleep(ROUND_MS));
  return [first, await round(false)];
}

/** @throws when anything was not read: fewer calls would be no merit then */
function assertWhole(shards: ReadonlyMap<string, InventoryShard>): void {
  for (const { account, region, sources } of shards.values()) {
    const failed = Object.entries(sources).find(([, { state }]) => state !== 'read');
    if (failed !== undefined) throw new Error(`${account}/${region}: ${JSON.stringify(failed)}`);
  }
}

/**
 * The fewest calls, and the shortest time in which the buckets let them through: that of the fullest
 * bucket, or all of them shared by the workers, without any time for the calls themselves.
 */
function leastOf(
  places: readonly Place[],
  rates: Rates,
  daily: boolean,
): Pick<Round, 'fewest' | 'shortest'> {
  const least = places.map((place) => {
    const byService = fewestCalls(place, daily);
    return {
      calls: byService.reduce((sum, [, calls]) => sum + calls, 0),
      seconds: Math.max(
        ...byService.map(([service, calls]) => shortestSeconds(calls, rates(service))),
      ),
    };
  });
  const seconds = least.map((place) => place.seconds);
  return {
    fewest: least.reduce((sum, { calls }) => sum + calls, 0),
    shortest: Math.max(...seconds, seconds.reduce((sum, one) => sum + one, 0) / WORKERS),
  };
}

const callRatio = (rounds: readonly Round[]): number =>
  Math.max(...rounds.map(({ calls, fewest }) => calls / fewest));
const timeRatio = (rounds: readonly Round[]): number =>
  Math.max(...rounds.map(({ seconds, shortest }) => seconds / shortest));

/** Both rows at once: the real reading and pacing, in virtual time, against simulated token buckets. */
export async function collection(): Promise<readonly Row[]> {
  const rounds = await collect((service) => REQUEST_RATES[service], ACCOUNTS);
  const what = 'inventory of 1,000 accounts x 20 Regions';
  const remarks = [
    `1,000,000 instances; two rounds, the worse one counts; ${WORKERS} workers; ${LATENCY_MS} ms a call`,
    ...rounds.map(
      ({ calls, fewest, seconds, shortest }, index) =>
        `round ${index + 1}: ${calls} calls, ${fewest} at least; ${seconds.toFixed(0)} s, ${shortest.toFixed(0)} s at least`,
    ),
    ...(await otherRates()),
  ];
  const samples = { 'an account and Region': summarize(rounds.flatMap(({ each }) => each)) };
  return [
    {
      what: `${what}: calls over the fewest possible`,
      unit: 'ratio',
      measured: callRatio(rounds),
      must: 1.05,
      aim: 1.05,
      samples: {},
      remarks,
    },
    {
      what: `${what}: time over what the buckets allow`,
      unit: 'ratio',
      measured: timeRatio(rounds),
      must: 1.3,
      aim: 1.1,
      samples,
      remarks: ['the buckets alone: no time for the calls themselves is granted'],
    },
  ];
}

/** What pacing makes of services that let through less or more than it takes for granted. */
async function otherRates(): Promise<readonly string[]> {
  const lines: string[] = [];
  for (const factor of [0.5, 2]) {
    const rounds = await collect((service) => {
      const { burst, perSecond } = REQUEST_RATES[service];
      return { burst: burst * factor, perSecond: perSecond * factor };
    }, ACCOUNTS / 10);
    lines.push(
      `a tenth of it, were every rate ${factor} times what we assume: calls ${callRatio(rounds).toFixed(3)}, time ${timeRatio(rounds).toFixed(3)}`,
    );
  }
  return lines;
}
