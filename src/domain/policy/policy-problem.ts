/** One thing wrong with a document: where, and what to write there. */
export interface PolicyProblem {
  /** `launchProfiles[0].pools`; empty for the document itself. */
  readonly path: string;
  readonly message: string;
}
