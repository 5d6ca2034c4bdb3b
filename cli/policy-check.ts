import * as z from 'zod';
import { policyWarnings } from '#domain/policy-document.ts';
import { command, type Outcome } from './command.ts';
import { type PolicyFile, Problem, problemLines, readPolicyFile } from './policy-file.ts';

/** What `policy check --json` prints. */
export const PolicyCheckResult = z.object({
  /** Whether the document can be published. */
  ok: z.boolean(),
  /** SHA-256 of the file. */
  hash: z.string(),
  /** Why it cannot be used. */
  problems: z.array(Problem),
  /** What would better be said otherwise. */
  warnings: z.array(Problem),
});

export const policyCheck = command({
  name: 'policy check',
  usage: 'FILE',
  summary: 'Says whether a policy document can be used, and its hash. Needs no AWS',
  operands: ['FILE'],
  flags: [],
  input: z.object({ FILE: z.string('Name a policy file in YAML') }),
  run: async ({ FILE }) => outcomeOf(FILE, await readPolicyFile(FILE)),
});

function outcomeOf(path: string, { hash, parsed }: PolicyFile): Outcome {
  if (!parsed.ok) {
    const { problems } = parsed;
    return {
      exitCode: 2,
      document: { ok: false, hash, problems, warnings: [] },
      text: [`${path} cannot be used:`, ...problemLines(problems)].join('\n'),
    };
  }
  const warnings = policyWarnings(parsed.policy);
  return {
    exitCode: 0,
    document: { ok: true, hash, problems: [], warnings },
    text: [
      `${path} can be used.`,
      ...(warnings.length === 0 ? [] : ['Good to know:', ...problemLines(warnings)]),
      `Hash: ${hash}`,
    ].join('\n'),
  };
}
