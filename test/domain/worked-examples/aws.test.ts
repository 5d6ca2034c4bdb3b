import { describe, expect, it } from 'vitest';
import { COMPUTE_CASES, m7iDatabase, r4Vcpus } from './aws-compute-cases.ts';
import { LICENSE_INCLUDED_CASES, monthlyCost } from './aws-license-included-cases.ts';
import { LICENSE_MANAGER_CASES } from './aws-license-manager-cases.ts';
import { testExamples } from './worked-example.ts';

testExamples('published examples of licenses in the hourly price', LICENSE_INCLUDED_CASES);
testExamples('published examples of License Manager', LICENSE_MANAGER_CASES);
testExamples('published examples of vCPUs and Dedicated Hosts', COMPUTE_CASES);

describe('the figures beside the answer', () => {
  it.each`
    id                  | instanceType      | sqlServer       | cost
    ${'ocpu-m8i16-web'} | ${'m8i.16xlarge'} | ${'web'}        | ${{ value: 1467, costBefore: 5411, costAfter: 3944, savingPercent: 27.1 }}
    ${'ocpu-r8i16-ent'} | ${'r8i.16xlarge'} | ${'enterprise'} | ${{ value: 9835, costBefore: 22_914, costAfter: 13_080, savingPercent: 42.9 }}
  `('of $id are the cost of a month before and after', ({ instanceType, sqlServer, cost }) => {
    expect(monthlyCost({ instanceType, sqlServer })).toEqual(cost);
  });

  it('of ocpu-r4-8 and rds-m7i8-opt are the vCPUs by default', () => {
    expect(r4Vcpus(false)).toBe(16);
    expect(m7iDatabase().maximumVcpus).toBe(16);
  });
});
