import {
  HERE,
  type Kind,
  type Near,
  OF_COUNT,
  OF_SIZE,
} from '#domain/launch/alternative-choices.ts';
import { ELSEWHERE } from '#domain/launch/alternatives-elsewhere.ts';
import {
  type Alternative,
  type Evaluation,
  evaluateLaunch,
  type LaunchQuestion,
} from '#domain/launch/launch-evaluation.ts';
import {
  isMachineChoice,
  isMachinePlan,
  type LaunchChoice,
  type LaunchPlan,
  type MachineChoice,
} from '#domain/launch/launch-plan.ts';
import { resolvePlan } from '#domain/launch/launch-planning.ts';
import type { Elsewhere } from '#domain/launch/places-elsewhere.ts';
import type { Money } from '#domain/money.ts';

/** At most so many are offered, and so many tried of each kind. */
const OFFERED = 5;
const TRIED = 24;

/**
 * Launches near the one asked for that would pass now, each judged like the original on both lines,
 * cheapest first where all prices are known, else fewest licenses first. Of every kind only the nearest
 * to what was asked is offered.
 *
 * @param elsewhere other accounts where it may be launched, as far as they were read
 */
export function findAlternatives(
  question: LaunchQuestion,
  choice: LaunchChoice,
  original: Evaluation,
  elsewhere: readonly Elsewhere[] = [],
): readonly Alternative[] {
  const { plan } = question;
  if (!isMachineChoice(choice) || !isMachinePlan(plan) || original.verdict === 'allow') return [];
  const needed = passes(original) ? licensesOf(original, choice) : Number.POSITIVE_INFINITY;
  const kinds = kindsFor(choice).filter(
    ({ kind }) => !passes(original) || kind !== 'smaller-count',
  );
  const found = kinds.flatMap(({ kind, candidates }) => {
    for (const near of candidates({ ...question, plan }, choice, elsewhere).slice(0, TRIED)) {
      const judged = judge(near);
      if (judged !== null && judged.licenses < needed) {
        const licensesSaved = licensesOf(original, choice) - judged.licenses;
        const { choice: other, labels } = near;
        return [{ kind, choice: other, labels, ...judged, licensesSaved }];
      }
    }
    return [];
  });
  return inOrder(found).slice(0, OFFERED);
}

function kindsFor({ target }: MachineChoice): readonly Kind[] {
  if (target.operation === 'launch') return [...HERE, ...ELSEWHERE];
  return target.operation === 'scale' ? OF_COUNT : OF_SIZE;
}

function judge({
  question,
  choice,
}: Near): Pick<Alternative, 'verdict' | 'hourlyPrice' | 'licenses'> | null {
  const planning = resolvePlan(choice, question.shard, question.plan.policyHash);
  if (!planning.ok) return null;
  const { plan } = planning;
  const evaluation = evaluateLaunch({ ...question, plan });
  const { verdict } = evaluation;
  if (verdict === 'refuse' || !evaluation.fits) return null;
  return {
    verdict,
    hourlyPrice: totalPrice(plan, choice),
    licenses: licensesOf(evaluation, choice),
  };
}

function totalPrice(
  { hourlyPrice }: Pick<LaunchPlan, 'hourlyPrice'>,
  { count }: MachineChoice,
): Money | null {
  return hourlyPrice && { ...hourlyPrice, micros: hourlyPrice.micros * count };
}

function passes({ verdict, fits }: Evaluation): boolean {
  return verdict !== 'refuse' && fits;
}

function licensesOf({ draws }: Evaluation, { poolId }: MachineChoice): number {
  return draws.find((draw) => draw.poolId === poolId)?.licenses ?? 0;
}

/** By money where all of it is known and in one currency; what costs the same, by licenses. */
function inOrder(found: readonly Alternative[]): readonly Alternative[] {
  const currencies = new Set(found.map(({ hourlyPrice }) => hourlyPrice?.currency ?? null));
  const priced = currencies.size === 1 && !currencies.has(null);
  const costOf = ({ hourlyPrice }: Alternative) =>
    priced && hourlyPrice !== null ? hourlyPrice.micros : 0;
  return found.toSorted((a, b) => costOf(a) - costOf(b) || a.licenses - b.licenses);
}
