import type { Sha256 } from '#domain/audit/audit-chain.ts';
import { findAlternatives } from '#domain/launch/launch-alternatives.ts';
import { isMachineChoice, type LaunchChoice, type LaunchPlan } from '#domain/launch/launch-plan.ts';
import { resolvePlan, sealPlan } from '#domain/launch/launch-planning.ts';
import type { Planning } from '#domain/launch/plan-question.ts';
import { poolIdOf } from '#domain/licenses/license-pool.ts';
import { type Facts, type Judgeable, judgePlan, questionOf } from '#domain/requests/judgement.ts';
import type { LaunchRequest, ReaskedWhy } from '#domain/requests/launch-request.ts';

/** What one generation of a request asks for: sealed and judged. */
export type Asked = Pick<
  LaunchRequest,
  'choice' | 'labels' | 'plan' | 'planHash' | 'evaluation' | 'alternatives' | 'gate'
>;

/** A plan and the choice that it was made of. */
export interface Asking extends Judgeable {
  readonly choice: LaunchChoice;
}

/** Resolve what a person chose, under today's policy. */
export function planChoice({ shard, published }: Facts, choice: LaunchChoice): Planning {
  return resolvePlan(choice, shard, published.hash);
}

/** Seal a plan and judge it. */
export function ask(facts: Facts, asking: Asking, now: Date, sha256: Sha256): Asked {
  const { choice, plan } = asking;
  const { evaluation, gate } = judgePlan(facts, asking, now);
  return {
    choice,
    labels: labelsOf(facts, asking),
    plan,
    planHash: sealPlan(plan, sha256),
    evaluation,
    alternatives: findAlternatives(
      questionOf(facts, asking, now),
      choice,
      evaluation,
      facts.elsewhere,
    ),
    gate,
  };
}

function labelsOf({ shard, published }: Facts, { choice, plan }: Asking): LaunchRequest['labels'] {
  const account = published.policy.accounts.find(({ id }) => id === choice.account);
  return {
    account: account?.name ?? choice.account,
    pool: poolName(choice, shard),
    source: sourceOf(plan, shard),
  };
}

/** Empty for a change: what it draws on follows from what is there. */
function poolName(choice: LaunchChoice, { configurations }: Facts['shard']): string {
  if (!isMachineChoice(choice)) return '';
  const pool = configurations.find((one) => poolIdOf(one) === choice.poolId);
  return pool?.name ?? choice.poolId;
}

function sourceOf({ action }: LaunchPlan, { instances, hosts }: Facts['shard']): string {
  switch (action.operation) {
    case 'launch':
      return action.launchTemplate.name;
    case 'scale':
      return action.autoScalingGroupName;
    case 'allocate-host':
      return action.instanceFamily;
    case 'release-host':
      return hosts.find(({ hostId }) => hostId === action.hostId)?.name ?? action.hostId;
    case 'start':
    case 'resize':
    case 'move':
    case 'associate':
    case 'convert':
    case 'stop': {
      const { instanceId } = action;
      return instances.find((one) => one.instanceId === instanceId)?.name ?? instanceId;
    }
  }
}

/** The request as its next generation: what was decided stays to be read, and counts no more. */
export function nextGeneration(
  request: LaunchRequest,
  asked: Asked,
  why: ReaskedWhy,
  now: Date,
): LaunchRequest {
  const { choice, labels, plan, gate } = request;
  return {
    ...request,
    ...asked,
    generation: request.generation + 1,
    reasked: {
      why,
      at: now,
      choice,
      labels,
      hourlyPrice: plan.hourlyPrice,
      rule: gate?.rule ?? null,
    },
    counter: null,
    reminded: 0,
    escalatedAt: null,
  };
}
