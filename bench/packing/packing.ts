import { loadHighs } from '#adapters/highs/highs-solver.ts';
import { type PackingAnswer, solvePacking } from '#domain/packing/solve-packing.ts';
import type { LinearSolver } from '#domain/solving/linear-program.ts';
import type { Row } from '../row.ts';
import { summarize } from '../statistics.ts';
import { instanceOf, type Known, publishedInstances } from './published-instances.ts';

/** For each instance; those that are proven sooner take less. */
const SECONDS = 20;

export interface Solved extends Known {
  readonly answer: PackingAnswer;
}

/** Solves the published instances whose name has the word in it; says of each what it came to. */
export async function solvePublished(
  word: string,
  seconds: number,
  report: (solved: Solved) => void,
): Promise<readonly Solved[]> {
  const known = await publishedInstances();
  if (known === null) {
    console.warn('Published packing instances are not there (../shared/data/packing): SKIPPED');
    return [];
  }
  const solver = await loadHighs();
  const results: Solved[] = [];
  for (const each of known.filter(({ id }) => id.includes(word))) {
    const solved = { ...each, answer: await answerTo(each, solver, seconds) };
    report(solved);
    results.push(solved);
  }
  return results;
}

async function answerTo(known: Known, solver: LinearSolver, seconds: number) {
  return solvePacking(await instanceOf(known), solver, { seconds, now: () => performance.now() });
}

/** How many are proven, how many as good as anybody's, and how far the rest may be from the best there is. */
export function totalsOf(results: readonly Solved[]): readonly string[] {
  const proven = results.filter(({ answer }) => answer.proven);
  const equal = results.filter(({ answer, best }) => answer.cost === best);
  const better = results.filter(({ answer, best }) => answer.cost < best);
  const rest = results.filter(({ answer }) => !answer.proven).map(gapOf);
  const mean = rest.reduce((sum, gap) => sum + gap, 0) / rest.length;
  return [
    `${results.length} published instances: ${proven.length} proven optimal, ${equal.length} equal to the best known, ${better.length} better than that`,
    rest.length === 0
      ? 'nothing is left open'
      : `gap of the ${rest.length} that are not proven: ${percent(mean)} on average, ${percent(Math.max(...rest))} at most`,
  ];
}

/** Between cost and lower bound, as part of the cost. */
export function gapOf({ answer }: Solved): number {
  return answer.cost === 0 ? 0 : (answer.cost - answer.lowerBound) / answer.cost;
}

export function percent(part: number): string {
  return `${(part * 100).toFixed(2)} %`;
}

/** Whether a first trial had a better plan or a better proof. */
export function isWorse({ answer, prototype }: Solved): boolean {
  return answer.cost > prototype.ub || answer.lowerBound < (prototype.lb ?? 0);
}

/** Published instances as one line. */
export async function packing(): Promise<readonly Row[]> {
  const results = await solvePublished('', SECONDS, () => {});
  if (results.length === 0) return [];
  return [
    {
      what: 'published packing instances that a first trial packed or proved better',
      unit: 'count',
      measured: results.filter(isWorse).length,
      must: 0,
      aim: 0,
      samples: { duration: summarize(results.map(({ answer }) => answer.seconds * 1000)) },
      remarks: [...totalsOf(results), `${SECONDS} s for each at most`],
    },
  ];
}
