import type { ComputeFinding, LicenseFinding, Utilization } from '#domain/estate/evidence.ts';
import type { InstanceType } from '#domain/estate/instance-type.ts';
import { DEFAULT_SETTINGS } from '#domain/estate/licensing-settings.ts';
import type { LicenseTerms } from '#domain/licenses/license-terms.ts';
import type { KindContext, MachineKind, OptimizableEstate } from '#domain/optimization/kind.ts';
import type { Machine, MachineEvidence } from '#domain/optimization/machine.ts';
import { OptimizationSettings } from '#domain/optimization/optimization-settings.ts';
import type { Setup } from '#domain/optimization/recommendation.ts';
import { activeVcpus, deploymentsIn, setupOf } from '#domain/optimization/setup.ts';
import { instanceCompute } from '#domain/software/machine-compute.ts';
import { vendorTerms } from '#domain/vendors/vendor-terms.ts';
import { ACCOUNT, anImage, anInstance, aType, NOW, REGION } from '../../../builders.ts';
import { aDeployment, type Deployed, underTerms, unitsOf } from '../../vendors/deployed.ts';

/** Sizes from 2 to 64 vCPUs of one family. */
function family(
  name: string,
  gibPerVcpu: number,
  changes: Partial<InstanceType> & { readonly threads?: number } = {},
): InstanceType[] {
  const { threads = 2, ...others } = changes;
  return ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '16xlarge'].map((size, index) => {
    const vcpus = 2 ** (index + 1);
    const cores = vcpus / threads;
    return aType({
      name: `${name}.${size}`,
      defaultVcpus: vcpus,
      defaultCores: cores,
      defaultThreadsPerCore: threads,
      validCores: Array.from({ length: cores }, (_none, core) => core + 1),
      validThreadsPerCore: threads === 2 ? [1, 2] : [1],
      memoryMib: vcpus * gibPerVcpu * 1024,
      ...others,
    });
  });
}

/** Families of every make, as their names tell. */
export const TYPES: ReadonlyMap<string, InstanceType> = new Map(
  [
    ...family('r6i', 8),
    ...family('r7a', 8, { threads: 1 }),
    ...family('r5d', 8),
    ...family('r5n', 8),
    ...family('r4', 8),
    ...family('r6g', 8, { threads: 1, architectures: ['arm64'] }),
    ...family('m6i', 4),
    ...family('m7i-flex', 4),
    ...family('c6i', 2),
    ...family('t3', 4, { validCores: [], validThreadsPerCore: [] }).slice(0, 3),
    aType({ name: 'r6i.metal', defaultVcpus: 128, defaultCores: 64, bareMetal: true }),
  ].map((type) => [type.name, type]),
);

export function typeNamed(name: string): InstanceType {
  const type = TYPES.get(name);
  if (type === undefined) throw new Error(`no type ${name}`);
  return type;
}

export const LI_ENTERPRISE = 'RunInstances:0102';
export const LI_STANDARD = 'RunInstances:0006';
export const LI_WEB = 'RunInstances:0202';
export const LI_WINDOWS = 'RunInstances:0002';
export const BYOL_WINDOWS = 'RunInstances:0800';
export const LINUX = 'RunInstances';

/** SQL Server Enterprise in the hourly price. */
export const SQL_IN_PRICE: readonly Deployed[] = [
  {
    product: 'windows-server',
    edition: 'datacenter',
    version: '2019',
    licensing: 'license-included',
  },
  {
    product: 'sql-server',
    edition: 'enterprise',
    version: '2019',
    licensing: 'license-included',
    evidence: [{ source: 'AWS:Application', text: 'SQL Server 2019' }],
  },
];

/** The same with one's own licenses, or of one product only. */
export function installed(
  product: string,
  changes: Deployed = {},
  among: readonly Deployed[] = SQL_IN_PRICE,
): readonly Deployed[] {
  return among.map((one) => (one.product === product ? { ...one, ...changes } : one));
}

export const SQL_BROUGHT = installed('sql-server', { licensing: 'byol' });
export const ALL_BROUGHT = installed('windows-server', { licensing: 'byol' }, SQL_BROUGHT);

interface Given extends Partial<Omit<Machine, 'instance' | 'type' | 'deployments' | 'evidence'>> {
  readonly instance?: Partial<Machine['instance']>;
  readonly products?: readonly Deployed[];
  readonly evidence?: Partial<MachineEvidence>;
}

/** r6i.4xlarge with SQL Server Enterprise in the hourly price, measured at 20 % of its CPUs and 30 % of its memory. */
export function aMachine({ instance = {}, products, evidence, ...changes }: Given = {}): Machine {
  const own = anInstance({
    instanceType: 'r6i.4xlarge',
    cpuOptions: null,
    usageOperation: LI_ENTERPRISE,
    platformDetails: '',
    ...instance,
  });
  const compute = instanceCompute({ types: TYPES, hosts: new Map() }, own);
  const deployments = (products ?? SQL_IN_PRICE).map((one) =>
    aDeployment({ compute, id: own.instanceId, ...one }),
  );
  return {
    scope: { account: ACCOUNT, region: REGION },
    instance: own,
    type: typeNamed(own.instanceType),
    image: anImage({ owner: ACCOUNT }),
    host: null,
    deployments,
    environment: 'production',
    setup: setupOf(own, deployments),
    evidence: {
      utilization: measured(),
      compute: null,
      license: null,
      rightsizing: null,
      hub: null,
      sqlHa: null,
      ...evidence,
    },
    ...changes,
  };
}

/** Percent at the 99.5th percentile, for 14 days. */
export function measured(
  cpu = 20,
  memory: number | null = 30,
  changes: Partial<Utilization> = {},
): Utilization {
  return {
    instanceId: 'i-0000000000000000a',
    cpu: { average: cpu / 2, p995: cpu, maximum: cpu },
    memory: memory === null ? null : { average: memory / 2, p995: memory, maximum: memory },
    days: 14,
    lookBackDays: 14,
    asOf: NOW,
    ...changes,
  };
}

export function advised(
  instanceType: string,
  changes: Partial<ComputeFinding> & { readonly risk?: number } = {},
): ComputeFinding {
  const { risk = 1, ...others } = changes;
  return {
    instanceId: 'i-0000000000000000a',
    finding: 'over-provisioned',
    reasons: ['CPUOverprovisioned'],
    options: [
      {
        instanceType,
        performanceRisk: risk,
        migrationEffort: null,
        monthlySavings: null,
        monthlySavingsAfterDiscounts: null,
      },
    ],
    lookBackDays: 14,
    asOf: NOW,
    ...others,
  };
}

export function aLicenseFinding(changes: Partial<LicenseFinding> = {}): LicenseFinding {
  return {
    instanceId: 'i-0000000000000000a',
    finding: 'not-optimized',
    reasons: ['LicenseOverprovisioned'],
    edition: 'enterprise',
    model: 'license-included',
    recommendedEdition: 'standard',
    monthlySavings: null,
    lookBackDays: 14,
    asOf: NOW,
    ...changes,
  };
}

/** Vendors' own rules for the machine alone; 0.05 USD for a vCPU and hour. */
export function aContext({
  settings = {},
  terms = underTerms({ softwareAssurance: true }),
  types = TYPES,
  priced = true,
  ...changes
}: Partial<Omit<KindContext, 'settings'>> & {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly terms?: LicenseTerms;
  readonly priced?: boolean;
} = {}): KindContext {
  const rules = vendorTerms(DEFAULT_SETTINGS);
  return {
    settings: OptimizationSettings.parse(settings),
    types,
    now: NOW,
    termsOf: () => terms,
    hourlyPrice: (_machine, setup) => {
      const vcpus = types.get(setup.instanceType)?.defaultVcpus;
      return priced && vcpus !== undefined ? { micros: vcpus * 50_000, currency: 'USD' } : null;
    },
    requiredUnits: (machine, setup, product) => {
      const rule = rules.get(product);
      if (rule === undefined || activeVcpus(setup, types) === null) return null;
      const host = machine.host && { ...machine.host, id: machine.host.hostId };
      const deployments = deploymentsIn(machine, setup, types, host);
      const own = deployments.filter((one) => one.product === product);
      return unitsOf(rule.requirement(own, terms));
    },
    ...changes,
  };
}

/** The only setup that a kind proposes for a machine as it is; `null`: none. */
export function proposed(kind: MachineKind, machine: Machine, context = aContext()): Setup | null {
  const [change, another] = kind.changes(machine, machine.setup, context);
  if (another !== undefined) throw new Error('more than one change');
  return change?.to ?? null;
}

/** What estate kinds are asked with; of the rest of it nothing is looked at. */
export function anEstate(
  machines: readonly Machine[],
  changes: Partial<OptimizableEstate> = {},
): OptimizableEstate {
  return {
    shards: [],
    machines,
    entitlements: [],
    ledgers: [],
    position: { asOf: NOW, complete: true, missing: [], slices: [], gaps: [] },
    licensing: DEFAULT_SETTINGS,
    settings: OptimizationSettings.parse({}),
    now: NOW,
    ...changes,
  };
}
