import type { ImportProblem } from '#domain/register/import-problem.ts';
import type { Sheet } from '#domain/register/read-register.ts';

/** Reads the cells of a file, or says the one thing that keeps them from being read. */
export type ReadSheet = (
  bytes: Uint8Array,
) => { readonly sheet: Sheet } | { readonly problem: ImportProblem };
