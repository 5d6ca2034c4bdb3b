import { type LaunchPlan, templateOf } from '#domain/launch/launch-plan.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';
import type { PoolId } from '#domain/licenses/license-pool.ts';
import { matchesAny } from '#domain/pattern.ts';
import type { GroupMembers, Interested } from '#domain/policy/approval-rules.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { LaunchProfile } from '#domain/policy/policy-launches.ts';
import { isListed } from '#domain/policy/roles.ts';

/** A pool as policy names it. */
export interface NamedPool {
  readonly poolId: PoolId;
  readonly name: string;
}

/** What policy says to a plan: the profiles that allow it, or the first thing that none allows. */
export interface ProfileMatch {
  readonly profiles: readonly LaunchProfile[];
  readonly reasons: readonly Reason[];
}

/** Who asks for what, and under which policy. */
export interface ProfileQuestion {
  readonly policy: Policy;
  readonly plan: LaunchPlan;
  readonly interested: Pick<Interested, 'requestedBy'>;
  /** Absent: not known, and then nobody's right to ask comes from a user group. */
  readonly userGroups?: GroupMembers;
}

/** Find the launch profiles that allow a plan on these pools. Nothing is allowed without one. */
export function matchProfiles(
  question: ProfileQuestion,
  pools: readonly NamedPool[],
): ProfileMatch {
  let profiles: readonly LaunchProfile[] = question.policy.launchProfiles;
  for (const { allows, otherwise } of gatesFor(question, pools)) {
    const left = profiles.filter(allows);
    if (left.length === 0) return { profiles: left, reasons: [otherwise(profiles)] };
    profiles = left;
  }
  return { profiles, reasons: [] };
}

interface Gate {
  readonly allows: (profile: LaunchProfile) => boolean;
  /** The reason when none of these profiles lets the launch through. */
  readonly otherwise: (profiles: readonly LaunchProfile[]) => Reason;
}

function gatesFor(question: ProfileQuestion, pools: readonly NamedPool[]): readonly Gate[] {
  const { policy, plan } = question;
  const template = templateOf(plan);
  return [
    ...placeGates(policy, plan),
    {
      allows: ({ launchTemplates }) =>
        template === null || matchesAny(launchTemplates, template.name),
      otherwise: () => ({ code: 'template-not-allowed' }),
    },
    {
      allows: ({ instanceTypes }) => matchesAny(instanceTypes, plan.instanceType),
      otherwise: () => ({ code: 'instance-type-not-allowed' }),
    },
    ...pools.map(
      ({ poolId, name }): Gate => ({
        allows: (profile) => matchesAny(profile.pools, poolId, name),
        otherwise: () => ({ code: 'pool-not-allowed', poolId }),
      }),
    ),
    countGate(policy, plan),
    {
      allows: ({ spotAllowed }) => spotAllowed || !plan.spot,
      otherwise: () => ({ code: 'spot-not-allowed' }),
    },
    {
      allows: ({ requesters }) =>
        requesters === undefined ||
        isListed(requesters, question.interested.requestedBy, question.userGroups ?? null),
      otherwise: () => ({ code: 'requester-not-allowed' }),
    },
  ];
}

function placeGates(policy: Policy, { account, region, action }: LaunchPlan): readonly Gate[] {
  const regionsOfAccount = policy.accounts.find(({ id }) => id === account)?.regions ?? [];
  const { operation } = action;
  return [
    {
      allows: ({ accounts }) => accounts.includes(account),
      otherwise: () => ({ code: 'account-not-allowed' }),
    },
    {
      allows: ({ regions }) =>
        regionsOfAccount.includes(region) && (regions?.includes(region) ?? true),
      otherwise: () => ({ code: 'region-not-allowed' }),
    },
    {
      allows: ({ operations }) => operations?.includes(operation) ?? true,
      otherwise: () => ({ code: 'operation-not-allowed', operation }),
    },
  ];
}

function countGate({ limits: { countPerRequest } }: Policy, { count }: LaunchPlan): Gate {
  const limit = ({ countMaximum }: LaunchProfile) => Math.min(countMaximum, countPerRequest);
  return {
    allows: (profile) => count <= limit(profile),
    otherwise: (profiles) => ({
      code: 'count-above-maximum',
      maximum: Math.max(...profiles.map(limit)),
    }),
  };
}
