import { ibmRequirement } from '#domain/vendors/ibm.ts';
import {
  aDeployment,
  answers,
  aServer,
  ofVcpus,
  underTerms,
  unitsOf,
} from '../vendors/deployed.ts';
import type { WorkedExample } from './worked-example.ts';

const MQ = { product: 'ibm-mq', edition: 'base' };
const DB2 = { product: 'ibm-db2', edition: 'advanced' };

function addOn(metric: 'vpc' | 'pvu') {
  return answers(
    ibmRequirement,
    [aDeployment({ ...DB2, compute: ofVcpus(8) })],
    underTerms({ metric }),
  );
}

/** Examples of IBM licensing, each with its source. */
export const IBM_CASES: readonly WorkedExample[] = [
  {
    id: 'ibm-vpc-cap',
    source:
      'HCL BigFix Inventory 10, Virtual processor core licenses; the same in IBM’s ILMT documentation',
    published: { value: 16, unit: 'VPC' },
    ours: () =>
      unitsOf(
        ibmRequirement(
          ['a', 'b'].map((id) =>
            aDeployment({ ...MQ, id, compute: aServer({ sockets: 2, cores: 16 }, 10) }),
          ),
          underTerms({ switches: { ibmSubCapacityReported: true } }),
        ),
      ),
  },
  {
    id: 'ibm-db2-addon',
    source: 'IBM announcement, add-ons for Db2 Advanced Enterprise Server Edition, 2025',
    published: { value: { vpc: 4, pvu: 280 }, unit: 'VPC / PVU' },
    ours: () => ({ vpc: addOn('vpc'), pvu: addOn('pvu') }),
    instead: {
      answer: {
        vpc: { default: 8, 'ibmVcpusPerCore=2': 4 },
        pvu: { default: 560, 'ibmVcpusPerCore=2': 280 },
      },
      because:
        'IBM’s sub-capacity page (2026-02-10) has one vCPU a core; the add-ons alone have two: a switch, both shown.',
    },
  },
  {
    id: 'ibm-pvu2vpc',
    source: 'atonementlicensing.com/blog/ibm-vpc-licensing, 2026-05',
    published: { value: { sourceSays: 28, at70PvuPerVpc: 20 }, unit: 'VPC' },
    ours: () =>
      (['pvu', 'vpc'] as const).map((metric) =>
        unitsOf(
          ibmRequirement([aDeployment({ ...DB2, compute: ofVcpus(20) })], underTerms({ metric })),
        ),
      ),
    instead: {
      answer: [1_400, 20],
      because:
        'IBM has 70 PVU a VPC in every public cloud; the source calls 28 instead of 20 a rise of 15 %, which it is not.',
    },
  },
];
