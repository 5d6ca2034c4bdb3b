import { Refused } from '#api/http.ts';
import { actsFor } from '#domain/policy/identity.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { Identity } from '#domain/policy/policy-people.ts';

/** Who calls: an AWS principal, and the person whom policy says that it acts for. */
export interface ApiCaller {
  /** ARN as the authorizer gives it: a user, or a session of a role. */
  readonly principal: string;
  /** The identity's own ARN: the same for every session of a role. */
  readonly identity: string;
  readonly personId: string;
  readonly mayApprove: boolean;
}

/**
 * The person that a signed call is made for. Who that is in Slack, and what they may, is found out
 * when it is decided.
 *
 * @throws {Refused} when policy maps the principal to nobody, or to more than one person
 */
export function callerOf(policy: Policy, principal: string): ApiCaller {
  const [identity, ...others] = identitiesOf(policy, principal);
  if (identity === undefined) {
    const message = `Policy names no person for ${principal}. Ask an administrator to add it under identities.`;
    throw new Refused(403, 'unknown-caller', message);
  }
  if (others.some(({ person }) => person !== identity.person)) {
    const message = `Policy names more than one person for ${principal}. Ask an administrator to keep one under identities.`;
    throw new Refused(403, 'unknown-caller', message);
  }
  return {
    principal,
    identity: identity.principal,
    personId: identity.person,
    mayApprove: [identity, ...others].every(({ mayApprove }) => mayApprove),
  };
}

/** The identity of exactly this session counts before that of its role. Root is nobody in particular. */
function identitiesOf(policy: Policy, principal: string): readonly Identity[] {
  if (principal.endsWith(':root')) return [];
  const matching = policy.identities.filter((identity) =>
    actsFor({ ...policy, identities: [identity] }, principal, identity.person),
  );
  const exact = matching.filter((identity) => identity.principal === principal);
  return exact.length > 0 ? exact : matching;
}
