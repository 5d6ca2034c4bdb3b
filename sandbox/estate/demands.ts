import type { DemandRecord } from '../aws/cloud/cloud.ts';
import { activeVcpus } from '../aws/demand/demand.ts';
import { INSTANCE_TYPES } from '../aws/ec2/instance-types.ts';
import { DATA_PLATFORM, ERP_PRODUCTION, NON_PRODUCTION, SHARED_SERVICES } from './accounts.ts';
import type { Ground } from './ground.ts';
import { idOf } from './ids.ts';

/** What a server has to do, in percent of what it has switched on: usually, and in the busiest hour of a day. */
interface DemandPlan {
  readonly cpu: readonly [usual: number, peak: number];
  readonly memory: readonly [usual: number, peak: number];
  /** Nobody installed a CloudWatch agent, so that nothing tells of its memory. */
  readonly noAgent?: true;
  /** Where CloudWatch Application Insights is set up: its edition, and the least one that does. */
  readonly sqlServer?: DemandRecord['sqlServer'];
}

const IDLE: DemandPlan = { cpu: [0.6, 3], memory: [16, 21] };
/** Half of it would do. */
const TOO_LARGE: DemandPlan = { cpu: [7, 19], memory: [22, 33] };
/** It needs the memory, and a few of the vCPUs that come with it. */
const MEMORY_BOUND: DemandPlan = { cpu: [7, 17], memory: [84, 93] };
const ENTERPRISE_UNUSED = { edition: 'Enterprise', needs: 'Standard' } as const;
const ENTERPRISE_USED = { edition: 'Enterprise', needs: 'Enterprise' } as const;
const STANDARD = { edition: 'Standard', needs: 'Standard' } as const;

/** By account and Region, then by host name; everything else is moderately busy. */
const DEMANDS: Readonly<Record<string, Readonly<Record<string, DemandPlan>>>> = {
  [`${ERP_PRODUCTION}/us-east-1`]: {
    'erp-stage-sql-03': IDLE,
    'erp-stage-sql-04': IDLE,
    'crm-web-04': IDLE,
    'mfg-historian-02': IDLE,
    'erp-close-sql-01': TOO_LARGE,
    'erp-budget-sql-01': MEMORY_BOUND,
    'erp-ag-sql-01': TOO_LARGE,
    'erp-ag-sql-02': { cpu: [2, 8], memory: [22, 30] },
    'fin-ora-03': TOO_LARGE,
    'fin-ora-04': MEMORY_BOUND,
    'erp-sql-01': { cpu: [34, 72], memory: [60, 74], sqlServer: STANDARD },
    'erp-sql-02': { cpu: [31, 70], memory: [61, 76], sqlServer: STANDARD },
    'erp-web-05': { cpu: [72, 99], memory: [60, 71] },
    // A database and its copy that waits; none of Enterprise's features is in use.
    'crm-ag-sql-01': { cpu: [9, 24], memory: [80, 91], sqlServer: ENTERPRISE_UNUSED },
    'crm-ag-sql-02': { cpu: [2, 7], memory: [79, 90], sqlServer: ENTERPRISE_UNUSED },
  },
  [`${ERP_PRODUCTION}/eu-west-1`]: {
    'eu-sql-01': { cpu: [6, 15], memory: [30, 41], noAgent: true },
    'eu-sql-05': TOO_LARGE,
  },
  [`${ERP_PRODUCTION}/ap-southeast-2`]: { 'ap-sql-03': TOO_LARGE },
  [`${DATA_PLATFORM}/us-east-1`]: {
    'dwh-sql-01': MEMORY_BOUND,
    'dwh-sql-02': { cpu: [7, 15], memory: [55, 66], noAgent: true },
    'dwh-sql-05': TOO_LARGE,
    'dwh-sql-06': TOO_LARGE,
    'dwh-sql-07': TOO_LARGE,
    'dwh-sql-08': TOO_LARGE,
    'dwh-risk-sql-01': { cpu: [24, 58], memory: [61, 72], sqlServer: ENTERPRISE_UNUSED },
    'dwh-risk-sql-02': { cpu: [29, 64], memory: [66, 78], sqlServer: ENTERPRISE_USED },
    'dwh-tableau-04': IDLE,
  },
  [`${DATA_PLATFORM}/eu-west-1`]: { 'eu-dwh-sql-06': IDLE, 'eu-dwh-sql-05': TOO_LARGE },
  [`${SHARED_SERVICES}/us-east-1`]: {
    'solarwinds-sql-02': TOO_LARGE,
    'sccm-sql-01': { cpu: [9, 22], memory: [51, 62], noAgent: true },
  },
  [`${NON_PRODUCTION}/us-east-1`]: {
    'uat-sql-04': IDLE,
    'uat-ent-sql-01': { cpu: [4, 19], memory: [35, 52], sqlServer: ENTERPRISE_USED },
  },
};

/** What the site's servers have to do, where it is out of the ordinary. */
export function addDemands({ site: { account, region }, state }: Ground): void {
  for (const [hostname, plan] of Object.entries(DEMANDS[`${account}/${region}`] ?? {})) {
    const id = idOf('i', account, region, hostname);
    const instance = state.instances.get(id);
    const facts = INSTANCE_TYPES.get(instance?.InstanceType ?? '');
    // The small estate has other servers in the same place.
    if (instance === undefined || facts === undefined) continue;
    const load = ([usual, peak]: DemandPlan['cpu'], of: number) => ({
      usual: (usual * of) / 100,
      peak: (peak * of) / 100,
    });
    state.demands.set(id, {
      cpu: load(plan.cpu, activeVcpus(instance, facts)),
      memoryMib: load(plan.memory, facts.memoryMib),
      agent: plan.noAgent !== true,
      sqlServer: plan.sqlServer ?? null,
    });
  }
}
