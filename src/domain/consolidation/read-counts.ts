import type { CountModel } from '#domain/consolidation/count-model.ts';
import { type DraftPlan, withoutExcess } from '#domain/consolidation/draft-plan.ts';
import { at } from '#domain/consolidation/numbers.ts';

/** What a solution in whole numbers says. */
export function readCounts(
  { frame, patterns, seats, spares }: CountModel,
  values: ArrayLike<number>,
): DraftPlan {
  const counted = <T extends { readonly column: number }>(columns: readonly T[]) =>
    columns.flatMap((column) => {
      const count = Math.round(at(values, column.column));
      return count > 0 ? [{ ...column, count }] : [];
    });
  return withoutExcess({
    hosts: counted(patterns),
    seated: counted(seats),
    alone: counted(frame.alone),
    sources: counted(frame.sources),
    spares: counted(spares.map(({ fleet, spares: column }) => ({ fleet, column }))),
  });
}
