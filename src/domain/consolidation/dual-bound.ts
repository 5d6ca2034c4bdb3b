import { at } from '#domain/consolidation/numbers.ts';
import type { LinearProgram } from '#domain/solving/linear-program.ts';

/**
 * Nothing that satisfies a program costs less: true for any duals, however inexact, because it is added
 * up anew (Neumaier and Shcherbina, 2004). Every column needs finite bounds to be held to.
 *
 * @param duals by row, what one unit more of its bound changes the cost by
 */
export function dualBound({ rows, columns }: LinearProgram, duals: ArrayLike<number>): number {
  let bound = 0;
  const usable = rows.map(({ lower, upper }, row) => {
    const dual = at(duals, row);
    const side = dual > 0 ? lower : upper;
    if (!Number.isFinite(side)) return 0;
    bound += dual * side;
    return dual;
  });
  for (const { cost, lower, upper, entries } of columns) {
    const reduced = entries.reduce((rest, [row, value]) => rest - value * at(usable, row), cost);
    bound += reduced > 0 ? reduced * lower : reduced * upper;
  }
  return bound;
}
