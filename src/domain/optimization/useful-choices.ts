import type { MachineChoices } from '#domain/optimization/estate-program.ts';
import { addDraws } from '#domain/optimization/estate-rights.ts';
import type { AloneChoice } from '#domain/optimization/machine-options.ts';

/**
 * Without what no plan would choose: a way alone that costs as much as another and draws at least as
 * much of every right. How it runs now always stays.
 */
export function usefulChoices(choices: MachineChoices): MachineChoices {
  const sorted = choices.alone
    .map((choice) => ({ choice, draws: sumsOf(choice) }))
    .toSorted(
      (a, b) =>
        a.choice.micros - b.choice.micros ||
        a.choice.way.changes.length - b.choice.way.changes.length,
    );
  const kept: typeof sorted = [];
  for (const one of sorted) {
    const isNow = one.choice.way.changes.length === 0;
    if (isNow || !kept.some((other) => isNoWorse(other.draws, one.draws))) kept.push(one);
  }
  return { ...choices, alone: kept.map(({ choice }) => choice) };
}

function sumsOf({ draws }: AloneChoice): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  addDraws(sums, draws);
  return sums;
}

function isNoWorse(
  draws: ReadonlyMap<string, number>,
  others: ReadonlyMap<string, number>,
): boolean {
  return [...draws].every(([rightId, units]) => units <= (others.get(rightId) ?? 0));
}
