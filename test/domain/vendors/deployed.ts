import type { Compute, Deployment, PhysicalHost } from '#domain/estate/deployment.ts';
import { type LicenseTerms, TermSwitches, UNKNOWN_TERMS } from '#domain/licenses/license-terms.ts';
import type { Requirement, RequirementRule } from '#domain/licenses/requirement.ts';
import { ACCOUNT, REGION } from '../../builders.ts';

/** A machine on shared hardware: 8 vCPUs in 4 cores, 64 GiB. */
export function aCompute(changes: Partial<Compute> = {}): Compute {
  return {
    placement: 'shared',
    instanceType: 'r6i.2xlarge',
    activeVcpus: 8,
    maximumVcpus: 8,
    activeThreadsPerCore: 2,
    defaultThreadsPerCore: 2,
    memoryMib: 65_536,
    host: null,
    ...changes,
  };
}

/** A type as sold, with every vCPU on. */
export function ofVcpus(vcpus: number, threads = 2, changes: Partial<Compute> = {}): Compute {
  return aCompute({
    activeVcpus: vcpus,
    maximumVcpus: vcpus,
    activeThreadsPerCore: threads,
    defaultThreadsPerCore: threads,
    ...changes,
  });
}

/** A server outside AWS; `vcpus` makes it one virtual machine on that server. */
export function aServer(
  { id = 'srv-1', sockets = 2, cores = 16 }: Partial<PhysicalHost> = {},
  vcpus: number | null = null,
): Compute {
  return {
    placement: 'on-premises',
    instanceType: null,
    activeVcpus: vcpus,
    maximumVcpus: vcpus,
    activeThreadsPerCore: null,
    defaultThreadsPerCore: null,
    memoryMib: null,
    host: { id, sockets, cores },
  };
}

/** A VM on a Dedicated Host with two sockets and 48 cores. */
export function onHost(vcpus: number, changes: Partial<Compute> = {}): Compute {
  return ofVcpus(vcpus, 2, {
    placement: 'dedicated-host',
    host: { id: 'h-1', sockets: 2, cores: 48 },
    ...changes,
  });
}

export interface Deployed extends Partial<Omit<Deployment, 'on'>> {
  readonly id?: string;
  readonly arn?: string | null;
  readonly kind?: Deployment['on']['kind'];
  readonly compute?: Compute;
}

export function aDeployment({
  id = 'i-1',
  arn = null,
  kind = 'instance',
  compute = aCompute(),
  ...changes
}: Deployed = {}): Deployment {
  return {
    product: 'oracle-database',
    edition: 'enterprise',
    version: '19c',
    on: {
      kind,
      id,
      arn,
      account: ACCOUNT,
      region: REGION,
      name: null,
      owner: null,
      running: true,
      compute,
    },
    licensing: 'byol',
    environment: 'production',
    role: null,
    options: [],
    evidence: [],
    ...changes,
  };
}

/** The same on as many machines. */
export function times(count: number, deployed: Deployed): readonly Deployment[] {
  return Array.from({ length: count }, (_none, index) =>
    aDeployment({ ...deployed, id: `i-${index}` }),
  );
}

export function underTerms({
  switches = {},
  ...changes
}: Partial<Omit<LicenseTerms, 'switches'>> & {
  readonly switches?: Partial<TermSwitches>;
} = {}): LicenseTerms {
  return { ...UNKNOWN_TERMS, ...changes, switches: TermSwitches.parse(switches) };
}

/** The sum of the units; `null` when any is not known. */
export function unitsOf(requirements: readonly Requirement[]): number | null {
  return requirements.reduce<number | null>(
    (sum, { units }) => (sum === null || units === null ? null : sum + units),
    0,
  );
}

/** `switch=setting` and its units, of the only requirement for what is deployed. */
export function answers(
  rule: RequirementRule,
  deployments: readonly Deployment[],
  terms: LicenseTerms = UNKNOWN_TERMS,
): Readonly<Record<string, number | null>> {
  const [requirement, ...others] = rule(deployments, terms);
  if (requirement === undefined || others.length > 0) throw new Error('not one requirement');
  return {
    default: requirement.units,
    ...Object.fromEntries(
      requirement.alternatives.map(({ switch: name, setting, units }) => [
        `${name}=${setting}`,
        units,
      ]),
    ),
  };
}

/** Codes of what was found, each once. */
export function findingsOf(requirements: readonly Requirement[]): readonly string[] {
  return [...new Set(requirements.flatMap(({ findings }) => findings.map(({ code }) => code)))];
}
