import { describe, expect, it } from 'vitest';
import { PRODUCTS } from '#domain/licenses/product.ts';
import { byolEligibility, eligibilityFindings } from '#domain/vendors/byol-eligibility.ts';
import { aDeployment, aServer, ofVcpus, onHost, underTerms } from './deployed.ts';

const BLOG = 'AWS blog, Operating BYOL Windows Server workloads effectively on AWS';
const NOTES = 'aws-samples, technical notes for Microsoft workloads on AWS';
const MOBILITY = 'https://aws.amazon.com/windows/resources/licensemobility/sql/';
const BYOL_RULES = 'ServiceNow SAM documentation, byol-license-rules';
const EDITIONS = 'sqlyard, SQL Server 2025 editions';
const SQL_DOCS = 'MicrosoftDocs, sql-docs';

const PLACES = {
  shared: ofVcpus(8),
  dedicated: ofVcpus(8, 2, { placement: 'dedicated-instance' }),
  host: onHost(8),
  rds: ofVcpus(8, 1, { placement: 'rds' }),
  outside: aServer(),
};

const BEFORE = '2019-09-30';
const CUT = '2019-10-01';
const OLD = { subscription: false, purchasedOn: BEFORE };
const AFTER_2019 = { switches: { windowsAfter2019: true } };

describe('byolEligibility of Windows Server', () => {
  it.each`
    place          | version      | terms                                          | allowed  | code                     | source
    ${'outside'}   | ${'2025'}    | ${{ program: 'SPLA' }}                         | ${true}  | ${'own-hardware'}        | ${'The contract'}
    ${'shared'}    | ${'2016'}    | ${{ ...OLD, softwareAssurance: true }}         | ${false} | ${'dedicated-host-only'} | ${BLOG}
    ${'dedicated'} | ${'2016'}    | ${OLD}                                         | ${false} | ${'dedicated-host-only'} | ${BLOG}
    ${'rds'}       | ${'2016'}    | ${OLD}                                         | ${false} | ${'dedicated-host-only'} | ${BLOG}
    ${'host'}      | ${'2019'}    | ${OLD}                                         | ${true}  | ${'bought-before-cut'}   | ${BLOG}
    ${'host'}      | ${'2012 R2'} | ${OLD}                                         | ${true}  | ${'bought-before-cut'}   | ${BLOG}
    ${'host'}      | ${'2019'}    | ${{ ...OLD, program: 'CSP' }}                  | ${false} | ${'program-barred'}      | ${NOTES}
    ${'host'}      | ${'2019'}    | ${{ ...OLD, program: 'SPLA' }}                 | ${false} | ${'program-barred'}      | ${NOTES}
    ${'host'}      | ${'2019'}    | ${{ ...OLD, subscription: true }}              | ${false} | ${'perpetual-only'}      | ${BLOG}
    ${'host'}      | ${'2022'}    | ${OLD}                                         | ${false} | ${'version-too-new'}     | ${BLOG}
    ${'host'}      | ${'2022'}    | ${{ ...OLD, softwareAssurance: true }}         | ${false} | ${'version-too-new'}     | ${BLOG}
    ${'host'}      | ${'2022'}    | ${{ ...OLD, ...AFTER_2019 }}                   | ${true}  | ${'bought-before-cut'}   | ${BLOG}
    ${'host'}      | ${'2019'}    | ${{ ...OLD, purchasedOn: CUT }}                | ${false} | ${'bought-after-cut'}    | ${BLOG}
    ${'host'}      | ${'2019'}    | ${{ ...OLD, purchasedOn: CUT, program: 'EA' }} | ${null}  | ${'true-up'}             | ${BLOG}
    ${'host'}      | ${null}      | ${OLD}                                         | ${null}  | ${'rights-unknown'}      | ${BLOG}
    ${'host'}      | ${'2019'}    | ${{ ...OLD, purchasedOn: null }}               | ${null}  | ${'rights-unknown'}      | ${BLOG}
    ${'host'}      | ${'2019'}    | ${{ ...OLD, subscription: null }}              | ${null}  | ${'rights-unknown'}      | ${BLOG}
  `('answers $code on $place for $version by $terms ($source)', (row) => {
    const { place, version, terms, allowed, code, source } = row;

    const answer = ask('windows-server', place, { edition: 'datacenter', version }, terms);

    expect(answer).toMatchObject({ allowed, code });
    expect(answer.rule.source).toContain(source);
  });
});

describe('byolEligibility of SQL Server', () => {
  it.each`
    place          | edition         | version   | terms                                             | allowed  | code                    | source
    ${'outside'}   | ${'standard'}   | ${'2022'} | ${{ softwareAssurance: false }}                   | ${true}  | ${'own-hardware'}       | ${'The contract'}
    ${'shared'}    | ${'developer'}  | ${'2022'} | ${{ softwareAssurance: false }}                   | ${true}  | ${'free-edition'}       | ${EDITIONS}
    ${'shared'}    | ${'express'}    | ${'2022'} | ${{ program: 'CSP' }}                             | ${true}  | ${'free-edition'}       | ${EDITIONS}
    ${'shared'}    | ${'web'}        | ${'2022'} | ${{ softwareAssurance: true }}                    | ${false} | ${'web-not-brought'}    | ${SQL_DOCS}
    ${'shared'}    | ${'standard'}   | ${'2022'} | ${{ softwareAssurance: true, program: 'CSP' }}    | ${false} | ${'program-barred'}     | ${NOTES}
    ${'shared'}    | ${'standard'}   | ${'2022'} | ${{ softwareAssurance: true, program: 'SPLA' }}   | ${false} | ${'program-barred'}     | ${NOTES}
    ${'shared'}    | ${'standard'}   | ${'2022'} | ${{ softwareAssurance: true, purchasedOn: CUT }}  | ${true}  | ${'license-mobility'}   | ${MOBILITY}
    ${'host'}      | ${'enterprise'} | ${'2022'} | ${{ softwareAssurance: true, purchasedOn: CUT }}  | ${true}  | ${'license-mobility'}   | ${MOBILITY}
    ${'shared'}    | ${'standard'}   | ${'2016'} | ${{ ...OLD, softwareAssurance: false }}           | ${false} | ${'assurance-required'} | ${MOBILITY}
    ${'dedicated'} | ${'standard'}   | ${'2016'} | ${{ ...OLD, softwareAssurance: false }}           | ${false} | ${'assurance-required'} | ${MOBILITY}
    ${'rds'}       | ${'standard'}   | ${'2016'} | ${OLD}                                            | ${null}  | ${'assurance-unknown'}  | ${MOBILITY}
    ${'shared'}    | ${null}         | ${'2016'} | ${{}}                                             | ${null}  | ${'assurance-unknown'}  | ${MOBILITY}
    ${'host'}      | ${'standard'}   | ${'2017'} | ${{ ...OLD, softwareAssurance: false }}           | ${true}  | ${'bought-before-cut'}  | ${BYOL_RULES}
    ${'host'}      | ${'standard'}   | ${'2017'} | ${{ purchasedOn: CUT, softwareAssurance: false }} | ${false} | ${'bought-after-cut'}   | ${BYOL_RULES}
    ${'host'}      | ${'standard'}   | ${'2019'} | ${{ ...OLD, softwareAssurance: false }}           | ${false} | ${'bought-after-cut'}   | ${BYOL_RULES}
    ${'host'}      | ${'standard'}   | ${'2019'} | ${{ ...OLD, softwareAssurance: null }}            | ${null}  | ${'rights-unknown'}     | ${BYOL_RULES}
    ${'host'}      | ${'standard'}   | ${'2017'} | ${{ softwareAssurance: false }}                   | ${null}  | ${'rights-unknown'}     | ${BYOL_RULES}
    ${'host'}      | ${'standard'}   | ${null}   | ${{ ...OLD, softwareAssurance: false }}           | ${null}  | ${'rights-unknown'}     | ${BYOL_RULES}
  `('answers $code on $place for $edition $version by $terms ($source)', (row) => {
    const { place, edition, version, terms, allowed, code, source } = row;

    const answer = ask('sql-server', place, { edition, version }, terms);

    expect(answer).toMatchObject({ allowed, code });
    expect(answer.rule.source).toContain(source);
  });
});

describe('byolEligibility of other vendors’ products', () => {
  it.each`
    product                       | place        | allowed | code                       | source
    ${'oracle-database'}          | ${'rds'}     | ${true} | ${'authorized-cloud'}      | ${'Oracle Software in the Cloud'}
    ${'oracle-weblogic'}          | ${'shared'}  | ${true} | ${'authorized-cloud'}      | ${'Oracle Software in the Cloud'}
    ${'ibm-db2'}                  | ${'shared'}  | ${true} | ${'eligible-public-cloud'} | ${'Eligible Public Cloud'}
    ${'ibm-mq'}                   | ${'host'}    | ${true} | ${'eligible-public-cloud'} | ${'Eligible Public Cloud'}
    ${'ibm-websphere'}            | ${'shared'}  | ${true} | ${'eligible-public-cloud'} | ${'Eligible Public Cloud'}
    ${'sap-hana'}                 | ${'shared'}  | ${null} | ${'contract-decides'}      | ${'contract'}
    ${'sap-netweaver'}            | ${'shared'}  | ${null} | ${'contract-decides'}      | ${'contract'}
    ${'red-hat-enterprise-linux'} | ${'shared'}  | ${true} | ${'cloud-access'}          | ${'Cloud Access guide'}
    ${'red-hat-enterprise-linux'} | ${'host'}    | ${null} | ${'red-hat-host'}          | ${'Cloud Access guide'}
    ${'suse-linux-enterprise'}    | ${'shared'}  | ${null} | ${'contract-decides'}      | ${'contract'}
    ${'acme-planner'}             | ${'shared'}  | ${null} | ${'contract-decides'}      | ${'contract'}
    ${'acme-planner'}             | ${'outside'} | ${true} | ${'own-hardware'}          | ${'contract'}
  `('answers $code for $product on $place', ({ product, place, allowed, code, source }) => {
    const answer = ask(product, place, {}, {});

    expect(answer).toMatchObject({ allowed, code });
    expect(answer.rule.source).toContain(source);
  });
});

describe('byolEligibility', () => {
  it('answers for every product, wherever it runs, with a sentence, a source and its day', () => {
    for (const { id } of PRODUCTS) {
      for (const compute of Object.values(PLACES)) {
        const { text, rule } = byolEligibility(aDeployment({ product: id, compute }), underTerms());

        expect(text).toMatch(/\.$/);
        expect(rule.source).not.toBe('');
        expect(rule.asOf).toMatch(/^20\d\d(-\d\d){0,2}$/);
      }
    }
  });

  it('becomes a finding unless it is allowed, each code once', () => {
    const sql = { product: 'sql-server', edition: 'standard' };
    const deployments = [
      aDeployment(sql),
      aDeployment({ ...sql, id: 'i-2' }),
      aDeployment({ ...sql, id: 'i-3', edition: 'web' }),
      aDeployment({ ...sql, id: 'i-4', edition: 'express' }),
    ];

    const findings = eligibilityFindings(deployments, underTerms());

    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([
      ['assurance-unknown', 'warning'],
      ['web-not-brought', 'violation'],
    ]);
  });
});

function ask(
  product: string,
  place: keyof typeof PLACES,
  installed: Parameters<typeof aDeployment>[0],
  terms: Parameters<typeof underTerms>[0],
) {
  const compute = PLACES[place];
  return byolEligibility(aDeployment({ ...installed, product, compute }), underTerms(terms));
}
