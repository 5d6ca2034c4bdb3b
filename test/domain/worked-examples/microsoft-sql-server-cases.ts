import { billedVcpus } from '#domain/launch/license-included.ts';
import { byolEligibility } from '#domain/vendors/byol-eligibility.ts';
import { microsoftLicenses } from '#domain/vendors/core-licenses.ts';
import { bindingOf } from '#domain/vendors/microsoft-reassignment.ts';
import { sqlServerRequirement } from '#domain/vendors/sql-server.ts';
import {
  aDeployment,
  answers,
  aServer,
  type Deployed,
  ofVcpus,
  onHost,
  times,
  underTerms,
  unitsOf,
} from '../vendors/deployed.ts';
import type { WorkedExample } from './worked-example.ts';

const MOBILITY = 'aws.amazon.com/windows/resources/licensemobility/sql';
const BYOL_RULES = 'ServiceNowDocs, byol-license-rules.md, 2026-03-12';
const SQL = { product: 'sql-server', version: '2019' };
const ASSURED = underTerms({ softwareAssurance: true, purchasedOn: '2022-01-01' });

function cores(deployed: Deployed, terms = ASSURED): number {
  return unitsOf(sqlServerRequirement([aDeployment({ ...SQL, ...deployed })], terms)) ?? Number.NaN;
}

/** Core licenses on shared hardware: the same for Standard and Enterprise, or both. */
function byMobility(vcpus: number): number | readonly number[] {
  const both = ['standard', 'enterprise'].map((edition) =>
    cores({ edition, compute: ofVcpus(vcpus) }),
  );
  return both[0] === both[1] ? (both[0] ?? Number.NaN) : both;
}

/** Twenty VMs of 4 vCPUs with Enterprise on a Dedicated Host of 48 cores. */
function twentyOnHost(terms = ASSURED) {
  return answers(
    sqlServerRequirement,
    times(20, { ...SQL, edition: 'enterprise', compute: onHost(4) }),
    terms,
  );
}

/** A primary of 8 cores, a replica for availability and one for disaster recovery. */
function withReplicas(passiveFreeUnderMobility: boolean): number | null {
  const nodes = (['primary', 'passive', 'passive'] as const).map((role, index) =>
    aDeployment({ ...SQL, id: `i-${index}`, role, compute: ofVcpus(8) }),
  );
  return unitsOf(
    sqlServerRequirement(nodes, underTerms({ ...ASSURED, switches: { passiveFreeUnderMobility } })),
  );
}

/** vCPUs billed for a pair of nodes with SQL Server Enterprise in the price, the second one passive. */
function billedForPair() {
  const billed = [false, true].map((sqlServerWaived) =>
    billedVcpus({
      instanceType: 'm5.2xlarge',
      activeVcpus: 8,
      maximumVcpus: 8,
      windows: true,
      sqlServer: 'enterprise',
      sqlServerWaived,
    }),
  );
  const total = (of: 'windows' | 'sqlServer') => billed.reduce((sum, node) => sum + node[of], 0);
  return { sql: total('sqlServer'), windows: total('windows') };
}

/** Examples of SQL Server licensing, each with its source. */
export const SQL_SERVER_CASES: readonly WorkedExample[] = [
  {
    id: 'sql-ec2ha-fee',
    source: 'windowsforum.com, EC2 High Availability for SQL Server, 2025-11',
    published: { value: { sql: 8, windows: 16 }, unit: 'vCPU' },
    ours: billedForPair,
  },
  {
    id: 'sql-dh-nosa-2020',
    source: BYOL_RULES,
    published: { finding: 'not_allowed: only purchases/releases before 2019-10-01' },
    ours: () => {
      const terms = underTerms({ softwareAssurance: false, purchasedOn: '2020-01-01' });
      const { allowed, code } = byolEligibility(
        aDeployment({ ...SQL, version: '2017', compute: onHost(8) }),
        terms,
      );
      return { allowed, code };
    },
    instead: {
      answer: { allowed: false, code: 'bought-after-cut' },
      because: 'The same in our words.',
    },
  },
  {
    id: 'sql-lm-m4-10xlarge',
    source: `${MOBILITY}, 2019`,
    published: { value: 40, unit: 'core licences', packsOf2: 20 },
    ours: () => byMobility(40),
  },
  {
    id: 'sql-lm-m4-16xlarge',
    source: `${MOBILITY}, 2019`,
    published: { value: 64, unit: 'core licences', packsOf2: 32 },
    ours: () => byMobility(64),
  },
  {
    id: 'sql-lm-c3-8xlarge',
    source: `${MOBILITY}, 2017-05`,
    published: { value: 32, unit: 'core licences', packsOf2: 16 },
    ours: () => byMobility(32),
  },
  {
    id: 'sql-7c',
    source: 'dustindorsey.com/licensing-minimums',
    published: { value: 4, unit: 'packs of 2' },
    ours: () =>
      microsoftLicenses(cores({ compute: aServer({ sockets: 1, cores: 7 }) }), 'core') / 2,
  },
  {
    id: 'sql-4dual',
    source: 'HCL BigFix Inventory 10, Physical core based licenses',
    published: { value: 16, unit: 'core licences' },
    ours: () => cores({ edition: 'enterprise', compute: aServer({ sockets: 4, cores: 8 }) }),
  },
  {
    id: 'sql-dh-unlim-2022',
    source: BYOL_RULES,
    published: {
      finding: 'not_allowed for purchases from 2019-10-01 (license per vCPU instead)',
    },
    ours: () => twentyOnHost(),
    instead: {
      answer: { default: 80, 'hostLevelVirtualization=yes': 48 },
      because:
        'AWS Prescriptive Guidance gives no date: a switch, both shown; by default vCPUs count.',
    },
  },
  {
    id: 'sql-4core-unlim-sn',
    source: 'ServiceNowDocs, software-license-maintenance.md, 2026-03-12',
    published: { finding: 'source says unlimited VMs' },
    ours: () =>
      twentyOnHost(underTerms({ ...ASSURED, switches: { hostLevelVirtualization: 'yes' } }))[
        'default'
      ],
    instead: {
      answer: 48,
      because:
        'Any number of VMs needs every core of the host licensed, not four of 48 (ServiceNow, microsoft-percore-withcal).',
    },
  },
  {
    id: 'sql-passive-2',
    source: 'ServiceNowDocs, microsoft-sql-server-ha-configurations.md, 2026-03-12',
    published: { value: 8, unit: 'core licences', freeReplicas: 2 },
    ours: () => ({
      default: withReplicas(false),
      'passiveFreeUnderMobility=true': withReplicas(true),
    }),
    instead: {
      answer: { default: 24, 'passiveFreeUnderMobility=true': 8 },
      because:
        'ITAM Review (2019-11-05) has no free replicas under License Mobility: a switch, both shown.',
    },
  },
  {
    id: 'ocpu-scale-4min',
    source: `${MOBILITY}, 2019`,
    published: { value: { before: 4, after: 8 }, unit: 'core licences' },
    ours: () => ({
      before: cores({ edition: 'standard', compute: ofVcpus(2) }),
      after: cores({ edition: 'standard', compute: ofVcpus(8) }),
    }),
  },
  {
    id: 'lm90-region',
    source: 'aws-samples technical notes, License_Mobility/index.md, 2026',
    published: { finding: 'not_allowed for 90 days across Regions' },
    ours: () =>
      ['eu-west-1', 'us-east-1'].map(
        (region) =>
          bindingOf(
            '2026-01-01',
            { region: 'us-east-1', hostId: null },
            { region, hostId: null },
            ASSURED,
          )?.freeOn ?? null,
      ),
    instead: {
      answer: ['2026-04-01', null],
      because: 'The same as a day: 90 days to another Region, any day within it.',
    },
  },
];
