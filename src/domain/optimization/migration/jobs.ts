import { canonicalJson } from '#domain/canonical-json.ts';
import { isInstanceId, stepOrder, targetOf } from '#domain/optimization/follow/step-order.ts';
import {
  type MachineFacts,
  UNKNOWN_MACHINE,
} from '#domain/optimization/migration/maintenance-settings.ts';
import type { Recommendation, Step } from '#domain/optimization/recommendation.ts';

/** A step with where it comes from. */
export interface PlannedStep {
  readonly recommendationId: string;
  /** Its place in the recommendation. */
  readonly place: number;
  readonly step: Step;
}

/** All that is done together: to one machine, or before or after the machines of a recommendation. */
export interface Job {
  readonly id: string;
  readonly phase: 'prepare' | 'machine' | 'release';
  /** `null`: it is about no machine. */
  readonly machine: { readonly id: string; readonly facts: MachineFacts } | null;
  /** In order. */
  readonly steps: readonly PlannedStep[];
  /** Ids of jobs that must be done before it. */
  readonly after: ReadonlySet<string>;
}

/**
 * The jobs of recommendations. A machine stands still once for all that is done to it; what comes before
 * machines and after them is one job of each recommendation.
 */
export function jobsOf(
  recommendations: readonly Recommendation[],
  machines: ReadonlyMap<string, MachineFacts>,
): readonly Job[] {
  const placed = Map.groupBy(inOrder(recommendations).flatMap(placedSteps), ({ job }) => job);
  const jobs = [...placed].map(([id, own]): Job => {
    const after = new Set(own.flatMap(({ waitsFor }) => waitsFor));
    after.delete(id);
    const steps = own.map(({ planned }) => planned);
    if (!isInstanceId(id)) {
      const phase = id.startsWith(RELEASE) ? 'release' : 'prepare';
      return { id, phase, machine: null, steps, after };
    }
    const facts = machines.get(id) ?? UNKNOWN_MACHINE;
    return { id, phase: 'machine', machine: { id, facts }, steps, after };
  });
  return inGroups(jobs);
}

/** A step in its job, and the jobs of the steps that it waits for. */
interface PlacedStep {
  readonly job: string;
  readonly planned: PlannedStep;
  readonly waitsFor: readonly string[];
}

function placedSteps({
  id: recommendationId,
  steps,
  ownerMustValidate,
}: Recommendation): readonly PlacedStep[] {
  const order = stepOrder(steps, ownerMustValidate);
  const jobs = steps.map((step) => jobIdOf(recommendationId, step));
  return steps.map((step, place) => ({
    job: jobIdOf(recommendationId, step),
    planned: { recommendationId, place, step },
    waitsFor: jobs.filter((_, other) => order[place]?.includes(other)),
  }));
}

const RELEASE = 'release ';

function jobIdOf(recommendationId: string, step: Step): string {
  const target = targetOf(step);
  if (isInstanceId(target)) return target;
  return `${step.do === 'release-host' ? RELEASE : 'prepare '}${recommendationId}`;
}

/** Changes of one machine build on each other: each begins with the setup that the one before ends with. */
function inOrder(recommendations: readonly Recommendation[]): readonly Recommendation[] {
  const left = [...recommendations];
  const ordered: Recommendation[] = [];
  while (left.length > 0) {
    const first = left.findIndex((one) => !left.some((other) => buildsOn(one, other)));
    ordered.push(...left.splice(Math.max(0, first), 1));
  }
  return ordered;
}

function buildsOn(one: Recommendation, other: Recommendation): boolean {
  if (one === other || one.change === null || other.change === null) return false;
  const shared = one.subjects.some(({ id }) => other.subjects.some((subject) => subject.id === id));
  return shared && canonicalJson(one.change.from) === canonicalJson(other.change.to);
}

const RANKS: readonly MachineFacts['role'][] = ['passive', 'readable', null, 'primary'];

/** Of machines that stand in for each other one follows the other, the primary last. */
function inGroups(jobs: readonly Job[]): readonly Job[] {
  const ranked = jobs.flatMap(({ id, machine }) => {
    const { haGroup = null, role = null } = machine?.facts ?? {};
    return haGroup === null ? [] : [{ id, haGroup, rank: RANKS.indexOf(role) }];
  });
  const before = new Map<string, string>();
  for (const group of Map.groupBy(ranked, ({ haGroup }) => haGroup).values()) {
    const sorted = group.toSorted((a, b) => a.rank - b.rank || (a.id < b.id ? -1 : 1));
    sorted.reduce((earlier, job) => {
      before.set(job.id, earlier.id);
      return job;
    });
  }
  return jobs.map((job) => {
    const earlier = before.get(job.id);
    return earlier === undefined ? job : { ...job, after: new Set([...job.after, earlier]) };
  });
}
