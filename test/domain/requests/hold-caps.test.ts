import { describe, expect, it } from 'vitest';
import { obstacleToHold } from '#domain/requests/hold-caps.ts';
import {
  aDraw,
  aHold,
  aLedger,
  anEvaluation,
  aPolicy,
  aQuota,
  NOW,
  poolId,
} from '../../builders.ts';
import { aTerms, TERMS_DRAW } from './decision-state.ts';

const { limits } = aPolicy({ limits: { unapprovedPercentOfFree: 50, openHoldsPerPerson: 3 } });
const NO_LEDGERS = { ledgers: [], terms: [], quota: aQuota() };
const others = (licenses: number, firm: boolean) =>
  aHold({ consumer: 'request/other', requestIds: ['other'], licenses, firm });

describe('what keeps a request from holding its licenses', () => {
  const pool = { kind: 'pool', id: poolId('1') };
  it.each`
    ledger                                         | obstacle | because
    ${{ consumed: 84 }}                            | ${null}  | ${'8 are half of the 16 that are free'}
    ${{ consumed: 85 }}                            | ${pool}  | ${'8 are more than half of 15'}
    ${{ consumed: 68, holds: [others(8, false)] }} | ${null}  | ${'with the unapproved 8, 16 are half of 32'}
    ${{ consumed: 69, holds: [others(8, false)] }} | ${pool}  | ${'with the unapproved 8, 16 are more than half of 31'}
    ${{ consumed: 76, holds: [others(8, true)] }}  | ${null}  | ${'firm holds are no unapproved ones'}
    ${{ consumed: 77, holds: [others(8, true)] }}  | ${pool}  | ${'what is held firmly is not free'}
    ${{ consumed: 94, holds: [aHold()] }}          | ${null}  | ${'its launch adds nothing to its hold'}
    ${{ limit: null, consumed: 9999, holds: [] }}  | ${null}  | ${'there is no limit'}
  `('is $obstacle: $because', ({ ledger, obstacle }) => {
    const holdings = { ...NO_LEDGERS, ledgers: [aLedger(ledger)] };

    expect(obstacleToHold(anEvaluation(), holdings, limits, NOW)).toEqual(obstacle);
  });

  it('is a line of terms like a pool', () => {
    const evaluation = anEvaluation({ draws: [], terms: [TERMS_DRAW] });
    const behind = (requiredAtLeast: number) =>
      obstacleToHold(
        evaluation,
        { ...NO_LEDGERS, terms: [aTerms({ requiredAtLeast })] },
        limits,
        NOW,
      );

    expect(behind(8)).toBeNull();
    expect(behind(9)).toEqual({ kind: 'terms', id: 'owned core' });
  });

  it('is no pool and no line of terms that the launch draws nothing of', () => {
    const evaluation = anEvaluation({
      draws: [aDraw({ poolId: poolId('2') })],
      terms: [{ ...TERMS_DRAW, ledgerId: 'drawn' }],
    });
    const ledgers = [aLedger({ consumed: 100 }), aLedger({ digit: '2' })];
    const terms = [aTerms({ requiredAtLeast: 16 }), aTerms({ id: 'drawn' })];

    expect(obstacleToHold(evaluation, { ...NO_LEDGERS, ledgers, terms }, limits, NOW)).toBeNull();
  });

  it('is each of the pools and lines that the launch draws on', () => {
    const evaluation = anEvaluation({
      draws: [aDraw(), aDraw({ poolId: poolId('2'), licenses: 1 })],
      terms: [TERMS_DRAW, { ...TERMS_DRAW, ledgerId: 'second', licenses: 1 }],
    });
    const ledgers = [aLedger({ consumed: 50 }), aLedger({ digit: '2', consumed: 98 })];
    const terms = [aTerms(), aTerms({ id: 'second', requiredAtLeast: 15 })];

    expect(obstacleToHold(evaluation, { ...NO_LEDGERS, ledgers, terms }, limits, NOW)).toEqual({
      kind: 'terms',
      id: 'second',
    });
  });

  it('is the person, who holds for as many requests as anybody may', () => {
    const heldBy = (...heldRequestIds: readonly string[]) =>
      obstacleToHold(
        anEvaluation(),
        { ...NO_LEDGERS, quota: aQuota({ heldRequestIds }) },
        limits,
        NOW,
      );

    expect(heldBy('a', 'b')).toBeNull();
    expect(heldBy('a', 'b', 'c')).toEqual({ kind: 'person' });
  });
});
