import type { ConditionContext } from './condition.ts';
import type { Policy, Statement } from './policy.ts';

/** The policies that apply to a principal. Without session or organization policies there is no such limit. */
export interface Policies {
  /** What the principal's own policies grant together. */
  readonly identity: readonly Policy[];
  /** Given when the role was assumed; what they grant together is all that is left of the role. */
  readonly session: readonly Policy[];
  /** Service control policies of the account. */
  readonly organization: readonly Policy[];
}

export type PolicyKind = 'identity-based policy' | 'session policy' | 'service control policy';

/** Allowed, or who denied it: a statement, or the lack of one. */
export type Decision =
  | { readonly outcome: 'allowed' }
  | { readonly outcome: 'implicit-deny'; readonly by: PolicyKind }
  | { readonly outcome: 'explicit-deny'; readonly by: PolicyKind; readonly statement: Statement };

/** One action on one resource under the call's condition keys. */
export interface AccessRequest {
  readonly action: string;
  readonly resource: string;
  readonly context: ConditionContext;
}

/**
 * IAM's order: an explicit deny anywhere wins; then SCPs, identity policies and session policies must each allow.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function evaluate(policies: Policies, request: AccessRequest): Decision {
  const groups: readonly (readonly [PolicyKind, readonly Policy[]])[] = [
    ['service control policy', policies.organization],
    ['identity-based policy', policies.identity],
    ['session policy', policies.session],
  ];
  for (const [by, group] of groups) {
    const statement = find(group, 'Deny', request);
    if (statement !== null) return { outcome: 'explicit-deny', by, statement };
  }
  for (const [by, group] of groups) {
    const limits = by === 'identity-based policy' || group.length > 0;
    if (limits && find(group, 'Allow', request) === null) return { outcome: 'implicit-deny', by };
  }
  return { outcome: 'allowed' };
}

function find(policies: readonly Policy[], effect: Statement['effect'], request: AccessRequest) {
  for (const policy of policies) {
    const statement = policy.find(
      (candidate) =>
        candidate.effect === effect &&
        candidate.coversAction(request.action) &&
        candidate.coversResource(request.resource) &&
        candidate.condition(request.context),
    );
    if (statement !== undefined) return statement;
  }
  return null;
}
