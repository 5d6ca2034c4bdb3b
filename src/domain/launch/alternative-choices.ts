import type { CpuOptions, InstanceType } from '#domain/estate/instance-type.ts';
import { hostsWithRoom } from '#domain/launch/host-choice.ts';
import type { Alternative, MachineQuestion } from '#domain/launch/launch-evaluation.ts';
import type { MachineChoice, MachinePlan } from '#domain/launch/launch-plan.ts';
import type { Elsewhere } from '#domain/launch/places-elsewhere.ts';
import type { LicenseConfiguration } from '#domain/licenses/license-configuration.ts';
import { isHostLicensed } from '#domain/licenses/license-counting.ts';
import { poolIdOf } from '#domain/licenses/license-pool.ts';
import { matchesAny } from '#domain/pattern.ts';
import type { Policy } from '#domain/policy/policy.ts';

/** A choice near the one that was made, and the question that it is judged by. */
export interface Near {
  readonly choice: MachineChoice;
  /** Names of what is another in it. */
  readonly labels?: Alternative['labels'];
  readonly question: MachineQuestion;
}

/** One way in which a launch may be another. */
export interface Kind {
  readonly kind: Alternative['kind'];
  /** Nearest first; whether they would pass is another question. */
  readonly candidates: (
    question: MachineQuestion,
    choice: MachineChoice,
    elsewhere: readonly Elsewhere[],
  ) => readonly Near[];
}

type Choices = (question: MachineQuestion, choice: MachineChoice) => readonly MachineChoice[];

function kind(name: Alternative['kind'], choices: Choices): Kind {
  return {
    kind: name,
    candidates: (question, choice) =>
      choices(question, choice).map((near) => ({ choice: near, question })),
  };
}

const FEWER_CORES = kind('fewer-cores', fewerCores);
const OTHER_TYPE = kind('other-type', otherTypes);
const SMALLER_COUNT = kind('smaller-count', smallerCounts);

/** For new instances in the account, in order of how little they change: equal ones keep it. */
export const HERE: readonly Kind[] = [
  kind('licensed-host', otherHosts),
  FEWER_CORES,
  OTHER_TYPE,
  { kind: 'other-pool', candidates: otherPools },
  SMALLER_COUNT,
];

/** For an instance that is there: what is chosen of it is its size alone. */
export const OF_SIZE: readonly Kind[] = [FEWER_CORES, OTHER_TYPE];

/** For a group: its machines are as its launch template says. */
export const OF_COUNT: readonly Kind[] = [SMALLER_COUNT];

function otherHosts({ plan, shard }: MachineQuestion, choice: MachineChoice): MachineChoice[] {
  const pool = chosenPool({ shard }, choice);
  return hostsWithRoom(plan, shard)
    .filter(({ hostId }) => hostId !== plan.hostId && pool && isHostLicensed(shard, pool, hostId))
    .map(({ hostId }) => ({ ...choice, hostId }));
}
/** Fewer active vCPUs by CPU options, most first. */
function fewerCores({ plan, shard }: MachineQuestion, choice: MachineChoice): MachineChoice[] {
  const type = typeOf({ shard }, plan);
  if (type === undefined) return [];
  const cores = plan.cpuOptions?.coreCount ?? type.defaultCores;
  const threads = plan.cpuOptions?.threadsPerCore ?? type.defaultThreadsPerCore;
  return type.validCores
    .flatMap((coreCount) =>
      type.validThreadsPerCore.map((threadsPerCore) => ({ coreCount, threadsPerCore })),
    )
    .filter((cpu) => activeVcpus(cpu) < cores * threads)
    .toSorted((a, b) => activeVcpus(b) - activeVcpus(a) || b.coreCount - a.coreCount)
    .map(({ coreCount, threadsPerCore }) => ({ ...choice, cores: coreCount, threadsPerCore }));
}

function activeVcpus({ coreCount, threadsPerCore }: CpuOptions): number {
  return coreCount * threadsPerCore;
}

/**
 * Types that policy names, with no less memory and at most as many vCPUs (a quarter at least, or it
 * is another machine), fewest vCPUs first.
 */
function otherTypes(
  { plan, shard, policy }: MachineQuestion,
  choice: MachineChoice,
): MachineChoice[] {
  const type = typeOf({ shard }, plan);
  if (type === undefined) return [];
  const patterns = policy.launchProfiles.flatMap(({ instanceTypes }) => instanceTypes);
  return shard.instanceTypes
    .filter(
      ({ name, memoryMib, defaultVcpus }) =>
        name !== type.name &&
        memoryMib >= type.memoryMib &&
        defaultVcpus <= type.defaultVcpus &&
        4 * defaultVcpus >= type.defaultVcpus &&
        matchesAny(patterns, name),
    )
    .toSorted(
      (a, b) =>
        a.defaultVcpus - b.defaultVcpus || a.memoryMib - b.memoryMib || (a.name < b.name ? -1 : 1),
    )
    .map(({ name }) => ({ ...choice, instanceType: name, cores: null, threadsPerCore: null }));
}

/** Pools that one and the same pattern of a launch profile names together with the pool chosen. */
function otherPools(question: MachineQuestion, choice: MachineChoice): readonly Near[] {
  const { shard, policy } = question;
  const pool = chosenPool({ shard }, choice);
  return shard.configurations
    .filter((other) => other !== pool && pool !== undefined && areAlike(policy, pool, other))
    .map((other) => ({
      question,
      choice: { ...choice, poolId: poolIdOf(other) },
      labels: { pool: other.name },
    }));
}

/** Whether one pattern of policy, other than “all”, names both. */
export function areAlike(
  { launchProfiles }: Pick<Policy, 'launchProfiles'>,
  one: LicenseConfiguration,
  other: LicenseConfiguration,
): boolean {
  return launchProfiles
    .flatMap(({ pools }) => pools)
    .some((pattern) => /[^*]/.test(pattern) && isNamed(one, pattern) && isNamed(other, pattern));
}

function isNamed(configuration: LicenseConfiguration, pattern: string): boolean {
  return matchesAny([pattern], configuration.name, poolIdOf(configuration));
}

function smallerCounts({ policy }: MachineQuestion, choice: MachineChoice): MachineChoice[] {
  const most = Math.min(choice.count - 1, policy.limits.countPerRequest);
  return Array.from({ length: most }, (_none, index) => ({ ...choice, count: most - index }));
}

function typeOf(
  { shard }: Pick<MachineQuestion, 'shard'>,
  { instanceType }: MachinePlan,
): InstanceType | undefined {
  return shard.instanceTypes.find(({ name }) => name === instanceType);
}

/** The configuration of the pool that was chosen. */
export function chosenPool(
  { shard }: Pick<MachineQuestion, 'shard'>,
  { poolId }: MachineChoice,
): LicenseConfiguration | undefined {
  return shard.configurations.find((configuration) => poolIdOf(configuration) === poolId);
}
