import type { TermsRule } from '#domain/licenses/requirement.ts';

/** Editions of SQL Server that AWS sells by the hour. */
export type IncludedSqlServer = 'web' | 'standard' | 'enterprise';

/** Millionths of a US dollar for a vCPU and hour, above the price of the same instance with Linux. */
export interface LicenseIncludedRates {
  readonly rule: TermsRule;
  readonly windowsMicros: number;
  readonly sqlServerMicros: Readonly<Record<IncludedSqlServer, number>>;
}

export const PER_ACTIVE_VCPU: TermsRule = {
  id: 'aws/license-included/rates',
  text: 'With CPU options set, AWS bills Windows Server and SQL Server for each active vCPU and hour.',
  source: 'EC2 User Guide, Optimize CPUs for license-included instances',
  asOf: '2025-10-15',
  confidence: 'primary',
};

export const PRICE_LIST: TermsRule = {
  id: 'aws/license-included/price-list',
  text: 'Without CPU options the licenses are a part of the instance’s price, by family and, for T3, by size.',
  source: 'AWS price lists as observed in 2023-08; Cloudamize, reduced-core license optimization',
  asOf: '2025',
  confidence: 'secondary',
};

/** SQL Server alone: 0.421, 0.166 and 0.063 USD with Windows, less 0.046 for Windows. */
export const ACTIVE_VCPU_RATES: LicenseIncludedRates = {
  rule: PER_ACTIVE_VCPU,
  windowsMicros: 46_000,
  sqlServerMicros: { web: 17_000, standard: 120_000, enterprise: 375_000 },
};

/** In the price lists Web is a ten-thousandth of a dollar cheaper. */
const LISTED_SQL = { web: 16_900, standard: 120_000, enterprise: 375_000 };

const FLEX_WINDOWS_MICROS = 43_700;

const T3_WINDOWS_MICROS: ReadonlyMap<string, number> = new Map([
  ['nano', 2300],
  ['micro', 4600],
  ['small', 9200],
  ['medium', 9200],
  ['large', 13_800],
  ['xlarge', 18_400],
  ['2xlarge', 18_400],
]);

/** What the price list of us-east-1 charges for the licenses of a type without CPU options. */
export function listedRates(instanceType: string): LicenseIncludedRates {
  return {
    rule: PRICE_LIST,
    windowsMicros: listedWindows(instanceType),
    sqlServerMicros: LISTED_SQL,
  };
}

function listedWindows(instanceType: string): number {
  const [family = '', size = ''] = instanceType.split('.');
  const t3 = family === 't3' || family === 't3a' ? T3_WINDOWS_MICROS.get(size) : undefined;
  if (t3 !== undefined) return t3;
  return family.endsWith('-flex') ? FLEX_WINDOWS_MICROS : ACTIVE_VCPU_RATES.windowsMicros;
}
