import { type LaunchPlan, type MachinePlan, templateOf } from '#domain/launch/launch-plan.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';
import type { PoolId } from '#domain/licenses/license-pool.ts';
import { matchesAny } from '#domain/pattern.ts';
import type { GroupMembers, Interested } from '#domain/policy/approval-rules.ts';
import type { Policy } from '#domain/policy/policy.ts';
import {
  type AllowedChange,
  ChangeOperation,
  type LaunchProfile,
} from '#domain/policy/policy-launches.ts';
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
export interface AllowanceQuestion {
  readonly policy: Policy;
  readonly plan: LaunchPlan;
  readonly interested: Pick<Interested, 'requestedBy'>;
  /** Absent: not known, and then nobody's right to ask comes from a user group. */
  readonly userGroups?: GroupMembers;
}

/** The same of a plan of machines. */
interface ProfileQuestion extends AllowanceQuestion {
  readonly plan: MachinePlan;
}

/** Find the launch profiles that allow a plan on these pools. Nothing is allowed without one. */
export function matchProfiles(
  question: ProfileQuestion,
  pools: readonly NamedPool[],
): ProfileMatch {
  const { left, reason } = passing(question.policy.launchProfiles, gatesFor(question, pools));
  return { profiles: left, reasons: reason === null ? [] : [reason] };
}

/** Why policy does not let a change of what is there be asked for; `null` when an entry of it does. */
export function whyNotChange(question: AllowanceQuestion): Reason | null {
  const { policy, plan } = question;
  const { operation } = plan.action;
  const gates: readonly Gate<AllowedChange>[] = [
    {
      allows: ({ operations }) => operations.some((one) => one === operation),
      otherwise: () => ({ code: 'operation-not-allowed', operation }),
    },
    ...placeGates<AllowedChange>(policy, plan),
    requesterGate(question),
  ];
  return passing(policy.changes, gates).reason;
}

/** Whether an operation is for `whyNotChange` to judge. */
export function isChange(operation: LaunchPlan['action']['operation']): boolean {
  return ChangeOperation.options.some((one) => one === operation);
}

interface Gate<Entry = LaunchProfile> {
  readonly allows: (entry: Entry) => boolean;
  /** The reason when none of these entries lets it through. */
  readonly otherwise: (entries: readonly Entry[]) => Reason;
}

/** The entries that let it through every gate, or the first gate's reason that none does. */
function passing<Entry>(
  entries: readonly Entry[],
  gates: readonly Gate<Entry>[],
): { readonly left: readonly Entry[]; readonly reason: Reason | null } {
  let left = entries;
  for (const { allows, otherwise } of gates) {
    const passed = left.filter(allows);
    if (passed.length === 0) return { left: passed, reason: otherwise(left) };
    left = passed;
  }
  return { left, reason: null };
}

function gatesFor(question: ProfileQuestion, pools: readonly NamedPool[]): readonly Gate[] {
  const { policy, plan } = question;
  const { operation } = plan.action;
  const template = templateOf(plan);
  return [
    ...placeGates<LaunchProfile>(policy, plan),
    {
      allows: ({ operations }) => operations?.some((one) => one === operation) ?? true,
      otherwise: () => ({ code: 'operation-not-allowed', operation }),
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
    countGate(policy, plan),
    {
      allows: ({ spotAllowed }) => spotAllowed || !plan.spot,
      otherwise: () => ({ code: 'spot-not-allowed' }),
    },
    requesterGate(question),
  ];
}

type Allowance = Pick<LaunchProfile, 'accounts' | 'regions' | 'requesters'>;

function requesterGate({ interested, userGroups }: AllowanceQuestion): Gate<Allowance> {
  return {
    allows: ({ requesters }) =>
      requesters === undefined || isListed(requesters, interested.requestedBy, userGroups ?? null),
    otherwise: () => ({ code: 'requester-not-allowed' }),
  };
}

function placeGates<Entry extends Allowance>(
  policy: Policy,
  { account, region }: LaunchPlan,
): readonly Gate<Entry>[] {
  const regionsOfAccount = policy.accounts.find(({ id }) => id === account)?.regions ?? [];
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
  ];
}

function countGate({ limits: { countPerRequest } }: Policy, { count }: MachinePlan): Gate {
  const limit = ({ countMaximum }: LaunchProfile) => Math.min(countMaximum, countPerRequest);
  return {
    allows: (profile) => count <= limit(profile),
    otherwise: (profiles) => ({
      code: 'count-above-maximum',
      maximum: Math.max(...profiles.map(limit)),
    }),
  };
}
