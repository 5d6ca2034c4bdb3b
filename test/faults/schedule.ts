import { Unavailable } from '#src/errors.ts';

/** A point in a task: others may come between, the call there may fail, or the task's process dies. */
export type Step = () => Promise<void>;

/** Something that is delivered; when it throws it is not done and comes again. */
export interface Task {
  readonly name: string;
  /** `take` gives up to so many other tasks that wait and fit, to be done together with this one. */
  run(step: Step, take: Take): Promise<void>;
}
type Take = (most: number, fits: (task: Task) => boolean) => readonly Task[];

interface Parked {
  readonly goOn: () => void;
  readonly fail: (error: Error) => void;
}

interface Running {
  /** What comes again when this process dies. */
  readonly tasks: Task[];
  readonly parked: Parked[];
  over: boolean;
}

/** How often what goes wrong goes wrong: once in so many; 0 is never. */
export interface Odds {
  readonly crash: number;
  /** A call is throttled, or what it did is done and its answer lost. */
  readonly failure: number;
  readonly duplicate: number;
}

/** One thing that goes wrong: at the nth point of all, from 0. */
export interface Mishap {
  readonly point: number;
  readonly kind: 'crash' | 'failure';
}

export interface ScheduleOptions {
  readonly random: (below: number) => number;
  readonly odds: Odds;
  readonly mishap?: Mishap | null;
  /** Called whenever something else may happen: time may pass. */
  readonly between: () => void;
}

/** More deliveries than any task needs: a task that is still not done then never will be. */
const MOST_DELIVERIES = 60;

/**
 * Runs tasks together, one randomly chosen thing at a time. Messages come in any order and twice, and a
 * process may die at any point; then its message comes again.
 */
export class Schedule {
  readonly #random: (below: number) => number;
  readonly #odds: Odds;
  readonly #mishap: Mishap | null;
  readonly #between: () => void;
  readonly #inbox: Task[] = [];
  readonly #running: Running[] = [];
  readonly #deliveries = new Map<Task, number>();
  #points = 0;

  constructor({ random, odds, mishap = null, between }: ScheduleOptions) {
    this.#random = random;
    this.#odds = odds;
    this.#mishap = mishap;
    this.#between = between;
  }

  /** How many points were passed. */
  get points(): number {
    return this.#points;
  }

  deliver(task: Task): void {
    this.#inbox.push(task);
  }

  /** Resolves when nothing is left to do. @throws when something never gets done */
  async settle(): Promise<void> {
    while (this.#inbox.length + this.#running.length > 0) {
      await new Promise((resolve) => setImmediate(resolve));
      const parked = this.#running.filter((one) => one.parked.length > 0);
      const choices = this.#inbox.length + parked.length;
      if (choices === 0) continue;
      this.#between();
      const choice = this.#random(choices);
      if (choice < this.#inbox.length) this.#start(choice);
      else this.#goOn(parked[choice - this.#inbox.length]);
    }
  }

  #happens(odds: number): boolean {
    return odds > 0 && this.#random(odds) === 0;
  }

  #start(choice: number): void {
    const [task] = this.#inbox.splice(choice, 1);
    if (task === undefined) return;
    const deliveries = (this.#deliveries.get(task) ?? 0) + 1;
    this.#deliveries.set(task, deliveries);
    if (deliveries > MOST_DELIVERIES) throw new Error(`Never done: ${task.name}`);
    if (this.#happens(this.#odds.duplicate)) this.#inbox.push(task);
    const running: Running = { tasks: [task], parked: [], over: false };
    this.#running.push(running);
    const step = () => new Promise<void>((goOn, fail) => void running.parked.push({ goOn, fail }));
    task
      .run(step, (most, fits) => this.#take(running, most, fits))
      .catch(() => this.#repeat(running))
      .finally(() => this.#end(running));
  }

  #take(running: Running, most: number, fits: (task: Task) => boolean): readonly Task[] {
    const taken: Task[] = [];
    for (let index = this.#inbox.length - 1; index >= 0 && taken.length < most; index -= 1) {
      const task = this.#inbox[index];
      if (task !== undefined && fits(task)) taken.push(...this.#inbox.splice(index, 1));
    }
    running.tasks.push(...taken);
    return taken;
  }

  #goOn(running: Running | undefined): void {
    if (running === undefined) return;
    const mishap = this.#mishapHere();
    if (mishap === 'crash') {
      // Nobody ever hears of it again: what it waits for does not come.
      this.#repeat(running);
      this.#end(running);
      return;
    }
    const [parked] = running.parked.splice(this.#random(running.parked.length), 1);
    if (mishap === 'failure') parked?.fail(new Unavailable('No answer'));
    else parked?.goOn();
  }

  #mishapHere(): Mishap['kind'] | null {
    const point = this.#points;
    this.#points += 1;
    if (this.#mishap !== null) return point === this.#mishap.point ? this.#mishap.kind : null;
    if (this.#happens(this.#odds.crash)) return 'crash';
    return this.#happens(this.#odds.failure) ? 'failure' : null;
  }

  #repeat({ over, tasks }: Running): void {
    if (!over) this.#inbox.push(...tasks);
  }

  #end(running: Running): void {
    if (running.over) return;
    running.over = true;
    this.#running.splice(this.#running.indexOf(running), 1);
  }
}
