import { hostsWithRoom } from '#domain/host-choice.ts';
import type { CpuOptions, InstanceType } from '#domain/instance-type.ts';
import {
  type Alternative,
  type Evaluation,
  evaluateLaunch,
  type LaunchQuestion,
} from '#domain/launch-evaluation.ts';
import type { LaunchChoice, LaunchPlan } from '#domain/launch-plan.ts';
import { resolvePlan } from '#domain/launch-planning.ts';
import type { LicenseConfiguration } from '#domain/license-configuration.ts';
import { isHostLicensed } from '#domain/license-counting.ts';
import { poolIdOf } from '#domain/license-pool.ts';
import { matchesAny } from '#domain/pattern.ts';

/** At most so many are offered, and so many tried of each kind. */
const OFFERED = 5;
const TRIED = 24;

/**
 * Launches near the one asked for that would pass now, each judged like the original, fewest licenses
 * first. Of every kind only the nearest to what was asked is offered.
 */
export function findAlternatives(
  question: LaunchQuestion,
  choice: LaunchChoice,
  original: Evaluation,
): readonly Alternative[] {
  if (original.verdict === 'allow') return [];
  const needed = passes(original) ? licensesOf(original, choice) : Number.POSITIVE_INFINITY;
  const kinds = passes(original) ? KINDS.filter(({ kind }) => kind !== 'smaller-count') : KINDS;
  return kinds
    .flatMap(({ kind, candidates }) => {
      for (const candidate of candidates(question, choice).slice(0, TRIED)) {
        const found = judge(question, candidate);
        if (found !== null && found.licenses < needed) {
          const licensesSaved = licensesOf(original, choice) - found.licenses;
          return [{ kind, choice: candidate, ...found, licensesSaved }];
        }
      }
      return [];
    })
    .toSorted((a, b) => a.licenses - b.licenses)
    .slice(0, OFFERED);
}

type Candidates = (question: LaunchQuestion, choice: LaunchChoice) => readonly LaunchChoice[];

/** In order of how little they change; with equal licenses the earlier comes first. */
const KINDS: readonly { readonly kind: Alternative['kind']; readonly candidates: Candidates }[] = [
  { kind: 'licensed-host', candidates: otherHosts },
  { kind: 'fewer-cores', candidates: fewerCores },
  { kind: 'other-type', candidates: otherTypes },
  { kind: 'other-pool', candidates: otherPools },
  { kind: 'smaller-count', candidates: smallerCounts },
];

function judge(
  question: LaunchQuestion,
  choice: LaunchChoice,
): Pick<Alternative, 'verdict' | 'hourlyPrice' | 'licenses'> | null {
  const planning = resolvePlan(choice, question.shard, question.plan.policyHash);
  if (!planning.ok) return null;
  const evaluation = evaluateLaunch({ ...question, plan: planning.plan });
  const { verdict } = evaluation;
  if (verdict === 'refuse' || !evaluation.fits) return null;
  return { verdict, hourlyPrice: null, licenses: licensesOf(evaluation, choice) };
}

function passes({ verdict, fits }: Evaluation): boolean {
  return verdict !== 'refuse' && fits;
}

function licensesOf({ draws }: Evaluation, { poolId }: LaunchChoice): number {
  return draws.find((draw) => draw.poolId === poolId)?.licenses ?? 0;
}

function otherHosts({ plan, shard }: LaunchQuestion, choice: LaunchChoice): LaunchChoice[] {
  const pool = chosenPool({ shard }, choice);
  return hostsWithRoom(plan, shard)
    .filter(({ hostId }) => hostId !== plan.hostId && pool && isHostLicensed(shard, pool, hostId))
    .map(({ hostId }) => ({ ...choice, hostId }));
}

/** Fewer active vCPUs by CPU options, most first. */
function fewerCores({ plan, shard }: LaunchQuestion, choice: LaunchChoice): LaunchChoice[] {
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
function otherTypes({ plan, shard, policy }: LaunchQuestion, choice: LaunchChoice): LaunchChoice[] {
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
function otherPools({ shard, policy }: LaunchQuestion, choice: LaunchChoice): LaunchChoice[] {
  const pool = chosenPool({ shard }, choice);
  const patterns = policy.launchProfiles
    .flatMap(({ pools }) => pools)
    .filter((pattern) => /[^*]/.test(pattern) && pool && isNamed(pool, pattern));
  return shard.configurations
    .filter((other) => other !== pool && patterns.some((pattern) => isNamed(other, pattern)))
    .map((other) => ({ ...choice, poolId: poolIdOf(other) }));
}

function isNamed(configuration: LicenseConfiguration, pattern: string): boolean {
  return matchesAny([pattern], configuration.name, poolIdOf(configuration));
}

function smallerCounts({ policy }: LaunchQuestion, choice: LaunchChoice): LaunchChoice[] {
  const most = Math.min(choice.count - 1, policy.limits.countPerRequest);
  return Array.from({ length: most }, (_none, index) => ({ ...choice, count: most - index }));
}

function typeOf(
  { shard }: Pick<LaunchQuestion, 'shard'>,
  { instanceType }: LaunchPlan,
): InstanceType | undefined {
  return shard.instanceTypes.find(({ name }) => name === instanceType);
}

function chosenPool(
  { shard }: Pick<LaunchQuestion, 'shard'>,
  { poolId }: LaunchChoice,
): LicenseConfiguration | undefined {
  return shard.configurations.find((configuration) => poolIdOf(configuration) === poolId);
}
