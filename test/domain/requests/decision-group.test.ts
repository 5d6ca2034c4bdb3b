import { describe, expect, it } from 'vitest';
import { choiceGroup, decisionGroup } from '#domain/requests/decision-group.ts';
import {
  ACCOUNT,
  aChoice,
  aDraw,
  aHostPlan,
  anEvaluation,
  poolId,
  REGION,
} from '../../builders.ts';

const change = { account: ACCOUNT, region: REGION, target: aHostPlan().action };

describe('the group in which a request is decided', () => {
  it('is its pool, or its account and Region where it names none', () => {
    expect(choiceGroup(aChoice())).toBe(poolId('1'));
    expect(choiceGroup(change)).toBe(`${ACCOUNT}/${REGION}`);
  });

  it.each([
    [aChoice({ poolId: poolId('2') }), ['3', '1'], poolId('1')],
    [aChoice({ poolId: poolId('2') }), ['3'], poolId('2')],
    [change, ['3', '1'], poolId('1')],
    [change, [], `${ACCOUNT}/${REGION}`],
  ])('of %o drawing on %o is %s', (choice, digits, group) => {
    const draws = digits.map((digit) => aDraw({ poolId: poolId(digit) }));
    expect(decisionGroup({ choice, evaluation: anEvaluation({ draws }) })).toBe(group);
  });
});
