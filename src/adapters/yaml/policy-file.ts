import { BadYaml, type Place, readYaml } from '#adapters/yaml/yaml-places.ts';
import type { Policy } from '#domain/policy/policy.ts';
import { parsePolicy } from '#domain/policy/policy-document.ts';
import type { PolicyProblem } from '#domain/policy/policy-problem.ts';
import { BadDocument } from '#src/errors.ts';

/** A problem and where it stands in the text; `null` where only the text as a whole is wrong. */
export interface LocatedProblem extends PolicyProblem {
  readonly place: Place | null;
}

/** A policy text as it was read: the policy, or every problem with what to write there. */
export type CheckedPolicy =
  | {
      readonly ok: true;
      readonly policy: Policy;
      readonly locate: (problem: PolicyProblem) => LocatedProblem;
    }
  | { readonly ok: false; readonly problems: readonly LocatedProblem[] };

/**
 * A policy from its YAML text.
 *
 * @throws {BadDocument} naming every path and what to write there
 */
export function readPolicy(text: string): Policy {
  const checked = checkPolicy(text);
  if (checked.ok) return checked.policy;
  const problems = checked.problems.map(({ path, message }) => `${path || 'document'}: ${message}`);
  throw new BadDocument(`The policy cannot be used. ${problems.join('; ')}`);
}

/** The same as a value. */
export function checkPolicy(text: string): CheckedPolicy {
  if (Buffer.byteLength(text) > MOST_BYTES) {
    return unusable(`Write less: a policy has at most ${MOST_BYTES / 1024} KiB`, null);
  }
  try {
    const { value, placeOf } = readYaml(text);
    const locate = (problem: PolicyProblem) => ({ ...problem, place: placeOf(problem.path) });
    const parsed = parsePolicy(value);
    return parsed.ok ? { ...parsed, locate } : { ok: false, problems: parsed.problems.map(locate) };
  } catch (error) {
    if (error instanceof BadYaml) return unusable(`Write YAML: ${error.message}`, error.place);
    throw error;
  }
}

/** An item of the table holds 400 KB: here the text and what it says. */
const MOST_BYTES = 128 * 1024;

function unusable(message: string, place: Place | null): CheckedPolicy {
  return { ok: false, problems: [{ path: '', message, place }] };
}
