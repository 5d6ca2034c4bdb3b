import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import {
  type CheckedPolicy,
  checkPolicy,
  type LocatedProblem,
} from '#adapters/yaml/policy-file.ts';
import type { GroupMembers } from '#domain/policy/approval-rules.ts';
import { policyWarnings } from '#domain/policy/policy-document.ts';
import { sha256 } from '#src/wiring/shared.ts';
import { BadInput } from './command.ts';
import { unreadable } from './file-errors.ts';

/** A policy document as it lies in a file. */
export interface PolicyFile {
  readonly path: string;
  readonly text: string;
  /** SHA-256 of the text: the name of the document, whether it can be used or not. */
  readonly hash: string;
  readonly checked: CheckedPolicy;
}

/** Read a policy file and check it. @throws {BadInput} when there is no such file */
export async function readPolicyFile(path: string): Promise<PolicyFile> {
  try {
    const text = await readFile(path, 'utf8');
    return { path, text, hash: sha256(text), checked: checkPolicy(text) };
  } catch (cause) {
    throw new BadInput(`FILE: Name a policy file in YAML. ${path}: ${unreadable(cause)}`, {
      cause,
    });
  }
}

/** One thing to change in the file. */
export const FileProblem = z.object({
  /** From 1; `null` where the file as a whole is meant. */
  line: z.int().positive().nullable(),
  column: z.int().positive().nullable(),
  /** `approvals[0].levels`; empty for the document itself. */
  path: z.string(),
  message: z.string(),
});
export type FileProblem = z.output<typeof FileProblem>;

/** What Slack says of those whom a policy names: members of user groups, channels that others see. */
export interface SlackFacts {
  readonly userGroups: GroupMembers;
  readonly shared: ReadonlySet<string>;
}

/**
 * What a usable policy would better say otherwise, with where it says so.
 *
 * @param slack `null` where Slack was not asked
 */
export function warningsOf(
  checked: Extract<CheckedPolicy, { ok: true }>,
  slack: SlackFacts | null,
): readonly FileProblem[] {
  return policyWarnings(checked.policy, slack?.userGroups, slack?.shared).map((problem) =>
    fileProblem(checked.locate(problem)),
  );
}

/** A problem as it is printed. */
export function fileProblem({ path, message, place }: LocatedProblem): FileProblem {
  return { line: place?.line ?? null, column: place?.column ?? null, path, message };
}

/** Problems as lines of text that editors and terminals lead to the place by. */
export function fileProblemLines(
  file: string,
  problems: readonly FileProblem[],
): readonly string[] {
  return problems.map(({ line, column, path, message }) => {
    const at = line === null || column === null ? file : `${file}:${line}:${column}`;
    return `  ${at} ${path || 'document'}: ${message}`;
  });
}
