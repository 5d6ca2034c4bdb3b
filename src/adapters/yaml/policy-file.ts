import { parse } from 'yaml';
import type { Policy } from '#domain/policy.ts';
import { parsePolicy } from '#domain/policy-document.ts';
import { BadDocument } from '#src/errors.ts';

/**
 * A policy from its YAML text.
 *
 * @throws {BadDocument} naming every path and what to write there
 */
export function readPolicy(text: string): Policy {
  const parsed = parsePolicy(readYaml(text));
  if (parsed.ok) return parsed.policy;
  const problems = parsed.problems.map(({ path, message }) => `${path || 'document'}: ${message}`);
  throw new BadDocument(`The policy cannot be used. ${problems.join('; ')}`);
}

function readYaml(text: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw new BadDocument(`The policy is not readable as YAML. ${whereOf(cause)}`, { cause });
  }
}

/** The parser's first line, which names line and column; the lines below it show the place. */
function whereOf(cause: unknown): string {
  const [first = ''] = (cause instanceof Error ? cause.message : '').split('\n');
  return first.replace(/:$/, '');
}
