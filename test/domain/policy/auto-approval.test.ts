import { describe, expect, it } from 'vitest';
import { whyNotAutomatic } from '#domain/policy/auto-approval.ts';
import { aDraw, aPolicy, poolId } from '../../builders.ts';

const policyProfiles = aPolicy().launchProfiles;

function usd(dollars: number) {
  return { micros: dollars * 1_000_000, currency: 'USD' };
}

/** Two instances that take 8 licenses of one pool and 4 of another, for 300 USD a month. */
function why(autoApproval: readonly object[], changes: object = {}) {
  return whyNotAutomatic(aPolicy({ autoApproval }), {
    profiles: policyProfiles,
    pools: [
      { poolId: poolId('1'), name: 'SQL Server 1' },
      { poolId: poolId('2'), name: 'Windows Server' },
    ],
    draws: [aDraw(), aDraw({ poolId: poolId('2'), licenses: 4 })],
    count: 2,
    monthlyCost: usd(300),
    ...changes,
  });
}

describe('whyNotAutomatic', () => {
  it.each`
    rule                                                  | because
    ${{ upToLicenses: 8 }}                                | ${'no pool gives more than 8'}
    ${{ upToLicenses: 8, upToCount: 2 }}                  | ${'it starts 2'}
    ${{ upToLicenses: 8, upToMonthlyUsd: 300 }}           | ${'it costs 300 USD'}
    ${{ upToLicenses: 8, profiles: ['sql'] }}             | ${'its profile is named'}
    ${{ upToLicenses: 8, pools: ['SQL *', poolId('2')] }} | ${'both its pools are named'}
  `('lets through by $rule: $because', ({ rule }) => {
    expect(why([rule])).toBeNull();
  });

  it.each`
    rules                                                                                | reason
    ${[]}                                                                                | ${{ code: 'needs-approval' }}
    ${[{ upToLicenses: 8, profiles: ['small'] }]}                                        | ${{ code: 'needs-approval' }}
    ${[{ upToLicenses: 8, pools: ['SQL *'] }]}                                           | ${{ code: 'needs-approval' }}
    ${[{ upToLicenses: 7 }]}                                                             | ${{ code: 'above-auto-approval', licenses: 8, threshold: 7 }}
    ${[{ upToLicenses: 4 }, { upToLicenses: 6 }]}                                        | ${{ code: 'above-auto-approval', licenses: 8, threshold: 6 }}
    ${[{ upToLicenses: 8, upToCount: 1 }]}                                               | ${{ code: 'above-auto-approval-count', count: 2, threshold: 1 }}
    ${[{ upToLicenses: 4 }, { upToLicenses: 8, upToCount: 1 }]}                          | ${{ code: 'above-auto-approval-count', count: 2, threshold: 1 }}
    ${[{ upToLicenses: 8, upToMonthlyUsd: 299 }]}                                        | ${{ code: 'above-auto-approval-cost', monthly: usd(300), thresholdUsd: 299 }}
    ${[{ upToLicenses: 8, upToMonthlyUsd: 9 }, { upToLicenses: 8, upToMonthlyUsd: 99 }]} | ${{ code: 'above-auto-approval-cost', monthly: usd(300), thresholdUsd: 99 }}
    ${[{ upToLicenses: 8, upToCount: 1 }, { upToLicenses: 7, upToMonthlyUsd: 900 }]}     | ${{ code: 'above-auto-approval-count', count: 2, threshold: 1 }}
  `('says $reason by $rules', ({ rules, reason }) => {
    expect(why(rules)).toEqual(reason);
  });

  it.each([null, { micros: 1, currency: 'EUR' }])(
    'does not take a price of %j for a low one',
    (monthlyCost) => {
      expect(why([{ upToLicenses: 8, upToMonthlyUsd: 1_000 }], { monthlyCost })).toEqual({
        code: 'above-auto-approval-cost',
        monthly: monthlyCost,
        thresholdUsd: 1_000,
      });
      expect(why([{ upToLicenses: 8 }], { monthlyCost })).toBeNull();
    },
  );
});
