import { oracleDatabaseRequirement } from '#domain/vendors/oracle-database.ts';
import { excessPluggableDatabases } from '#domain/vendors/oracle-multitenant.ts';
import {
  aCompute,
  aDeployment,
  answers,
  aServer,
  type Deployed,
  findingsOf,
  ofVcpus,
  underTerms,
  unitsOf,
} from '../vendors/deployed.ts';
import type { WorkedExample } from './worked-example.ts';

const SE2 = { edition: 'standard-2' };
const USERS = underTerms({ metric: 'named-user-plus' });

function licenses(deployed: Deployed, terms = underTerms()): number | null {
  return unitsOf(oracleDatabaseRequirement([aDeployment(deployed)], terms));
}

/** Each node of a database on its own, the standby under the database's name. */
function databaseLicenses(vcpus: number, roles: readonly ('primary' | 'passive')[]): number | null {
  const nodes = roles.map((role) =>
    aDeployment({ id: 'erp', kind: 'database', role, compute: ofVcpus(vcpus, 1) }),
  );
  return unitsOf(oracleDatabaseRequirement(nodes, underTerms()));
}

/** Examples of Oracle licensing, each with its source. */
export const ORACLE_CASES: readonly WorkedExample[] = [
  {
    id: 'ora-ee-r6i-8xlarge',
    source: 'redresscompliance.com/oracle-database-licensing-aws, 2025-2026',
    published: { value: 16, unit: 'Processor licences', listUsd: 1_440_000 },
    ours: () => licenses({ compute: ofVcpus(32) }),
  },
  {
    id: 'ora-ee-16-on-off',
    source: 'thenegotiationexperts.com/blog/oracle-aws-byol-licensing-rules, 2025-2026',
    published: { value: [8, 16], unit: 'Processor licences' },
    ours: () => [2, 1].map((threads) => licenses({ compute: ofVcpus(16, threads) })),
  },
  {
    id: 'ora-ee-8-off',
    source: 'redresscompliance.com/counting-oracle-processor-licenses-on-aws-ec2, 2025',
    published: { value: 8, unit: 'Processor licences' },
    ours: () => licenses({ compute: ofVcpus(8, 1) }),
  },
  {
    id: 'ora-ee-2x4',
    source: 'ServiceNowDocs, oracle-publisher-pack.md, 2026-03-12',
    published: { value: 4, unit: 'Processor licences' },
    ours: () => licenses({ compute: aServer({ sockets: 2, cores: 8 }) }),
  },
  {
    id: 'ora-se2-ht-off',
    source: 'dbi-services.com/blog/oracle-standard-edition-on-aws-a-socket-arithmetic, 2020-05',
    published: { value: 1, unit: 'socket licence' },
    ours: () => licenses({ ...SE2, compute: ofVcpus(4, 1) }),
  },
  {
    id: 'ora-rds-maz-r6g',
    source: 'thenegotiationexperts.com/blog/oracle-aws-byol-licensing-rules, 2025-2026',
    published: {
      value: { sourceSays: [8, 16], ruleGives: [16, 32] },
      unit: 'Processor licences',
    },
    ours: () => [databaseLicenses(16, ['primary']), databaseLicenses(16, ['primary', 'passive'])],
    instead: {
      answer: [16, 32],
      because:
        'r6g has one thread a core, so by the source’s own rule each vCPU counts; its doubling for Multi-AZ is ours.',
    },
  },
  {
    id: 'ora-policy-corefactor',
    source:
      'Oracle, Licensing Oracle Software in the Cloud Computing Environment (docslib.org/doc/874760)',
    published: { value: 48, unit: 'Processor licences', coreFactor: 'not applicable' },
    ours: () => licenses({ compute: ofVcpus(96) }),
  },
  {
    id: 'ora-cpuopt-active',
    source: 'AWS Database Blog, vCPU features of RDS for Oracle, 2018',
    published: { value: 4, unit: 'Processor licences' },
    ours: () =>
      answers(oracleDatabaseRequirement, [
        aDeployment({ compute: aCompute({ maximumVcpus: 16, activeVcpus: 8 }) }),
      ]),
    instead: {
      answer: { default: 8, 'oracleHonorsCpuOptions=true': 4 },
      because:
        'AWS counts what CPU options leave on, Oracle’s policy the type: a switch, both shown.',
    },
  },
  {
    id: 'ora-se2-10vcpu',
    source: 'ServiceNowDocs, byol-license-rules.md, 2026-03-12',
    published: { finding: 'not_allowed: SE2/SE1 only up to 8 vCPU' },
    ours: () => {
      const asked = oracleDatabaseRequirement(
        [aDeployment({ ...SE2, compute: ofVcpus(10) })],
        underTerms(),
      );
      return { licenses: unitsOf(asked), found: findingsOf(asked) };
    },
    instead: {
      answer: { licenses: 3, found: ['machine-too-large'] },
      because: 'The older table has a number and the newer rule a refusal: both are shown.',
    },
  },
  {
    id: 'ora-nup-sn-200',
    source: 'ServiceNowDocs, oracle-publisher-pack.md, 2026-03-12',
    published: { value: 200, unit: 'NUP' },
    ours: () => licenses({ users: 20, compute: aServer({ sockets: 2, cores: 8 }) }, USERS),
    instead: {
      answer: 100,
      because:
        'Oracle’s price list has 25 users for each processor license, which the core factor has halved already.',
    },
  },
  {
    id: 'ora-nup-aws-100',
    source: 'redresscompliance.com, Calculating Oracle licenses for AWS EC2 instances, 2025',
    published: { value: 100, unit: 'NUP' },
    ours: () => licenses({ compute: ofVcpus(8) }, USERS),
  },
  {
    id: 'ora-pdb-255',
    source: 'ServiceNowDocs, oracle-multitenant-use-cases.md, 2026-03-12',
    published: { value: 3, unit: 'PDBs', max: 252 },
    ours: () => excessPluggableDatabases(aDeployment({ version: '18c', pluggableDatabases: 255 })),
  },
];
