import type { Reason } from '#domain/launch/launch-reason.ts';
import type { Requirement, TermsFinding } from '#domain/licenses/requirement.ts';
import type { PlannedGroup } from '#domain/positioning/held-terms.ts';
import { termsOf } from '#domain/positioning/terms-of.ts';
import type { TermsCheck } from '#domain/terms/terms-draw.ts';
import type { ViewedPool } from '#domain/terms/terms-view.ts';
import { eligibilityFindings } from '#domain/vendors/byol-eligibility.ts';

/**
 * Whether licenses of the company's own may serve where a launch is planned, by what the vendor's rule
 * finds there and by eligibility: what is not allowed refuses, what depends on the contract warns.
 */
export function eligibilityOf(
  group: PlannedGroup<ViewedPool>,
  requirements: readonly Requirement[],
  now: Date,
): Pick<TermsCheck, 'reasons' | 'warnings'> {
  const machines = new Set(group.deployments.map(({ on }) => on.id));
  const own = requirements.filter(({ on }) =>
    on.some(({ id }) => machines.has(id) || group.replaced.has(id)),
  );
  const findings = new Map<string, readonly [Requirement, TermsFinding]>();
  for (const requirement of own) {
    for (const finding of [...requirement.findings, ...placement(group, requirement, now)]) {
      if (!findings.has(finding.code)) findings.set(finding.code, [requirement, finding]);
    }
  }
  const all = [...findings.values()];
  return {
    reasons: all
      .filter(([, { severity }]) => severity === 'violation')
      .map((found) => reasonOf('not-eligible', found)),
    warnings: all
      .filter(([, { severity }]) => severity === 'warning')
      .map((found) => reasonOf('eligibility-unknown', found)),
  };
}

function reasonOf(
  code: 'not-eligible' | 'eligibility-unknown',
  [{ product, edition, metric }, { rule, text }]: readonly [Requirement, TermsFinding],
): Reason {
  return { code, product, edition, metric, rule: rule.id, text };
}

/** Some rules leave it to eligibility alone whether a license may be brought; free software needs none. */
function placement(
  { deployments, pool, product }: PlannedGroup<ViewedPool>,
  { units }: Requirement,
  now: Date,
): readonly TermsFinding[] {
  // All of them are planned alike.
  const planned = units === 0 ? [] : deployments.slice(0, 1);
  return eligibilityFindings(planned, termsOf(pool, product, now));
}
