import type { ProgramRight } from '#domain/optimization/program-rights.ts';

/** What rights cost a month for so many units drawn of each, in micro-USD, beyond those without a price. */
export function rightsCost(
  rights: ReadonlyMap<string, ProgramRight>,
  drawn: ReadonlyMap<string, number>,
): number {
  let micros = 0;
  for (const [rightId, units] of drawn) micros += rightCost(rights.get(rightId), units);
  return micros;
}

/** Of one right: what is owned at its upkeep, what is missing at its price. */
export function rightCost(right: ProgramRight | undefined, units: number): number {
  if (right === undefined) return 0;
  const { owned, ownedUnitMicros, boughtUnitMicros } = right.right;
  const own = Math.min(units, owned);
  return own * ownedUnitMicros + (units - own) * boughtUnitMicros;
}
