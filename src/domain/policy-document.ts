import * as z from 'zod';
import { Policy } from '#domain/policy.ts';
import type { ApprovalLevel, ApprovalRule } from '#domain/policy-approvals.ts';
import { whatToWrite } from '#domain/what-to-write.ts';

/** One thing wrong with a document: where, and what to write there. */
export interface PolicyProblem {
  /** `launchProfiles[0].pools`; empty for the document itself. */
  readonly path: string;
  readonly message: string;
}

export type ParsedPolicy =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

/** Read a policy from its YAML, already parsed; every problem names its path and what to write. */
export function parsePolicy(document: unknown): ParsedPolicy {
  const parsed = Policy.safeParse(document, { error: whatToWrite });
  if (!parsed.success) {
    const problems = parsed.error.issues.map(({ path, message }) => ({
      path: z.core.toDotPath(path),
      message,
    }));
    return { ok: false, problems };
  }
  const problems = [...danglingNames(parsed.data), ...emptyGates(parsed.data)];
  return problems.length === 0 ? { ok: true, policy: parsed.data } : { ok: false, problems };
}

/** Accounts and profiles that are named but not described. */
function danglingNames(policy: Policy): PolicyProblem[] {
  const accounts = new Set(policy.accounts.map(({ id }) => id));
  const profiles = new Set(policy.launchProfiles.map(({ name }) => name));
  return [
    ...unknownNames(policy.launchProfiles, 'launchProfiles', 'accounts', accounts),
    ...unknownNames(policy.approvals, 'approvals', 'accounts', accounts),
    ...unknownNames(policy.autoApproval, 'autoApproval', 'profiles', profiles),
    ...repeated(
      policy.accounts.map(({ id }) => id),
      'accounts',
      'id',
    ),
    ...repeated(
      policy.launchProfiles.map(({ name }) => name),
      'launchProfiles',
      'name',
    ),
  ];
}

function unknownNames<Field extends string>(
  entries: readonly { readonly [name in Field]?: readonly string[] | undefined }[],
  section: string,
  field: Field,
  known: ReadonlySet<string>,
): PolicyProblem[] {
  return entries.flatMap((entry, index) =>
    (entry[field] ?? [])
      .filter((name) => !known.has(name))
      .map((name) => ({
        path: `${section}[${index}].${field}`,
        message: `Describe ${name} under ${field === 'accounts' ? 'accounts' : 'launchProfiles'}, or remove it here`,
      })),
  );
}

function repeated(names: readonly string[], section: string, field: string): PolicyProblem[] {
  return names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [
          {
            path: `${section}[${index}].${field}`,
            message: `Write another: ${name} is there already`,
          },
        ],
  );
}

/** Approval rules that nobody could ever satisfy. */
function emptyGates(policy: Policy): PolicyProblem[] {
  return policy.approvals.flatMap((rule, index) =>
    hasMembers(policy, rule)
      ? []
      : [
          {
            path: `approvals[${index}].levels`,
            message: 'Write at least one person or user group: nobody could approve',
          },
        ],
  );
}

function hasMembers(policy: Policy, { levels }: ApprovalRule): boolean {
  return levels.every((level) => isAnybody(policy, level));
}

function isAnybody(policy: Policy, { approvers }: ApprovalLevel): boolean {
  const { users, userGroups } = typeof approvers === 'string' ? policy.roles[approvers] : approvers;
  return users.length > 0 || userGroups.length > 0;
}

/** What a usable policy would better say otherwise: without a second administrator it is the last one. */
export function policyWarnings({ roles }: Policy): PolicyProblem[] {
  const { users, userGroups } = roles.administrator;
  if (userGroups.length > 0 || new Set(users).size > 1) return [];
  const message = 'Write at least two people or a user group: nobody could confirm the next policy';
  return [{ path: 'roles.administrator', message }];
}
