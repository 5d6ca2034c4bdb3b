import { evaluateLaunch, type LaunchQuestion } from '#domain/launch/launch-evaluation.ts';
import { isMachinePlan } from '#domain/launch/launch-plan.ts';
import { aRequest, NOW } from '../../test/builders.ts';
import type { Row } from '../row.ts';
import { summarize } from '../statistics.ts';
import { type BusyRegion, busyRegion, SIZE } from './region.ts';

const WARM_UP = 5;
const ROUNDS = 40;

/**
 * Launches judged one after the other on one core. A thousand of them take as many milliseconds as
 * one takes microseconds; 200 µs are 5,000 a second.
 */
export function launchEvaluation(): Row {
  const questions = questionsOn(busyRegion());
  for (let round = 0; round < WARM_UP; round += 1) judgeAll(questions);
  const warm = summarize(Array.from({ length: ROUNDS }, () => duration(questions)));
  const cold = Array.from({ length: ROUNDS }, () => duration([firstOnHost()]));
  return {
    what: 'launch evaluation, one core, median',
    unit: 'µs',
    measured: warm.median,
    must: 200,
    aim: 50,
    samples: { '1,000 evaluations': warm, 'the first of a shard': summarize(cold) },
    remarks: [
      `${Math.round(1e6 / warm.median).toLocaleString('en')} a second; of ${SIZE.plans.toLocaleString('en')} different launches ${shares(questions)}`,
      `${SIZE.instances} instances, ${SIZE.pools} pools, ${SIZE.hosts} hosts, ${SIZE.types} types in the Region`,
    ],
  };
}

function questionsOn({
  plans,
  shard,
  ledgers,
  terms,
  policy,
}: BusyRegion): readonly LaunchQuestion[] {
  const interested = aRequest();
  return plans.map((plan, index) => ({
    requestId: `req-${index}`,
    plan,
    interested,
    shard,
    ledgers,
    terms,
    policy,
    now: NOW,
  }));
}

/** A launch that looks at what runs in a Region that nobody has looked at yet. */
function firstOnHost(): LaunchQuestion {
  const question = questionsOn(busyRegion()).find(
    ({ plan }) => isMachinePlan(plan) && plan.hostId !== null,
  );
  if (question === undefined) throw new Error('no launch on a host');
  return question;
}

function duration(questions: readonly LaunchQuestion[]): number {
  const start = performance.now();
  judgeAll(questions);
  return performance.now() - start;
}

function judgeAll(questions: readonly LaunchQuestion[]): readonly string[] {
  return questions.map((question) => evaluateLaunch(question).verdict);
}

/** How many of each verdict: a bench that only refuses would measure little. */
function shares(questions: readonly LaunchQuestion[]): string {
  const verdicts = judgeAll(questions);
  return ['allow', 'ask', 'refuse']
    .map((verdict) => `${verdicts.filter((other) => other === verdict).length} ${verdict}`)
    .join(', ');
}
