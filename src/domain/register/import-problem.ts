/** What is wrong in a file, where, and what to write. */
export interface ImportProblem {
  /** As a spreadsheet counts: the header is row 1. `null`: the whole file. */
  readonly row: number | null;
  /** The column's header; `null`: the whole row. */
  readonly column: string | null;
  /** May quote what somebody typed. */
  readonly message: string;
}

/** Problems in the order of the file, as many as help, and how many there are besides. */
export interface ImportProblems {
  readonly problems: readonly ImportProblem[];
  readonly more: number;
}

/** A file of a million cells is smaller. */
export const MOST_IMPORT_BYTES = 20_000_000;

/** The one problem of a file that is too large to be read. */
export const TOO_LARGE: ImportProblem = {
  row: null,
  column: null,
  message: 'The file has more than 20 MB. Leave out columns and rows that say nothing',
};

const MOST = 200;

/** Collects problems. */
export function problemList() {
  const problems: ImportProblem[] = [];
  let total = 0;
  return {
    add(row: number | null, column: string | null, message: string): void {
      total += 1;
      if (total <= MOST) problems.push({ row, column, message });
    },
    none: () => total === 0,
    found: (): ImportProblems => ({ problems, more: total - problems.length }),
  };
}

export type ProblemList = ReturnType<typeof problemList>;
