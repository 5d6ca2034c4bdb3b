import type { Deployment } from '#domain/estate/deployment.ts';
import type { LicenseMetric } from '#domain/licenses/product.ts';
import type {
  Alternative,
  Requirement,
  TermsFinding,
  TermsRule,
} from '#domain/licenses/requirement.ts';
import { resourcesOf } from '#domain/vendors/machines.ts';

/** What a rule found out about one machine or host. */
export interface Asked {
  readonly metric: LicenseMetric;
  readonly units: number | null;
  readonly rule: TermsRule;
  readonly alternatives?: readonly Alternative[];
  readonly findings?: readonly TermsFinding[];
}

/** What is deployed together, as the product and edition that are asked for. */
interface Deployed {
  readonly first: Pick<Deployment, 'product' | 'edition'>;
  readonly all: readonly Deployment[];
}

/** The requirement for what is deployed together, with what every vendor's rule has to say. */
export function requirementFor(
  { first, all }: Deployed,
  { metric, units, rule, alternatives = [], findings = [] }: Asked,
): Requirement {
  return {
    product: first.product,
    edition: first.edition,
    metric,
    units,
    on: resourcesOf(all),
    rule,
    alternatives,
    findings: [
      ...findings,
      ...(units === null ? [sizeUnknown(rule)] : []),
      ...(all.every(({ licensing }) => licensing === 'unknown') ? [licensingUnknown(rule)] : []),
    ],
  };
}

function sizeUnknown(rule: TermsRule): TermsFinding {
  return {
    code: 'size-unknown',
    severity: 'warning',
    text: 'The size of this machine is not known, so what it needs is not counted.',
    rule,
  };
}

function licensingUnknown(rule: TermsRule): TermsFinding {
  return {
    code: 'licensing-unknown',
    severity: 'note',
    text: 'Nothing says how this is paid, so it is counted as if the license were brought along.',
    rule,
  };
}
