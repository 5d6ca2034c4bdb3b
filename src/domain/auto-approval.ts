import { mostLicenses } from '#domain/approval-rules.ts';
import type { Draw, Reason } from '#domain/launch-evaluation.ts';
import type { NamedPool } from '#domain/launch-profiles.ts';
import { matchesAny } from '#domain/pattern.ts';
import type { Policy } from '#domain/policy.ts';
import type { LaunchProfile } from '#domain/policy-launches.ts';

/** Why policy does not approve a launch by itself, or `null` when it does. */
export function whyNotAutomatic(
  policy: Policy,
  profiles: readonly LaunchProfile[],
  pools: readonly NamedPool[],
  draws: readonly Draw[],
): Reason | null {
  const rules = policy.autoApproval.filter(
    (rule) =>
      (rule.profiles === undefined || profiles.some(({ name }) => rule.profiles?.includes(name))) &&
      pools.every(({ poolId, name }) => matchesAny(rule.pools, poolId, name)),
  );
  if (rules.length === 0) return { code: 'needs-approval' };
  const threshold = Math.max(...rules.map(({ upToLicenses }) => upToLicenses));
  const licenses = mostLicenses(draws);
  return licenses <= threshold ? null : { code: 'above-auto-approval', licenses, threshold };
}
