import type { Policy } from '#domain/policy.ts';
import type { Identity } from '#domain/policy-people.ts';

/**
 * Whether policy says that an AWS principal acts for a person: as the user, as any session of the
 * role, or as exactly that session.
 *
 * @param arn of the caller, as CloudTrail and STS write it
 */
export function actsFor({ identities }: Policy, arn: string, personId: string): boolean {
  return identities.some((identity) => identity.person === personId && isPrincipal(identity, arn));
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
