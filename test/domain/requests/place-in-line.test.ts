import { describe, expect, it } from 'vitest';
import { placeInLine } from '#domain/requests/place-in-line.ts';
import { aHold, aLedger, anEvaluation, aPolicy, aQuota, NOW } from '../../builders.ts';
import { aTerms, ID, TERMS_DRAW } from './decision-state.ts';

const OTHER = 'req-000000000z';
const evaluation = anEvaluation({ terms: [TERMS_DRAW] });
const { limits } = aPolicy();

const held = aHold({ licenses: 4 });

function placed(
  standing: 'held' | 'waiting' | null,
  { terms = [aTerms()], ledgers = [aLedger()] } = {},
) {
  const before = { ledgers, terms, quota: aQuota() };
  return placeInLine(before, { id: ID, evaluation, standing }, limits, NOW);
}

describe('placeInLine', () => {
  it('holds on both lines what a launch takes of both', () => {
    expect(placed(null)).toMatchObject({
      standing: 'held',
      after: {
        ledgers: [{ held: 8 }],
        terms: [{ held: 4 }],
        quota: { heldRequestIds: [ID] },
      },
    });
  });

  it('waits on both when one is short, and holds nothing', () => {
    const terms = [aTerms({ requiredAtLeast: 14, waiting: [OTHER] })];

    expect(placed(null, { terms })).toMatchObject({
      standing: 'waiting',
      after: {
        ledgers: [{ held: 0, waiting: [ID] }],
        terms: [{ held: 0, waiting: [OTHER, ID] }],
        quota: { heldRequestIds: [] },
      },
    });
  });

  const kept = aLedger({ consumed: 92, holds: [aHold()] });
  it.each`
    standing     | ledgers                         | terms                                                    | now          | because
    ${'held'}    | ${[kept]}                       | ${[aTerms({ holds: [held] })]}                           | ${'held'}    | ${'it takes no more than it holds'}
    ${null}      | ${[kept]}                       | ${[aTerms({ holds: [held] })]}                           | ${'waiting'} | ${'it was approved, and is under the caps again'}
    ${'held'}    | ${[aLedger({ consumed: 92 })]}  | ${[aTerms({ holds: [held] })]}                           | ${'waiting'} | ${'it holds nothing of the pool'}
    ${'held'}    | ${[kept]}                       | ${[aTerms({ holds: [aHold({ licenses: 3 })] })]}         | ${'waiting'} | ${'it holds too little of the terms'}
    ${'held'}    | ${[kept]}                       | ${[aTerms({ holds: [aHold({ requestIds: [OTHER] })] })]} | ${'waiting'} | ${'others hold of the terms'}
    ${'held'}    | ${[kept]}                       | ${[]}                                                    | ${'waiting'} | ${'the line of terms is not there'}
    ${'waiting'} | ${[aLedger({ waiting: [ID] })]} | ${[aTerms({ waiting: [ID] })]}                           | ${'held'}    | ${'there is room by now'}
  `('is $now after $standing: $because', ({ standing, ledgers, terms, now }) => {
    expect(placed(standing, { ledgers, terms })).toMatchObject({ standing: now });
  });
});
