import type { TermsRule } from '#domain/licenses/requirement.ts';
import type { KindContext } from '#domain/optimization/kind.ts';
import { gateCheck } from '#domain/optimization/kinds/evidence-items.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { GateCheck, Setup } from '#domain/optimization/recommendation.ts';
import { deploymentsIn } from '#domain/optimization/setup.ts';
import { byolEligibility } from '#domain/vendors/byol-eligibility.ts';

export const OWN_IMAGE: TermsRule = {
  id: 'aws/license-conversion/own-image',
  text: 'An instance becomes one with licenses of your own only if it was launched from an image that you imported: what came from an image of AWS or of its marketplace is never converted.',
  source: 'License Manager User Guide, Eligible license types for Windows and SQL Server',
  asOf: '2026-02',
  confidence: 'primary',
};

export const CONVERSION_INVENTORY: TermsRule = {
  id: 'aws/license-conversion/inventory',
  text: 'License Manager converts an instance only if Systems Manager has its inventory.',
  source: 'License Manager User Guide, Conversion prerequisites',
  asOf: '2026-02',
  confidence: 'primary',
};

/** Accounts and aliases that publish images for everybody: Amazon, its marketplace, Red Hat, SUSE, Canonical. */
const PUBLISHERS: ReadonlySet<string> = new Set([
  'amazon',
  'aws-marketplace',
  '801119661308',
  '137112412989',
  '679593333241',
  '309956199498',
  '013907871322',
  '099720109477',
]);

/** Whether the company's licenses for these products may serve the machine in a setup, by the vendors' terms. */
export function eligibilityChecks(
  machine: Machine,
  setup: Setup,
  products: readonly string[],
  context: KindContext,
): readonly GateCheck[] {
  const checks = deploymentsIn(machine, setup, context.types, null)
    .filter(({ product }) => products.includes(product))
    .map((deployment): GateCheck => {
      const { product, edition } = deployment;
      const terms = context.termsOf(product, edition, machine);
      const { allowed, code, text, rule } = byolEligibility(deployment, terms);
      return { code, holds: allowed, text, rule: rule.id, source: rule.source };
    });
  return checks.filter(
    ({ code, rule }, index) =>
      checks.findIndex((first) => first.code === code && first.rule === rule) === index,
  );
}

/** What License Manager asks of an instance that it is to convert to licenses of the company's own. */
export function conversionChecks(machine: Machine): readonly GateCheck[] {
  return [
    gateCheck('own-image', isOwnImage(machine), OWN_IMAGE),
    gateCheck('managed-by-ssm', hasInventory(machine) ? true : null, CONVERSION_INVENTORY),
  ];
}

/** `null` for an image of another account, a copy of some image, and one that is gone: who made it first is not known. */
function isOwnImage({ image, scope }: Machine): boolean | null {
  if (image === null || image.owner === null) return null;
  if (PUBLISHERS.has(image.owner)) return false;
  return image.owner === scope.account && image.copiedFrom === null ? true : null;
}

/** Software that Systems Manager saw there. */
function hasInventory({ deployments }: Machine): boolean {
  return deployments.some(({ evidence }) =>
    evidence.some(({ source }) => /^(?:AWS|Custom):/.test(source)),
  );
}
