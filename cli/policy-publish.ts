import * as z from 'zod';
import type { FieldChange, PolicyChange } from '#domain/policy/policy-changes.ts';
import type { PolicyProposal } from '#domain/policy/policy-proposal.ts';
import { wireProposing } from '#src/wiring/propose.ts';
import {
  type Proposed,
  type ProposePorts,
  proposeDocument,
  proposeRollBack,
} from '#usecases/propose-policy.ts';
import { awsSettings } from './aws-settings.ts';
import { BadInput, command, type Outcome } from './command.ts';
import {
  FileProblem,
  fileProblem,
  fileProblemLines,
  type PolicyFile,
  readPolicyFile,
  warningsOf,
} from './policy-file.ts';
import { TableOption } from './table-option.ts';

const HASH = 'Write the hash that is published now (64 hexadecimal digits), or none';
const PERSON = 'Write your Slack user id, such as U0123ABCD';

/** What `policy publish --json` prints, unless it is stopped. */
export const PolicyPublishResult = z.object({
  ok: z.boolean(),
  /** `unchanged`: published already. `stale`: another is published than `--expect`. */
  outcome: z.enum(['proposed', 'unchanged', 'stale', 'unusable']),
  /** SHA-256 of the file. */
  hash: z.string(),
  /** What is published now where the outcome is `stale`; otherwise `--expect`. */
  published: z.string().nullable(),
  proposal: z
    .object({
      id: z.string(),
      expiresAt: z.iso.datetime(),
      /** The document was in force before. */
      rollBack: z.boolean(),
    })
    .nullable(),
  /** Against the policy that is published now. */
  changes: z.array(
    z.object({
      section: z.string(),
      name: z.string().nullable(),
      kind: z.enum(['added', 'removed', 'changed']),
      fields: z.array(
        z.object({
          field: z.string(),
          removed: z.array(z.string()),
          added: z.array(z.string()),
        }),
      ),
    }),
  ),
  problems: z.array(FileProblem),
  warnings: z.array(FileProblem),
});

export const policyPublish = command({
  name: 'policy publish',
  usage: '(FILE | --roll-back-to HASH) --expect HASH|none --as SLACK_USER_ID [--table NAME]',
  summary:
    'Proposes a policy document; a second administrator confirms it in Slack within 24 hours',
  operands: ['FILE'],
  flags: ['roll-back-to', 'expect', 'as', 'table'],
  input: z.object({
    FILE: z.string().optional(),
    '--roll-back-to': z
      .string()
      .regex(
        /^[0-9a-f]{64}$/,
        'Write the hash of a policy that was in force (64 hexadecimal digits)',
      )
      .optional(),
    '--expect': z
      .string(HASH)
      .regex(/^([0-9a-f]{64}|none)$/, HASH)
      .transform((hash) => (hash === 'none' ? null : hash)),
    '--as': z.string(PERSON).regex(/^[UW][A-Z0-9]{2,20}$/, PERSON),
    '--table': TableOption,
  }),
  async run({ FILE, '--roll-back-to': earlier, ...options }) {
    if ((FILE === undefined) === (earlier === undefined)) {
      throw new BadInput('FILE: Name a policy file in YAML, or write --roll-back-to, not both');
    }
    const { '--expect': expected, '--as': proposedBy, '--table': table } = options;
    const wire = async () => {
      const { principal, ...ports } = await wireProposing({ ...awsSettings(), table });
      return { ports, proposer: { expected, proposedBy, principal } };
    };
    return earlier === undefined
      ? publishFile(await readPolicyFile(FILE ?? ''), expected, wire)
      : rollBackTo(earlier, expected, wire);
  },
});

type Wire = () => Promise<{
  readonly ports: ProposePorts;
  readonly proposer: Parameters<typeof proposeDocument>[2];
}>;

async function publishFile(
  file: PolicyFile,
  expected: string | null,
  wire: Wire,
): Promise<Outcome> {
  const { path, checked, hash, text } = file;
  if (!checked.ok) return unusable(expected, file, checked.problems.map(fileProblem));
  const { ports, proposer } = await wire();
  const document = { hash, text, policy: checked.policy };
  const proposed = await proposeDocument(ports, document, proposer);
  const warnings = warningsOf(checked, null);
  return outcomeOf(proposed, { hash, expected, warnings }, fileProblemLines(path, warnings));
}

async function rollBackTo(hash: string, expected: string | null, wire: Wire): Promise<Outcome> {
  const { ports, proposer } = await wire();
  const proposed = await proposeRollBack(ports, hash, proposer);
  if (proposed === null) {
    throw new BadInput(`--roll-back-to: No policy with the hash ${hash} was ever in force`);
  }
  return outcomeOf(proposed, { hash, expected, warnings: [] }, []);
}

function outcomeOf(
  proposed: Proposed,
  {
    hash,
    expected,
    warnings,
  }: {
    readonly hash: string;
    readonly expected: string | null;
    readonly warnings: readonly FileProblem[];
  },
  warningLines: readonly string[],
): Outcome {
  return {
    exitCode: proposed.kind === 'stale' ? 1 : 0,
    document: {
      ok: proposed.kind !== 'stale',
      outcome: proposed.kind,
      hash,
      published: proposed.kind === 'stale' ? proposed.published : expected,
      proposal: proposed.kind === 'proposed' ? proposalOf(proposed.proposal) : null,
      changes: proposed.changes,
      problems: [],
      warnings,
    },
    text: [...linesOf(proposed, expected), ...warningLines].join('\n'),
  };
}

function proposalOf({ id, expiresAt, rollBack }: PolicyProposal) {
  return { id, expiresAt: expiresAt.toISOString(), rollBack };
}

function unusable(
  published: string | null,
  { path, hash }: PolicyFile,
  problems: readonly FileProblem[],
): Outcome {
  const nothing = { published, proposal: null, changes: [], warnings: [] };
  return {
    exitCode: 2,
    document: { ok: false, outcome: 'unusable', hash, ...nothing, problems },
    text: [
      `${path} cannot be used, and was not proposed:`,
      ...fileProblemLines(path, problems),
    ].join('\n'),
  };
}

function linesOf(proposed: Proposed, expected: string | null): readonly string[] {
  switch (proposed.kind) {
    case 'unchanged':
      return ['This document is published already. Nothing was proposed.'];
    case 'stale':
      return [
        `--expect: ${expected ?? 'none'} is not what is published. Nothing was proposed.`,
        `Published now: ${proposed.published ?? 'none'}`,
        'Look at what changed since, then write that hash.',
      ];
    case 'proposed': {
      const { id, hash, expiresAt, proposedBy, rollBack } = proposed.proposal;
      return [
        ...(rollBack ? ['This is a roll-back: the document was in force before.'] : []),
        `Proposed as ${id}: nothing changes until an administrator confirms it in Slack.`,
        expected === null
          ? `That is somebody else than ${proposedBy}, unless there is only one first administrator.`
          : `That is somebody else than ${proposedBy}.`,
        `It expires at ${expiresAt.toISOString()}.`,
        `Hash: ${hash}`,
        'Changes:',
        ...proposed.changes.flatMap(changeLines),
      ];
    }
  }
}

function changeLines({ section, name, kind, fields }: PolicyChange): readonly string[] {
  const entry = name === null ? section : `${section}[${name}]`;
  if (kind === 'removed') return [`  ${entry} is removed`];
  return fields.map((field) => `  ${entry}.${field.field}: ${changeText(field)}`);
}

function changeText({ removed, added }: FieldChange): string {
  if (removed.length === 1 && added.length === 1) return `${removed[0]} → ${added[0]}`;
  return [...removed.map((text) => `- ${text}`), ...added.map((text) => `+ ${text}`)].join(' ');
}
