import type { ConditionalPut, WriteCondition } from '#adapters/aws/table-item.ts';
import { HOUR_MS, MINUTE_MS } from '#domain/instant.ts';
import { NOW } from '../builders.ts';
import { chance } from '../usecases/chance.ts';
import { Product } from './product.ts';
import { type Part, partOf } from './scene.ts';
import { type Odds, Schedule } from './schedule.ts';
import { Watcher } from './watcher.ts';

/** A condition that is left out: of every put of one kind, or only that time has not run out. */
export interface Forgotten {
  readonly what: ConditionalPut['what'];
  readonly kind: WriteCondition['kind'];
}

export interface LifeOptions {
  readonly forgotten?: Forgotten | null;
  readonly odds?: Odds;
  /** Unless it is said, the seed chooses. */
  readonly part?: Part;
}

/** One process in sixty points dies; one message in five comes twice. */
export const ODDS: Odds = { crash: 60, duplicate: 5 };
const ROUNDS = 2;
const MOST_ROUNDS = 8;
/** How often a minute to forty pass between two things that happen. */
const TIME_PASSES = 60;

/**
 * One life of a few requests under one seed: submitted, clicked by everybody at once, launched, collected
 * and swept; every port call is a point where another may come between or the process may die.
 *
 * @returns the promises that were broken, in words; empty when every one held
 */
export async function live(
  seed: number,
  { forgotten = null, odds = ODDS, part }: LifeOptions = {},
): Promise<ReadonlySet<string>> {
  const random = chance(seed);
  const { requestIds, acts } = part ?? partOf(random);
  let at = NOW.getTime();
  const now = () => new Date(at);
  const schedule = new Schedule(random, odds, () => {
    if (random(TIME_PASSES) === 0) at += random(40) * MINUTE_MS;
  });
  const product: Product = new Product({
    random,
    now,
    schedule,
    relax: without(forgotten),
    onCommit: (changes) => watcher.heard(changes, now()),
  });
  const watcher = new Watcher(product, requestIds);
  const isSent = async () => (await product.table.unsent(now(), 1)).length === 0;
  await product.prepare();
  for (const commands of acts) {
    for (const command of commands) product.decide(command);
    await schedule.settle();
    product.collect();
  }
  // Whatever is left to be done is due by then; what a crash left unsent takes another round.
  for (
    let rounds = 0;
    rounds < ROUNDS || (rounds < MOST_ROUNDS && !(await isSent()));
    rounds += 1
  ) {
    product.sweep();
    await schedule.settle();
    at += 2 * HOUR_MS;
    product.collect();
    await schedule.settle();
  }
  await watcher.judgeEnd();
  return watcher.violations;
}

function without(forgotten: Forgotten | null): (put: ConditionalPut) => WriteCondition | null {
  return ({ what, condition }) => {
    if (condition === null || what !== forgotten?.what || condition.kind !== forgotten.kind) {
      return condition;
    }
    return condition.kind === 'not-due' ? { ...condition, kind: 'version' } : null;
  };
}
