import { parse } from 'yaml';
import type { Policy } from '#domain/policy.ts';
import { type ParsedPolicy, parsePolicy } from '#domain/policy-document.ts';
import { BadDocument } from '#src/errors.ts';

/**
 * A policy from its YAML text.
 *
 * @throws {BadDocument} naming every path and what to write there
 */
export function readPolicy(text: string): Policy {
  const parsed = checkPolicy(text);
  if (parsed.ok) return parsed.policy;
  const problems = parsed.problems.map(({ path, message }) => `${path || 'document'}: ${message}`);
  throw new BadDocument(`The policy cannot be used. ${problems.join('; ')}`);
}

/** The same as a value: the policy, or every problem with its path and what to write there. */
export function checkPolicy(text: string): ParsedPolicy {
  if (Buffer.byteLength(text) > MOST_BYTES) {
    return unusable(`Write less: a policy has at most ${MOST_BYTES / 1024} KiB`);
  }
  try {
    return parsePolicy(parse(text));
  } catch (error) {
    return unusable(`Write YAML: ${whereOf(error)}`);
  }
}

/** An item of the table holds 400 KB: here the text and what it says. */
const MOST_BYTES = 128 * 1024;

function unusable(message: string): ParsedPolicy {
  return { ok: false, problems: [{ path: '', message }] };
}

/** The parser's first line, which names line and column; the lines below it show the place. */
function whereOf(cause: unknown): string {
  const [first = ''] = (cause instanceof Error ? cause.message : '').split('\n');
  return first.replace(/:$/, '');
}
