import type { LicenseTerms } from '#domain/licenses/license-terms.ts';
import type { Requirement, TermsRule } from '#domain/licenses/requirement.ts';
import { requirementFor } from '#domain/vendors/machine-requirement.ts';
import type { Group } from '#domain/vendors/machines.ts';
import { deploymentsOn, type Vm } from '#domain/vendors/microsoft-vms.ts';
import { sqlFindings } from '#domain/vendors/sql-server-findings.ts';
import { type Answer, recountUnder } from '#domain/vendors/term-alternatives.ts';

/** How VMs are counted, under any terms, and which answers may change it. */
export interface SqlCounting {
  readonly metric: 'core' | 'server';
  readonly rule: TermsRule;
  readonly answers: readonly Answer[];
  readonly count: (terms: LicenseTerms) => number | null;
}

/** The requirement of VMs that are licensed together, all of the first one's edition. */
export function sqlRequirement(
  { first, all: vms }: Group<Vm>,
  { metric, rule, answers, count }: SqlCounting,
  terms: LicenseTerms,
): Requirement {
  const all = deploymentsOn(vms);
  const { product } = first.deployments[0];
  return requirementFor(
    { first: { product, edition: first.edition }, all },
    {
      metric,
      rule,
      units: count(terms),
      alternatives: recountUnder(answers, terms, count),
      findings: sqlFindings(vms, terms),
    },
  );
}
