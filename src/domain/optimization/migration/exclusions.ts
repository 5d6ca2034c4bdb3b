import { targetOf } from '#domain/optimization/follow/step-order.ts';
import { sightsOf } from '#domain/optimization/migration/sights.ts';
import type { Recommendation, Step } from '#domain/optimization/recommendation.ts';

/** Recommendations that cannot be followed together, and the machine or host that they are at odds over. */
export interface Exclusion {
  readonly ids: readonly string[];
  readonly on: string;
}

/**
 * Which recommendations exclude each other: both set an attribute of one machine to something else, one
 * gives back what the other moves to, or both give back the same host. Those of one plan go together.
 */
export function exclusionsIn(recommendations: readonly Recommendation[]): readonly Exclusion[] {
  const left = recommendations.flatMap((recommendation) =>
    [...whatItLeaves(recommendation)].map(([key, one]) => ({ key, recommendation, ...one })),
  );
  const pairs = [...Map.groupBy(left, ({ key }) => key).values()].flatMap((same) =>
    same.flatMap((one, index) => same.slice(index + 1).map((other) => [one, other] as const)),
  );
  const exclusions = pairs
    .filter(([one, other]) => one.is !== other.is)
    .filter(([one, other]) => !areOfOnePlan(one.recommendation, other.recommendation))
    .map(([one, other]) => ({
      ids: [one.recommendation.id, other.recommendation.id],
      on: one.on,
    }));
  return [...new Map(exclusions.map((one) => [one.ids.join(' '), one])).values()];
}

function areOfOnePlan(one: Recommendation, other: Recommendation): boolean {
  if (one.atMostBetter === null || other.atMostBetter === null) return false;
  return one.id !== other.id && one.asOf.getTime() === other.asOf.getTime();
}

/** By machine or host and attribute, what is seen in the end. */
type Leaves = ReadonlyMap<string, { readonly on: string; readonly is: string }>;

function whatItLeaves({ id, steps }: Recommendation): Leaves {
  return new Map(steps.flatMap((step) => [...shownAfter(step), ...ofHosts(step, id)]));
}

type Left = readonly [string, { readonly on: string; readonly is: string }];

/** Associations add up; a new host has its name within its recommendation alone. */
function shownAfter(step: Step): readonly Left[] {
  if (step.do === 'associate' || step.do === 'allocate-host') return [];
  return sightsOf(step).after.map(({ see, of, is }) => [
    `${see} ${of}`,
    { on: targetOf(step), is },
  ]);
}

function ofHosts(step: Step, id: string): readonly Left[] {
  if (step.do === 'release-host') {
    return [[`given back ${step.hostId}`, { on: step.hostId, is: id }]];
  }
  if (step.do !== 'move' || step.hostId === null) return [];
  return [[`host-state ${step.hostId}`, { on: step.hostId, is: 'available' }]];
}
