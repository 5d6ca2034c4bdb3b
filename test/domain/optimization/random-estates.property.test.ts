import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadHighs } from '#adapters/highs/highs-solver.ts';
import { consolidate } from '#domain/consolidation/consolidate.ts';
import type { Consolidation } from '#domain/consolidation/consolidation-plan.ts';
import { validateProblem } from '#domain/consolidation/validate-problem.ts';
import { ESTATE_KINDS } from '#domain/optimization/all-kinds.ts';
import { concludeOptimization } from '#domain/optimization/conclude-optimization.ts';
import { OptimizationResult } from '#domain/optimization/optimization-result.ts';
import type { PreparedOptimization } from '#domain/optimization/prepare-optimization.ts';
import { sha256 } from '../../builders.ts';
import { prepared } from './optimization-world.ts';
import { type RandomEstate, randomEstates } from './random-estates.ts';

const solver = await loadHighs();

interface Answer {
  readonly question: PreparedOptimization;
  readonly solved: Consolidation;
  readonly result: OptimizationResult;
}

function answerTo({ shards, ...asked }: RandomEstate): Answer {
  const question = prepared(shards, asked);
  const limits = { seconds: 1, relativeGap: 0 };
  const solved = consolidate(question.program.problem, solver, limits, () => performance.now());
  const result = concludeOptimization(question, solved, ESTATE_KINDS, sha256);
  return { question, solved, result };
}

describe('optimizations of random estates', () => {
  it('break no rule, add up, and leave alone what they are asked to', () => {
    let plans = 0;
    fc.assert(
      fc.property(randomEstates, (estate) => {
        const answer = answerTo(estate);
        plans += answer.result.plan.length;
        checkSound(answer);
        checkSums(answer);
        checkAsked(answer);
      }),
      { numRuns: 150 },
    );
    expect(plans).toBeGreaterThan(50);
  });
});

function checkSound({ question, result }: Answer): void {
  expect(validateProblem(question.program.problem)).toEqual([]);
  expect(result.noPlan?.code === 'check-failed' ? result.noPlan : null).toBeNull();
  expect(OptimizationResult.parse(OptimizationResult.encode(result))).toEqual(result);
  for (const { gate } of result.plan) expect(gate.every(({ holds }) => holds === true)).toBe(true);
  // Beside the plan somebody may still have to say whether a condition holds.
  for (const { gate } of result.beside)
    expect(gate.some(({ holds }) => holds === false)).toBe(false);
}

function checkSums({ solved, result }: Answer): void {
  const { before, after, plan, lowerBound } = result;
  expect(solved.plan?.micros ?? Number.POSITIVE_INFINITY).toBeGreaterThanOrEqual(
    Math.floor(solved.lowerBoundMicros),
  );
  if (after === null) return;
  const saved = plan.reduce((sum, { savings }) => sum + (savings.monthly?.micros ?? 0), 0);
  expect(before.monthly.micros - after.monthly.micros).toBe(saved);
  expect(after.monthly.micros).toBeGreaterThanOrEqual(lowerBound.micros);
}

/** What is fixed, and what the scenario wants left alone, is in no recommendation of the plan. */
function checkAsked({ question, result: { plan, beside, fixed, scenario } }: Answer): void {
  const { accounts, keepProduction, noDowntime, without } = scenario;
  const untouchable = new Set(fixed.map(({ instanceId }) => instanceId));
  const production = question.machines
    .filter(({ environment }) => keepProduction && environment !== 'non-production')
    .map(({ instance }) => instance.instanceId);
  for (const id of production) untouchable.add(id);
  const touched = plan.flatMap(({ subjects }) => subjects.map(({ id }) => id));
  const asked = [...plan, ...beside].filter(
    ({ kind, account, downtime }) =>
      !without.includes(kind) &&
      (accounts.length === 0 || accounts.includes(account)) &&
      !(noDowntime && downtime),
  );
  expect(touched.filter((id) => untouchable.has(id))).toEqual([]);
  expect(asked).toEqual([...plan, ...beside]);
}
