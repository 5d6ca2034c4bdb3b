import { availableParallelism, loadavg } from 'node:os';
import { type Summary, summarize } from './statistics.ts';

/** How fast and how free the machine was at one moment. */
export interface MachineReading {
  readonly cores: number;
  /** Of the last minute: how many wanted to run. */
  readonly load: number;
  /** The same work, again and again: on a free machine all take the same time. Milliseconds. */
  readonly calibration: Summary;
}

/** What the figures were measured on. */
export interface Machine {
  readonly node: string;
  readonly before: MachineReading;
  readonly after: MachineReading;
  readonly disturbances: readonly string[];
}

const REPETITIONS = 15;
const ADDITIONS = 20_000_000;

export function readMachine(): MachineReading {
  work();
  const samples = Array.from({ length: REPETITIONS }, () => {
    const start = performance.now();
    work();
    return performance.now() - start;
  });
  return {
    cores: availableParallelism(),
    load: loadavg()[0] ?? Number.NaN,
    calibration: summarize(samples),
  };
}

/** Why the figures between two readings are worse than the product's; empty when nothing says so. */
export function disturbances(before: MachineReading, after: MachineReading): readonly string[] {
  const drift = after.calibration.median / before.calibration.median;
  const spread = [before, after].map(({ calibration }) => calibration.p95 / calibration.min);
  return [
    ...(before.load > before.cores / 2
      ? [`load ${before.load.toFixed(1)} on ${before.cores} cores before the first measurement`]
      : []),
    ...(Math.abs(drift - 1) > 0.1 ? [`calibration moved by ${percent(drift - 1)}`] : []),
    ...(Math.max(...spread) > 1.25
      ? [`calibration spread by ${percent(Math.max(...spread) - 1)}`]
      : []),
  ];
}

function work(): number {
  let sum = 0;
  for (let index = 0; index < ADDITIONS; index += 1) sum = (sum + index * 7) % 1_000_003;
  return sum;
}

function percent(part: number): string {
  return `${part > 0 ? '+' : ''}${Math.round(part * 100)} %`;
}
