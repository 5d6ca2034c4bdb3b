import * as z from 'zod';
import { command, type Outcome } from './command.ts';
import {
  FileProblem,
  fileProblem,
  fileProblemLines,
  type PolicyFile,
  readPolicyFile,
  warningsOf,
} from './policy-file.ts';

/** What `policy check --json` prints. */
export const PolicyCheckResult = z.object({
  /** Whether the document can be published. */
  ok: z.boolean(),
  /** SHA-256 of the file. */
  hash: z.string(),
  /** Why it cannot be used. */
  problems: z.array(FileProblem),
  /** What would better be said otherwise. */
  warnings: z.array(FileProblem),
});

export const policyCheck = command({
  name: 'policy check',
  usage: 'FILE',
  summary: 'Says whether a policy document can be used, and its hash. Needs no AWS',
  operands: ['FILE'],
  flags: [],
  input: z.object({ FILE: z.string('Name a policy file in YAML') }),
  run: async ({ FILE }) => outcomeOf(await readPolicyFile(FILE)),
});

function outcomeOf(file: PolicyFile): Outcome {
  const { path, hash, checked } = file;
  if (!checked.ok) {
    const problems = checked.problems.map(fileProblem);
    return {
      exitCode: 2,
      document: { ok: false, hash, problems, warnings: [] },
      text: [`${path} cannot be used:`, ...fileProblemLines(path, problems)].join('\n'),
    };
  }
  const warnings = warningsOf(checked, null);
  return {
    exitCode: 0,
    document: { ok: true, hash, problems: [], warnings },
    text: [
      `${path} can be used.`,
      ...(warnings.length === 0 ? [] : ['Good to know:', ...fileProblemLines(path, warnings)]),
      `Hash: ${hash}`,
    ].join('\n'),
  };
}
