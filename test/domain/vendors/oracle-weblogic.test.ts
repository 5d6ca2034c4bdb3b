import { describe, expect, it } from 'vitest';
import { oracleWeblogicRequirement } from '#domain/vendors/oracle-weblogic.ts';
import {
  aCompute,
  aDeployment,
  answers,
  aServer,
  findingsOf,
  ofVcpus,
  underTerms,
  unitsOf,
} from './deployed.ts';

const product = 'oracle-weblogic';

// reference/licensing.md section 5.
describe('WebLogic Server', () => {
  it.each`
    edition         | compute                               | terms                            | users   | units   | metric               | found
    ${'enterprise'} | ${ofVcpus(8)}                         | ${{}}                            | ${null} | ${4}    | ${'processor'}       | ${[]}
    ${'suite'}      | ${ofVcpus(8, 1)}                      | ${{}}                            | ${null} | ${8}    | ${'processor'}       | ${[]}
    ${null}         | ${ofVcpus(8)}                         | ${{}}                            | ${null} | ${4}    | ${'processor'}       | ${[]}
    ${'standard'}   | ${ofVcpus(16)}                        | ${{}}                            | ${null} | ${4}    | ${'processor'}       | ${[]}
    ${'standard'}   | ${ofVcpus(32)}                        | ${{}}                            | ${null} | ${8}    | ${'processor'}       | ${['machine-too-large']}
    ${'standard'}   | ${aServer({ sockets: 4, cores: 64 })} | ${{}}                            | ${null} | ${4}    | ${'processor'}       | ${[]}
    ${'enterprise'} | ${aServer({ sockets: 2, cores: 16 })} | ${{}}                            | ${null} | ${8}    | ${'processor'}       | ${[]}
    ${'enterprise'} | ${ofVcpus(8)}                         | ${{ metric: 'named-user-plus' }} | ${3}    | ${40}   | ${'named-user-plus'} | ${[]}
    ${'enterprise'} | ${ofVcpus(8)}                         | ${{ metric: 'named-user-plus' }} | ${90}   | ${90}   | ${'named-user-plus'} | ${[]}
    ${'standard'}   | ${ofVcpus(32)}                        | ${{ metric: 'named-user-plus' }} | ${null} | ${80}   | ${'named-user-plus'} | ${['machine-too-large', 'users-unknown']}
    ${'standard'}   | ${aCompute({ maximumVcpus: null })}   | ${{}}                            | ${null} | ${null} | ${'processor'}       | ${['size-unknown']}
  `('$edition asks for $units ($metric)', ({ edition, compute, terms, users, ...expected }) => {
    const asked = oracleWeblogicRequirement(
      [aDeployment({ product, edition, compute, users })],
      underTerms(terms),
    );

    expect({ units: unitsOf(asked), metric: asked[0]?.metric, found: findingsOf(asked) }).toEqual(
      expected,
    );
  });

  it('only warns of a limit that is not settled', () => {
    const [asked] = oracleWeblogicRequirement(
      [aDeployment({ product, edition: 'standard', compute: ofVcpus(32) })],
      underTerms(),
    );

    expect(asked?.findings).toMatchObject([
      { severity: 'warning', rule: { confidence: 'contested' } },
    ]);
  });

  it('shows what honoring CPU options would change', () => {
    const compute = aCompute({ maximumVcpus: 16, activeVcpus: 4, activeThreadsPerCore: 2 });

    expect(answers(oracleWeblogicRequirement, [aDeployment({ product, compute })])).toEqual({
      default: 8,
      'oracleHonorsCpuOptions=true': 2,
    });
  });
});
