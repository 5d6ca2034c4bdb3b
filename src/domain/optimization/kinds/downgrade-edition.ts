import type { LicenseFinding } from '#domain/estate/evidence.ts';
import type { TermsRule } from '#domain/licenses/requirement.ts';
import type { KindContext, MachineKind } from '#domain/optimization/kind.ts';
import { paidAs, paymentOf } from '#domain/optimization/kinds/conversions.ts';
import { ruleEvidence, stated } from '#domain/optimization/kinds/evidence-items.ts';
import { cpusOf, isOld } from '#domain/optimization/kinds/load.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { EvidenceItem, Setup } from '#domain/optimization/recommendation.ts';
import { releaseYear } from '#domain/vendors/microsoft-vms.ts';

export const STANDARD_LIMITS: TermsRule = {
  id: 'microsoft/sql-server/standard-limits',
  text: 'An instance of SQL Server Standard uses 24 cores and 128 GB of memory at most, from version 2025 on 32 cores and 256 GB.',
  source: 'MicrosoftDocs, sql-docs, editions and supported features',
  asOf: '2025-11-19',
  confidence: 'primary',
};

/** Of versions from 2016 on; what older ones allow is less, and nothing is said of them. */
const LIMITS = [
  { from: 2025, cores: 32, memoryMib: 256 * 1024 },
  { from: 2016, cores: 24, memoryMib: 128 * 1024 },
];

/**
 * SQL Server Standard where AWS looked at the features in use and found none of Enterprise, and where
 * Standard's limits hold. Somebody who knows the database decides; all replicas of it change together.
 *
 * @see https://docs.aws.amazon.com/compute-optimizer/latest/ug/view-license-recommendations.html
 */
export const downgradeEdition: MachineKind = {
  kind: 'downgrade-edition',
  changes(machine, setup, context) {
    const now = paymentOf(setup);
    const finding = featureEvidence(machine, context);
    if (now.sqlServer === null || now.edition !== 'enterprise' || finding === null) return [];
    if (!holdsLimits(machine, setup, context) || isReadable(machine)) return [];
    const paid = paidAs(setup, { ...now, edition: 'standard' }, setup.tenancy);
    if (paid === null) return [];
    const products = paid.products.map((one) =>
      one.product === 'sql-server' && one.edition === 'enterprise'
        ? { ...one, edition: 'standard' }
        : one,
    );
    return [
      {
        kind: 'downgrade-edition',
        to: { ...paid, products },
        evidence: [...findingEvidence(finding), ...replicaEvidence(machine)],
        gate: [],
        risk: isInPair(machine) ? 'high' : 'medium',
        effort: 'project',
        ownerMustValidate: true,
      },
    ];
  },
};

/** Compute Optimizer's word that Standard suffices; without its metrics it has none. */
function featureEvidence(
  { evidence: { license } }: Machine,
  context: KindContext,
): LicenseFinding | null {
  const says =
    license?.finding === 'not-optimized' &&
    license.edition === 'enterprise' &&
    license.recommendedEdition === 'standard' &&
    !isOld(license.asOf, context);
  return says ? license : null;
}

/** For every version on the machine; one that nobody knows, or of before 2016, holds none. */
function holdsLimits({ deployments }: Machine, setup: Setup, { types }: KindContext): boolean {
  const type = types.get(setup.instanceType);
  if (type === undefined) return false;
  const { coreCount } = cpusOf(type, setup.cpuOptions);
  return deployments
    .filter(({ product }) => product === 'sql-server')
    .every(({ version }) => {
      const limits = LIMITS.find(({ from }) => (releaseYear(version) ?? 0) >= from);
      return (
        limits !== undefined && coreCount <= limits.cores && type.memoryMib <= limits.memoryMib
      );
    });
}

/** Secondaries that serve reads are a feature of Enterprise. */
function isReadable({ deployments }: Machine): boolean {
  return deployments.some(({ product, role }) => product === 'sql-server' && role === 'readable');
}

function isInPair({ deployments }: Machine): boolean {
  return deployments.some(({ product, role }) => product === 'sql-server' && role !== null);
}

function findingEvidence(finding: LicenseFinding): readonly EvidenceItem[] {
  const { lookBackDays, asOf } = finding;
  const said = { source: 'compute-optimizer', unit: null, lookBackDays, asOf };
  return [
    { ...said, measure: 'enterprise-features', value: 'none' },
    ...finding.reasons.map((value) => ({ ...said, measure: 'finding-reason', value })),
    ruleEvidence('standard-limits', STANDARD_LIMITS),
  ];
}

function replicaEvidence(machine: Machine): readonly EvidenceItem[] {
  return isInPair(machine) ? [stated('instances', 'replicas', 'change-together')] : [];
}
