import type { Deployment } from '#domain/estate/deployment.ts';
import type { LicenseTerms } from '#domain/licenses/license-terms.ts';
import type { ProductId } from '#domain/licenses/product.ts';
import type { TermsFinding, TermsRule } from '#domain/licenses/requirement.ts';
import { sqlEligibility, windowsEligibility } from '#domain/vendors/microsoft-eligibility.ts';

/** Whether a license of the company's own may serve where a product runs, and by which rule. */
export interface Eligibility {
  /** `null`: depends on rights that no entitlement states. */
  readonly allowed: boolean | null;
  readonly code: string;
  readonly text: string;
  readonly rule: TermsRule;
}

/** What the question is about; how the license is paid does not matter: it asks whether one may be brought. */
export type PlacedProduct = Pick<Deployment, 'product' | 'edition' | 'version' | 'on'>;

type EligibilityRule = (deployment: PlacedProduct, terms: LicenseTerms) => Eligibility;

export const OWN_HARDWARE: TermsRule = {
  id: 'any/own-hardware',
  text: 'On hardware outside AWS licenses serve as they were bought.',
  source: 'The contract',
  asOf: '2026-11-22',
  confidence: 'secondary',
};

export const CONTRACT_DECIDES: TermsRule = {
  id: 'any/contract-decides',
  text: 'No published term that we know says whether these licenses may be used on AWS.',
  source: 'The contract',
  asOf: '2026-11-22',
  confidence: 'contested',
};

export const ORACLE_CLOUD: TermsRule = {
  id: 'oracle/authorized-cloud',
  text: 'Oracle names EC2 and RDS as authorized cloud environments; its policy is no part of the contract.',
  source: 'Oracle, Licensing Oracle Software in the Cloud Computing Environment',
  asOf: '2024-06-11',
  confidence: 'secondary',
};

export const IBM_CLOUD: TermsRule = {
  id: 'ibm/eligible-public-cloud',
  text: 'EC2 is an Eligible Public Cloud for sub-capacity licensing; a license used there is not used elsewhere at the same time.',
  source: 'IBM, sub-capacity licensing and Eligible Public Cloud BYOSL policy',
  asOf: '2026-02-10',
  confidence: 'primary',
};

export const RED_HAT_CLOUD: TermsRule = {
  id: 'red-hat/cloud-access',
  text: 'Subscriptions in a unit that fits clouds (core, vCPU, virtual node) move to AWS; a Virtual Datacenter on a Dedicated Host needs Red Hat’s word.',
  source: 'Red Hat Cloud Access guide',
  asOf: '2026',
  confidence: 'primary',
};

const oracle = always({
  allowed: true,
  code: 'authorized-cloud',
  text: 'Oracle counts AWS among its authorized clouds.',
  rule: ORACLE_CLOUD,
});
const ibm = always({
  allowed: true,
  code: 'eligible-public-cloud',
  text: 'IBM lists AWS as an Eligible Public Cloud.',
  rule: IBM_CLOUD,
});
const contract = always({
  allowed: null,
  code: 'contract-decides',
  text: 'The contract decides whether this license may be used on AWS.',
  rule: CONTRACT_DECIDES,
});

/** On AWS. A product that is not listed: the contract decides. */
const ON_AWS: ReadonlyMap<ProductId, EligibilityRule> = new Map([
  ['windows-server', windowsEligibility],
  ['sql-server', sqlEligibility],
  ['oracle-database', oracle],
  ['oracle-weblogic', oracle],
  ['ibm-db2', ibm],
  ['ibm-mq', ibm],
  ['ibm-websphere', ibm],
  ['red-hat-enterprise-linux', redHatEligibility],
]);

const OUTSIDE_AWS: Eligibility = {
  allowed: true,
  code: 'own-hardware',
  text: 'It runs outside AWS.',
  rule: OWN_HARDWARE,
};

/**
 * May a license of the company's own be used here? By product, placement, Software Assurance, day of
 * purchase, program and version. Never legal advice: `rule` says who says so.
 */
export function byolEligibility(deployment: PlacedProduct, terms: LicenseTerms): Eligibility {
  if (deployment.on.compute.placement === 'on-premises') return OUTSIDE_AWS;
  return (ON_AWS.get(deployment.product) ?? contract)(deployment, terms);
}

/** What a requirement has to say of it: nothing when the license may be used. */
export function eligibilityFindings(
  deployments: readonly PlacedProduct[],
  terms: LicenseTerms,
): readonly TermsFinding[] {
  const findings: TermsFinding[] = [];
  for (const deployment of deployments) {
    const { allowed, code, text, rule } = byolEligibility(deployment, terms);
    if (allowed === true || findings.some((known) => known.code === code)) continue;
    findings.push({ code, text, rule, severity: allowed === false ? 'violation' : 'warning' });
  }
  return findings;
}

function redHatEligibility({ on }: PlacedProduct): Eligibility {
  const onHost = on.compute.placement === 'dedicated-host';
  return onHost
    ? {
        allowed: null,
        code: 'red-hat-host',
        text: 'On a Dedicated Host it depends on the kind of subscription.',
        rule: RED_HAT_CLOUD,
      }
    : {
        allowed: true,
        code: 'cloud-access',
        text: 'Red Hat’s subscriptions move to AWS.',
        rule: RED_HAT_CLOUD,
      };
}

function always(eligibility: Eligibility): EligibilityRule {
  return () => eligibility;
}
