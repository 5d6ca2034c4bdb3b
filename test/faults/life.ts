import type { ConditionalPut, WriteCondition } from '#adapters/aws/table-item.ts';
import { HOUR_MS, MINUTE_MS } from '#domain/instant.ts';
import { isTerminal } from '#domain/requests/launch-request.ts';
import { NOW } from '../builders.ts';
import { chance } from '../usecases/chance.ts';
import { Product } from './product.ts';
import { type Part, partOf } from './scene.ts';
import { type Mishap, type Odds, Schedule } from './schedule.ts';
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
  /** How far the clocks of functions may be apart from the true time. */
  readonly skewMs?: number;
}

/** One life, and how it ended. */
export interface Life {
  /** The promises that were broken, in words; empty when every one held. */
  readonly violations: ReadonlySet<string>;
  /** Of each request in its order. */
  readonly statuses: readonly (string | undefined)[];
  readonly instances: number;
  /** How many points it had. */
  readonly points: number;
}

/** One process in sixty points dies, one call in sixty fails; one message in five comes twice. */
export const ODDS: Odds = { crash: 60, failure: 60, duplicate: 5 };
const NO_ODDS: Odds = { crash: 0, failure: 0, duplicate: 0 };

/** Functions whose clocks are fast write what is to be sent later. */
const END_OF_TIME = new Date(8.64e15);
/** Before each sweep. */
const PAUSES = [2 * MINUTE_MS, 2 * HOUR_MS, 2 * HOUR_MS];
const MOST_ROUNDS = 12;
/** How often a minute to forty pass between two things that happen. */
const TIME_PASSES = 60;

/**
 * One life of a few requests under one seed: submitted, clicked by everybody at once, launched, collected
 * and swept; every port call is a point where another may come between, the call fail or the process die.
 *
 * @returns the promises that were broken, in words; empty when every one held
 */
export async function live(
  seed: number,
  { forgotten = null, odds = ODDS, part, skewMs = 0 }: LifeOptions = {},
): Promise<ReadonlySet<string>> {
  const random = chance(seed);
  const played = part ?? partOf(random);
  return (await play({ random, odds, forgotten, part: played, skewMs })).violations;
}

/** A life in which everything happens one after the other and nothing goes wrong but one thing. */
export function liveSteadily(part: Part, mishap: Mishap | null): Promise<Life> {
  // What is under way goes on before anything new begins, and EC2 always answers.
  const random = (below: number): number => below - 1;
  return play({ random, odds: NO_ODDS, mishap, forgotten: null, part, skewMs: 0 });
}

interface PlayOptions extends Required<LifeOptions> {
  readonly random: (below: number) => number;
  readonly mishap?: Mishap | null;
}

async function play(options: PlayOptions): Promise<Life> {
  const { random, odds, mishap = null, forgotten, part, skewMs } = options;
  let at = NOW.getTime();
  const now = () => new Date(at);
  const between = () => {
    if (random(TIME_PASSES) === 0) at += random(40) * MINUTE_MS;
  };
  const schedule = new Schedule({ random, odds, mishap, between });
  const product: Product = new Product({
    random,
    now,
    skewMs,
    schedule,
    relax: without(forgotten),
    onCommit: (changes) => watcher.heard(changes, new Date(at - skewMs)),
  });
  const watcher = new Watcher(product, part.requestIds);
  const isOver = async () => {
    const requests = part.requestIds.map((id) => product.table.peek(id));
    const unsent = await product.table.unsent(END_OF_TIME, 1);
    return unsent.length === 0 && requests.every((one) => one === null || isTerminal(one));
  };
  await product.prepare();
  for (const commands of part.acts) {
    for (const command of commands) product.decide(command);
    await schedule.settle();
    product.collect();
  }
  // The sweeper comes every minute; whatever is left to be done is due in the end.
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    if (round >= PAUSES.length && (await isOver())) break;
    at += PAUSES[round] ?? 2 * HOUR_MS;
    product.sweep();
    await schedule.settle();
    product.collect();
    await schedule.settle();
  }
  await watcher.judgeEnd();
  return {
    violations: watcher.violations,
    statuses: part.requestIds.map((id) => product.table.peek(id)?.status),
    instances: product.ec2.started().flatMap(({ instanceIds }) => instanceIds).length,
    points: schedule.points,
  };
}

function without(forgotten: Forgotten | null): (put: ConditionalPut) => WriteCondition | null {
  return ({ what, condition }) => {
    if (condition === null || what !== forgotten?.what || condition.kind !== forgotten.kind) {
      return condition;
    }
    return condition.kind === 'not-due' ? { ...condition, kind: 'version' } : null;
  };
}
