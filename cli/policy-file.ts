import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { checkPolicy } from '#adapters/yaml/policy-file.ts';
import type { ParsedPolicy, PolicyProblem } from '#domain/policy-document.ts';
import { sha256 } from '#src/wiring/shared.ts';
import { BadInput } from './command.ts';
import { unreadable } from './file-errors.ts';

/** A policy document as it lies in a file. */
export interface PolicyFile {
  readonly text: string;
  /** SHA-256 of the text: the name of the document, whether it can be used or not. */
  readonly hash: string;
  readonly parsed: ParsedPolicy;
}

/** Read a policy file and check it. @throws {BadInput} when there is no such file */
export async function readPolicyFile(path: string): Promise<PolicyFile> {
  try {
    const text = await readFile(path, 'utf8');
    return { text, hash: sha256(text), parsed: checkPolicy(text) };
  } catch (cause) {
    throw new BadInput(`FILE: Name a policy file in YAML. ${path}: ${unreadable(cause)}`, {
      cause,
    });
  }
}

/** One thing to change in the file. */
export const Problem = z.object({ path: z.string(), message: z.string() });

/** Problems as lines of text, each with its path. */
export function problemLines(problems: readonly PolicyProblem[]): readonly string[] {
  return problems.map(({ path, message }) => `  ${path || 'document'}: ${message}`);
}
