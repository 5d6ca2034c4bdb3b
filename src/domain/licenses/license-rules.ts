import * as z from 'zod';
import type { CountingType } from '#domain/licenses/license-configuration.ts';

export const Tenancy = z.enum(['default', 'dedicated', 'host']);
/** Where an instance runs: shared hardware, a Dedicated Instance, or a Dedicated Host. */
export type Tenancy = z.output<typeof Tenancy>;

const Bound = z.int().nonnegative().nullable();

/**
 * The rules of one license configuration, parsed from AWS's `#name=value` strings. `null` means
 * that the rule is absent.
 *
 * @see https://docs.aws.amazon.com/license-manager/latest/APIReference/API_CreateLicenseConfiguration.html
 */
export const LicenseRules = z
  .object({
    /** `null`: every tenancy is accepted. */
    allowedTenancy: z.array(Tenancy).readonly().nullable(),
    minimumVcpus: Bound,
    maximumVcpus: Bound,
    minimumCores: Bound,
    maximumCores: Bound,
    minimumSockets: Bound,
    maximumSockets: Bound,
    /** Days for which a license stays with its host after the last instance left, 1 to 180. */
    licenseAffinityToHostDays: z.int().positive().nullable(),
    /** True: vCPU counting takes cores x threads from CPU options; false: the type's default vCPUs. */
    honorVcpuOptimization: z.boolean(),
    /** Rules as AWS returned them that we do not know or cannot read: warned about, never ignored. */
    unknown: z.array(z.string()).readonly(),
  })
  .readonly();
export type LicenseRules = z.output<typeof LicenseRules>;

const NO_RULES: LicenseRules = {
  allowedTenancy: null,
  minimumVcpus: null,
  maximumVcpus: null,
  minimumCores: null,
  maximumCores: null,
  minimumSockets: null,
  maximumSockets: null,
  licenseAffinityToHostDays: null,
  honorVcpuOptimization: false,
  unknown: [],
};

const TENANCIES: ReadonlyMap<string, Tenancy> = new Map([
  ['ec2-default', 'default'],
  ['ec2-dedicatedinstance', 'dedicated'],
  ['ec2-dedicatedhost', 'host'],
]);

type Read = Partial<LicenseRules> | null;

const READERS: ReadonlyMap<string, (value: string) => Read> = new Map([
  ['#allowedtenancy', readTenancies],
  ['#minimumvcpus', (value) => readBound('minimumVcpus', value)],
  ['#maximumvcpus', (value) => readBound('maximumVcpus', value)],
  ['#minimumcores', (value) => readBound('minimumCores', value)],
  ['#maximumcores', (value) => readBound('maximumCores', value)],
  ['#minimumsockets', (value) => readBound('minimumSockets', value)],
  ['#maximumsockets', (value) => readBound('maximumSockets', value)],
  ['#licenseaffinitytohost', readAffinity],
  ['#honorvcpuoptimization', readHonor],
]);

/**
 * Read AWS's rules, one `#name=value` per element, whatever their case and spaces. What cannot be
 * read, wholly or in part, is kept as it stands in `unknown`. Of a rule given twice the last counts.
 *
 * @see https://docs.aws.amazon.com/license-manager/latest/APIReference/API_CreateLicenseConfiguration.html
 *   (API model of 2026-10-01)
 */
export function parseLicenseRules(raw: readonly string[]): LicenseRules {
  return raw.reduce(addRule, NO_RULES);
}

function addRule(rules: LicenseRules, raw: string): LicenseRules {
  const separator = raw.indexOf('=');
  const name = raw.slice(0, Math.max(separator, 0)).replace(/\s/g, '').toLowerCase();
  const value = raw.slice(separator + 1).toLowerCase();
  const read = READERS.get(name)?.(value.trim());
  if (read === undefined || read === null) return { ...rules, unknown: [...rules.unknown, raw] };
  const unknown = read.unknown === undefined ? rules.unknown : [...rules.unknown, raw];
  return { ...rules, ...read, unknown };
}

/** Tenancies are parted by commas. One that we do not know leaves the others in force. */
function readTenancies(value: string): Read {
  const words = value.split(',').map((word) => word.trim());
  const known = words.flatMap((word) => TENANCIES.get(word) ?? []);
  if (known.length === 0) return null;
  const allowedTenancy = Tenancy.options.filter((tenancy) => known.includes(tenancy));
  return known.length === words.length ? { allowedTenancy } : { allowedTenancy, unknown: [value] };
}

function readBound(name: keyof LicenseRules, value: string): Read {
  return /^\d{1,9}$/.test(value) ? { [name]: Number(value) } : null;
}

function readAffinity(value: string): Read {
  const days = /^\d{1,3}$/.test(value) ? Number(value) : 0;
  return days >= 1 && days <= 180 ? { licenseAffinityToHostDays: days } : null;
}

function readHonor(value: string): Read {
  if (value !== 'true' && value !== 'false') return null;
  return { honorVcpuOptimization: value === 'true' };
}

const IN_AWS_WORDS: Readonly<Record<Tenancy, string>> = {
  default: 'EC2-Default',
  dedicated: 'EC2-DedicatedInstance',
  host: 'EC2-DedicatedHost',
};

/** Rules in AWS's words again; those that we do not know as they came. */
export function formatLicenseRules(rules: LicenseRules): readonly string[] {
  const { allowedTenancy, licenseAffinityToHostDays, honorVcpuOptimization, unknown } = rules;
  const tenancies = allowedTenancy?.map((tenancy) => IN_AWS_WORDS[tenancy]).join(',');
  const values = [
    ['#allowedTenancy', tenancies ?? null],
    ['#minimumVcpus', rules.minimumVcpus],
    ['#maximumVcpus', rules.maximumVcpus],
    ['#minimumCores', rules.minimumCores],
    ['#maximumCores', rules.maximumCores],
    ['#minimumSockets', rules.minimumSockets],
    ['#maximumSockets', rules.maximumSockets],
    ['#licenseAffinityToHost', licenseAffinityToHostDays],
    ['#honorVcpuOptimization', honorVcpuOptimization ? 'True' : null],
  ] as const;
  const known = values.filter(([, value]) => value !== null);
  return [...known.map(([name, value]) => `${name}=${value}`), ...unknown];
}

/**
 * Where each rule means something. AWS's API reference and its user guide disagree on core and
 * socket bounds of Instance configurations; the wider reading is taken.
 *
 * @see https://docs.aws.amazon.com/license-manager/latest/userguide/license-rules.html (2022-12-23)
 */
const APPLIES_TO = [
  ['#minimumVcpus', 'minimumVcpus', ['vCPU', 'Instance']],
  ['#maximumVcpus', 'maximumVcpus', ['vCPU', 'Instance']],
  ['#minimumCores', 'minimumCores', ['Core', 'Instance']],
  ['#maximumCores', 'maximumCores', ['Core', 'Instance']],
  ['#minimumSockets', 'minimumSockets', ['Socket', 'Instance']],
  ['#maximumSockets', 'maximumSockets', ['Socket', 'Instance']],
  ['#licenseAffinityToHost', 'licenseAffinityToHostDays', ['Core', 'Socket']],
] as const satisfies readonly (readonly [string, keyof LicenseRules, readonly CountingType[]])[];

/** Rules that are set but mean nothing for this counting type, in AWS's words: a slip to warn about. */
export function inapplicableRules(rules: LicenseRules, countingType: CountingType): string[] {
  return APPLIES_TO.filter(
    ([, name, types]) => rules[name] !== null && !types.some((type) => type === countingType),
  ).map(([rule, name]) => `${rule}=${rules[name]}`);
}
