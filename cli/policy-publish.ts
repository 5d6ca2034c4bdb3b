import * as z from 'zod';
import type { FieldChange, PolicyChange } from '#domain/policy-changes.ts';
import { wireProposing } from '#src/wiring/propose.ts';
import { type Proposed, proposeDocument } from '#usecases/propose-policy.ts';
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
  proposal: z.object({ id: z.string(), expiresAt: z.iso.datetime() }).nullable(),
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
  usage: 'FILE --expect HASH|none --as SLACK_USER_ID [--table NAME]',
  summary:
    'Proposes a policy document; a second administrator confirms it in Slack within 24 hours',
  operands: ['FILE'],
  flags: ['expect', 'as', 'table'],
  input: z.object({
    FILE: z.string('Name a policy file in YAML'),
    '--expect': z
      .string(HASH)
      .regex(/^([0-9a-f]{64}|none)$/, HASH)
      .transform((hash) => (hash === 'none' ? null : hash)),
    '--as': z.string(PERSON).regex(/^[UW][A-Z0-9]{2,20}$/, PERSON),
    '--table': TableOption,
  }),
  async run({ FILE, '--expect': expected, '--as': proposedBy, '--table': table }) {
    const file = await readPolicyFile(FILE);
    const { checked, hash, text } = file;
    if (!checked.ok) return unusable(expected, file, checked.problems.map(fileProblem));
    const { principal, ...ports } = await wireProposing({ ...awsSettings(), table });
    const document = { hash, text, policy: checked.policy };
    const proposer = { expected, proposedBy, principal };
    const proposed = await proposeDocument(ports, document, proposer);
    const warnings = warningsOf(checked, null);
    return {
      exitCode: proposed.kind === 'stale' ? 1 : 0,
      document: {
        ok: proposed.kind !== 'stale',
        outcome: proposed.kind,
        hash,
        published: proposed.kind === 'stale' ? proposed.published : expected,
        proposal:
          proposed.kind === 'proposed'
            ? { id: proposed.proposal.id, expiresAt: proposed.proposal.expiresAt.toISOString() }
            : null,
        changes: proposed.changes,
        problems: [],
        warnings,
      },
      text: [...linesOf(proposed, expected), ...fileProblemLines(FILE, warnings)].join('\n'),
    };
  },
});

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
      const { id, hash, expiresAt, proposedBy } = proposed.proposal;
      return [
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
