import type { Policy } from '#domain/policy/policy.ts';
import type { Identity } from '#domain/policy/policy-people.ts';

/**
 * Whether policy says that an AWS principal acts for a person: as the user, as any session of the
 * role, or as exactly that session.
 *
 * @param arn of the caller, as CloudTrail and STS write it
 */
export function actsFor(policy: Policy, arn: string, personId: string): boolean {
  return identitiesOf(policy, arn, personId).length > 0;
}

/** Whether it acts for the person and may approve: one entry of policy that says no is enough. */
export function approvesFor(policy: Policy, arn: string, personId: string): boolean {
  const acting = identitiesOf(policy, arn, personId);
  return acting.length > 0 && acting.every(({ mayApprove }) => mayApprove);
}

function identitiesOf({ identities }: Policy, arn: string, personId: string): readonly Identity[] {
  return identities.filter(
    (identity) => identity.person === personId && isPrincipal(identity, arn),
  );
}

function isPrincipal({ principal }: Identity, arn: string): boolean {
  return arn === principal || sessionsOf(principal).some((prefix) => arn.startsWith(prefix));
}

/** How the ARNs of a role's sessions begin: they have the role's name without its path. */
function sessionsOf(principal: string): readonly string[] {
  const [, partition, account, path] =
    /^arn:(aws[a-z-]*):iam::(\d{12}):role\/(\S+)$/.exec(principal) ?? [];
  const name = path?.split('/').at(-1);
  return name === undefined ? [] : [`arn:${partition}:sts::${account}:assumed-role/${name}/`];
}
