import * as z from 'zod';
import type { GroupMembers } from '#domain/policy/approval-rules.ts';
import { sharedChannelWarnings } from '#domain/policy/named-channels.ts';
import { Policy } from '#domain/policy/policy.ts';
import { gateProblems, selfApprovalWarnings } from '#domain/policy/policy-gates.ts';
import type { PolicyProblem } from '#domain/policy/policy-problem.ts';
import { policyReferenceProblems } from '#domain/policy/policy-references.ts';
import { ruleWarnings } from '#domain/policy/rule-overlaps.ts';
import { whatToWrite } from '#domain/requests/what-to-write.ts';

export type ParsedPolicy =
  | { readonly ok: true; readonly policy: Policy }
  | { readonly ok: false; readonly problems: readonly PolicyProblem[] };

/** Read a policy from its YAML, already parsed; every problem names its path and what to write. */
export function parsePolicy(document: unknown): ParsedPolicy {
  const parsed = Policy.safeParse(document, { error: whatToWrite });
  if (!parsed.success) {
    return { ok: false, problems: parsed.error.issues.flatMap(problemsOf) };
  }
  const problems = [...policyReferenceProblems(parsed.data), ...gateProblems(parsed.data, null)];
  return problems.length === 0 ? { ok: true, policy: parsed.data } : { ok: false, problems };
}

/** One for each field that is too much, so that each names its own. */
function problemsOf(issue: z.core.$ZodIssue): PolicyProblem[] {
  const { path, message } = issue;
  if (issue.code !== 'unrecognized_keys') return [{ path: z.core.toDotPath(path), message }];
  return issue.keys.map((key) => ({
    path: z.core.toDotPath([...path, key]),
    message: `Remove ${key}: there is no such field`,
  }));
}

/**
 * What a usable policy would better say otherwise.
 *
 * @param userGroups their members, where somebody asked Slack; `null` takes each for enough people
 * @param shared ids of channels that people of another organization see, where somebody asked Slack
 */
export function policyWarnings(
  policy: Policy,
  userGroups: GroupMembers | null = null,
  shared: ReadonlySet<string> = new Set(),
): PolicyProblem[] {
  return [
    ...lastPolicyWarnings(policy),
    ...(userGroups === null ? [] : gateProblems(policy, userGroups)),
    ...selfApprovalWarnings(policy, userGroups),
    ...ruleWarnings(policy),
    ...clockWarnings(policy),
    ...sharedChannelWarnings(policy, shared),
  ];
}

/** Without a second administrator it is the last one. */
function lastPolicyWarnings({ roles }: Policy): PolicyProblem[] {
  const { users, userGroups } = roles.administrator;
  if (userGroups.length > 0 || new Set(users).size > 1) return [];
  const message = 'Write at least two people or a user group: nobody could confirm the next policy';
  return [{ path: 'roles.administrator', message }];
}

/** What would come after the request has expired. */
function clockWarnings({ approvals, expiry }: Policy): PolicyProblem[] {
  return approvals.flatMap(({ reminders, escalation }, index) => {
    const late = (field: string, after: number | undefined) =>
      after === undefined || after < expiry.pending
        ? []
        : [
            {
              path: `approvals[${index}].${field}.after`,
              message:
                'Write a shorter time than expiry.pending: the request would be over by then',
            },
          ];
    return [
      ...late('reminders', reminders.most === 0 ? undefined : reminders.after),
      ...late('escalation', escalation?.after),
    ];
  });
}
