import * as z from 'zod';
import { namedUserGroups } from '#domain/policy/named-user-groups.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { ReplayedRequest } from '#domain/policy/policy-replay.ts';
import { wireReplay } from '#src/wiring/replay.ts';
import { wireSlackFacts } from '#src/wiring/slack-facts.ts';
import { type Replay, replayPolicy } from '#usecases/replay-policy.ts';
import { sharedChannels } from '#usecases/shared-channels.ts';
import { awsSettings } from './aws-settings.ts';
import { command, type Outcome } from './command.ts';
import {
  FileProblem,
  fileProblem,
  fileProblemLines,
  type PolicyFile,
  readPolicyFile,
  type SlackFacts,
  warningsOf,
} from './policy-file.ts';
import { replayLines } from './policy-replay-text.ts';
import { slackSettings } from './slack-settings.ts';
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
  usage: 'FILE [--slack] [--against [--days N] [--table NAME]]',
  summary:
    'Says whether a policy document can be used, and its hash; with --slack also whether enough people are in its user groups and nobody else sees its channels, with --against what past requests would come to',
  operands: ['FILE'],
  flags: ['days', 'table'],
  switches: ['slack', 'against'],
  input: z
    .object({
      FILE: z.string('Name a policy file in YAML'),
      '--slack': z.boolean().default(false),
      '--against': z.boolean().default(false),
      '--days': z.coerce.number(DAYS).int(DAYS).min(1, DAYS).max(3650, DAYS).optional(),
      '--table': TableOption,
    })
    .refine((input) => input['--against'] || input['--days'] === undefined, {
      path: ['--days'],
      message: 'Write --against too: without it no past requests are read',
    }),
  async run({ FILE, '--slack': slack, '--against': against, ...options }) {
    const file = await readPolicyFile(FILE);
    if (!file.checked.ok) return unusable(file, file.checked.problems.map(fileProblem));
    const { policy } = file.checked;
    const facts = slack ? await askSlack(policy) : null;
    const { '--days': days = DAYS_BACK, '--table': table } = options;
    const replay = against
      ? await replayPolicy(
          wireReplay({ ...awsSettings(), table }),
          policy,
          days,
          facts?.userGroups ?? null,
        )
      : null;
    return usable(file, warningsOf(file.checked, facts), replay);
  },
});

async function askSlack(policy: Policy): Promise<SlackFacts> {
  const { people, channels } = wireSlackFacts(slackSettings());
  const [userGroups, shared] = await Promise.all([
    people.members(namedUserGroups(policy)),
    sharedChannels({ channels }, policy),
  ]);
  return { userGroups, shared };
}

/** How far back is looked unless it is said. */
const DAYS_BACK = 90;

function unusable({ path, hash }: PolicyFile, problems: readonly FileProblem[]): Outcome {
  return {
    exitCode: 2,
    document: { ok: false, hash, problems, warnings: [], replay: null },
    text: [`${path} cannot be used:`, ...fileProblemLines(path, problems)].join('\n'),
  };
}

function usable(
  { path, hash }: PolicyFile,
  warnings: readonly FileProblem[],
  replay: Replay | null,
): Outcome {
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
