import type { LicenseCountingType } from '@aws-sdk/client-license-manager';
import { AwsError } from '../wire/service.ts';

/** The license rules of a configuration, parsed. */
export interface LicenseRules {
  /** Null accepts every tenancy. */
  readonly allowedTenancy: readonly string[] | null;
  readonly vcpus: Bounds;
  readonly cores: Bounds;
  readonly sockets: Bounds;
  /** Days a host keeps its licenses after its last counted instance left. */
  readonly affinityDays: number;
  /** Count active vCPUs instead of the type's default. */
  readonly honorVcpuOptimization: boolean;
}

interface Bounds {
  readonly minimum: number;
  readonly maximum: number;
}

const TENANCIES = ['EC2-Default', 'EC2-DedicatedHost', 'EC2-DedicatedInstance'];

/** The names each counting type takes: the API reference, and for Instance also the user guide's table, which is wider. */
const NAMES: Readonly<Record<LicenseCountingType, readonly string[]>> = {
  vCPU: ['allowedTenancy', 'minimumVcpus', 'maximumVcpus', 'honorVcpuOptimization'],
  Instance: [
    'allowedTenancy',
    'minimumVcpus',
    'maximumVcpus',
    'minimumCores',
    'maximumCores',
    'minimumSockets',
    'maximumSockets',
  ],
  Core: ['allowedTenancy', 'minimumCores', 'maximumCores', 'licenseAffinityToHost'],
  Socket: ['allowedTenancy', 'minimumSockets', 'maximumSockets', 'licenseAffinityToHost'],
};

const RULE = /^#(?<name>\w+)=(?<value>.+)$/;

/** Reads rules that passed `validateRules`; what it does not know it skips. */
export function parseRules(rules: readonly string[]): LicenseRules {
  const value = new Map(rules.map(splitRule));
  const bounds = (unit: string): Bounds => ({
    minimum: Number(value.get(`minimum${unit}`) ?? 0),
    maximum: Number(value.get(`maximum${unit}`) ?? Number.POSITIVE_INFINITY),
  });
  return {
    allowedTenancy: value.get('allowedTenancy')?.split(',') ?? null,
    vcpus: bounds('Vcpus'),
    cores: bounds('Cores'),
    sockets: bounds('Sockets'),
    affinityDays: Number(value.get('licenseAffinityToHost') ?? 0),
    honorVcpuOptimization: value.get('honorVcpuOptimization') === 'True',
  };
}

/** @throws AwsError InvalidParameterValueException for a rule that a configuration of this type cannot have. */
export function validateRules(type: LicenseCountingType, rules: readonly string[]): void {
  const seen = new Set<string>();
  for (const rule of rules) {
    const [name, value] = splitRule(rule);
    if (!NAMES[type].includes(name)) {
      throw invalidRule(rule, `a ${type} license configuration takes ${NAMES[type].join(', ')}`);
    }
    if (seen.has(name)) throw invalidRule(rule, 'the rule is given twice');
    if (!isValidValue(name, value)) throw invalidRule(rule, 'the value is not valid');
    seen.add(name);
  }
}

/** The name of a rule without its `#`, and its value; both empty when it is no rule. */
export function splitRule(rule: string): [name: string, value: string] {
  const { name = '', value = '' } = RULE.exec(rule)?.groups ?? {};
  return [name, value];
}

function isValidValue(name: string, value: string): boolean {
  if (name === 'allowedTenancy') {
    return value.split(',').every((tenancy) => TENANCIES.includes(tenancy));
  }
  if (name === 'honorVcpuOptimization') return value === 'True' || value === 'False';
  const limit = name === 'licenseAffinityToHost' ? 180 : Number.MAX_SAFE_INTEGER;
  return /^\d+$/.test(value) && Number(value) >= 1 && Number(value) <= limit;
}

function invalidRule(rule: string, reason: string): AwsError {
  return new AwsError('InvalidParameterValueException', `Invalid license rule ${rule}: ${reason}.`);
}
