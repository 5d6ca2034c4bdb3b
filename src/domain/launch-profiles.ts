import type { Reason } from '#domain/launch-evaluation.ts';
import { type LaunchPlan, templateOf } from '#domain/launch-plan.ts';
import type { PoolId } from '#domain/license-pool.ts';
import { matchesAny } from '#domain/pattern.ts';
import type { Policy } from '#domain/policy.ts';
import type { LaunchProfile } from '#domain/policy-launches.ts';

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

/** Find the launch profiles that allow a plan on these pools. Nothing is allowed without one. */
export function matchProfiles(
  policy: Policy,
  plan: LaunchPlan,
  pools: readonly NamedPool[],
): ProfileMatch {
  let profiles: readonly LaunchProfile[] = policy.launchProfiles;
  for (const { allows, otherwise } of gatesFor(policy, plan, pools)) {
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

function gatesFor(policy: Policy, plan: LaunchPlan, pools: readonly NamedPool[]): readonly Gate[] {
  const account = policy.accounts.find(({ id }) => id === plan.account);
  const { countPerRequest } = policy.limits;
  const template = templateOf(plan);
  return [
    {
      allows: ({ accounts }) => accounts.includes(plan.account),
      otherwise: () => ({ code: 'account-not-allowed' }),
    },
    {
      allows: ({ regions }) =>
        account?.regions.includes(plan.region) === true && (regions?.includes(plan.region) ?? true),
      otherwise: () => ({ code: 'region-not-allowed' }),
    },
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
    {
      allows: ({ countMaximum }) => plan.count <= Math.min(countMaximum, countPerRequest),
      otherwise: (profiles) => ({
        code: 'count-above-maximum',
        maximum: Math.min(
          countPerRequest,
          Math.max(...profiles.map(({ countMaximum }) => countMaximum)),
        ),
      }),
    },
    {
      allows: ({ spotAllowed }) => spotAllowed || !plan.spot,
      otherwise: () => ({ code: 'spot-not-allowed' }),
    },
  ];
}
