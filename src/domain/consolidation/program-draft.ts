import type { Column, LinearProgram, Row } from '#domain/solving/linear-program.ts';

/** A program in the making. */
export interface ProgramDraft extends LinearProgram {
  /** @returns its place among the rows */
  row(lower: number, upper: number): number;
  /** @returns its place among the columns */
  column(column: Column): number;
}

export function programDraft(): ProgramDraft {
  const rows: Row[] = [];
  const columns: Column[] = [];
  return {
    rows,
    columns,
    row: (lower, upper) => rows.push({ lower, upper }) - 1,
    column: (column) => columns.push(column) - 1,
  };
}
