import * as z from 'zod';
import type { ReplayedRequest } from '#domain/policy-replay.ts';
import { wireReplay } from '#src/wiring/replay.ts';
import { type Replay, replayPolicy } from '#usecases/replay-policy.ts';
import { awsSettings } from './aws-settings.ts';
import { command, type Outcome } from './command.ts';
import {
  FileProblem,
  fileProblem,
  fileProblemLines,
  type PolicyFile,
  readPolicyFile,
  warningsOf,
} from './policy-file.ts';
import { replayLines } from './policy-replay-text.ts';
import { TableOption } from './table-option.ts';

const Answer = z.object({
  /** `allow`: approved automatically. */
  verdict: z.enum(['allow', 'ask', 'refuse']),
  reasons: z.array(z.string()),
  /** The approval rule that counts, where somebody must approve. */
  rule: z.string().nullable(),
  /** Level by level, how many of whom. */
  approvers: z.array(z.string()),
  stepUp: z.boolean(),
});

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
  /** What past requests would come to; `null` without `--against`. */
  replay: z
    .object({
      /** Hash of the policy in force, which the document is compared with. */
      against: z.string(),
      /** How many past requests were looked at. */
      requests: z.int(),
      /** Those that would come out otherwise. */
      changed: z.array(
        z.object({
          id: z.string(),
          requestedBy: z.string(),
          submittedAt: z.iso.datetime(),
          before: Answer,
          after: Answer,
        }),
      ),
    })
    .nullable(),
});

const DAYS = 'Write a whole number of days from 1 to 3650';

export const policyCheck = command({
  name: 'policy check',
  usage: 'FILE [--against [--days N] [--table NAME]]',
  summary:
    'Says whether a policy document can be used, and its hash; with --against also what past requests would come to under it',
  operands: ['FILE'],
  flags: ['days', 'table'],
  switches: ['against'],
  input: z
    .object({
      FILE: z.string('Name a policy file in YAML'),
      '--against': z.boolean().default(false),
      '--days': z.coerce.number(DAYS).int(DAYS).min(1, DAYS).max(3650, DAYS).optional(),
      '--table': TableOption,
    })
    .refine((input) => input['--against'] || input['--days'] === undefined, {
      path: ['--days'],
      message: 'Write --against too: without it no past requests are read',
    }),
  async run({ FILE, '--against': against, '--days': days = DAYS_BACK, '--table': table }) {
    const file = await readPolicyFile(FILE);
    if (!file.checked.ok || !against) return outcomeOf(file, null);
    const ports = wireReplay({ ...awsSettings(), table });
    return outcomeOf(file, await replayPolicy(ports, file.checked.policy, days));
  },
});

/** How far back is looked unless it is said. */
const DAYS_BACK = 90;

function outcomeOf(file: PolicyFile, replay: Replay | null): Outcome {
  const { path, hash, checked } = file;
  if (!checked.ok) {
    const problems = checked.problems.map(fileProblem);
    return {
      exitCode: 2,
      document: { ok: false, hash, problems, warnings: [], replay: null },
      text: [`${path} cannot be used:`, ...fileProblemLines(path, problems)].join('\n'),
    };
  }
  const warnings = warningsOf(checked, null);
  return {
    exitCode: 0,
    document: { ok: true, hash, problems: [], warnings, replay: replay && replayOf(replay) },
    text: [
      `${path} can be used.`,
      ...(warnings.length === 0 ? [] : ['Good to know:', ...fileProblemLines(path, warnings)]),
      ...(replay === null ? [] : replayLines(replay)),
      `Hash: ${hash}`,
    ].join('\n'),
  };
}

function replayOf({ changed, ...replay }: Replay) {
  const asText = ({ submittedAt, ...request }: ReplayedRequest) => ({
    ...request,
    submittedAt: submittedAt.toISOString(),
  });
  return { ...replay, changed: changed.map(asText) };
}
