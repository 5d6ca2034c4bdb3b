import { describe, expect, it } from 'vitest';
import { oracleDatabaseRequirement } from '#domain/vendors/oracle-database.ts';
import { aDeployment, ofVcpus, underTerms } from '../vendors/deployed.ts';
import { ORACLE_CASES } from './oracle-cases.ts';
import { testExamples } from './worked-example.ts';

testExamples('published examples of Oracle licensing', ORACLE_CASES);

describe('the price of an Oracle machine', () => {
  it('is that of the database and as many of each option: 16 x 90,000 USD (ora-ee-r6i-8xlarge)', () => {
    const options = ['Partitioning', 'Diagnostics Pack', 'Tuning Pack'];
    const asked = oracleDatabaseRequirement(
      [aDeployment({ compute: ofVcpus(32), options })],
      underTerms(),
    );
    /** Of the source: its r6i.4xlarge costs 720,000 USD for 8 processors. */
    const withOptions = 720_000 / 8;

    expect(asked.map(({ units }) => units)).toEqual([16, 16, 16, 16]);
    expect((asked[0]?.units ?? 0) * withOptions).toBe(1_440_000);
  });
});
