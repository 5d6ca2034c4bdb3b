import type { InstanceType } from '#domain/estate/instance-type.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { LaunchTemplate } from '#domain/estate/launch-template.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { TermsLine } from '#domain/licenses/position-report.ts';
import { WHOLE_VIEW } from '#domain/licenses/usage-view.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import type { PoolFigures, UsageAnswer } from '#ports/notifier.ts';
import * as shared from '../builders.ts';

export const { ACCOUNT, NOW, PLAN_HASH, REGION } = shared;

/** The id of the pool that ends in `digit`. */
export function poolId(digit: string, account = shared.ACCOUNT): string {
  return shared.poolId(digit).replace(shared.ACCOUNT, account);
}

/** 70 of 120 vCPUs in use, 8 held: 42 free. Account and Region are those of its id. */
export function aPool(changes: Partial<PoolLedger> = {}): PoolLedger {
  const id = changes.poolId ?? poolId('1');
  const [account = '', region = ''] = id.split('/');
  return shared.aLedger({
    poolId: id,
    account,
    region,
    name: 'SQL Server Standard',
    limit: 120,
    hardLimit: false,
    consumed: 70,
    counted: 70,
    held: 8,
    asOf: new Date('2026-11-22T09:00:00Z'),
    ...changes,
  });
}

export function aType(name: string, changes: Partial<InstanceType> = {}): InstanceType {
  return shared.aType({ name, ...changes });
}

/** Its id is `lt-` and its name; it leaves the instance type open. */
export function aTemplate(name: string, changes: Partial<LaunchTemplate> = {}): LaunchTemplate {
  return shared.aTemplate({ launchTemplateId: `lt-${name}`, name, instanceType: null, ...changes });
}

/** Two types and two templates to choose from. */
export function aShard(changes: Partial<InventoryShard> = {}): InventoryShard {
  return shared.aShard({
    instanceTypes: [aType('r6i.2xlarge'), aType('m6i.xlarge', { defaultVcpus: 4 })],
    launchTemplates: [aTemplate('sql-server'), aTemplate('windows-base')],
    ...changes,
  });
}

/** One profile that allows everything in one account. */
export function aPolicy(changes: Readonly<Record<string, unknown>> = {}): Policy {
  const profile = {
    name: 'all',
    accounts: [shared.ACCOUNT],
    launchTemplates: ['*'],
    instanceTypes: ['*'],
    pools: ['*'],
    countMaximum: 10,
  };
  return shared.aPolicy({ launchProfiles: [profile], ...changes });
}

/** A pending request by U0REQUEST1 for two r6i.2xlarge: 16 licenses of pool 1. */
export function aRequest(changes: Partial<LaunchRequest> = {}): LaunchRequest {
  const id = 'req-4f9k2m81ab';
  return shared.aRequest({
    id,
    requestedBy: 'U0REQUEST1',
    for: 'U0REQUEST1',
    editors: ['U0REQUEST1'],
    reason: 'Month end needs another server.',
    choice: shared.aChoice({
      target: { operation: 'launch', launchTemplateId: 'lt-sql-server' },
      count: 2,
    }),
    labels: {
      account: 'erp-production',
      pool: 'SQL Server Standard',
      source: 'sql-server',
    },
    plan: shared.aPlan({ count: 2, hourlyPrice: { micros: 1_236_000, currency: 'USD' } }),
    evaluation: shared.anEvaluation({
      draws: [shared.aDraw({ licenses: 16, consumer: `request/${id}` })],
    }),
    dueAt: new Date('2026-11-25T09:30:00Z'),
    ...changes,
  });
}

/** A pool's figures in an answer, by its ledger alone unless said otherwise. */
export function figures(changes: Partial<PoolFigures> = {}): PoolFigures {
  return {
    pool: aPool(),
    accountName: 'erp-production',
    terms: [],
    gaps: [],
    tagged: null,
    ...changes,
  };
}

/** What `/license usage` answers; one pool in full where `detail` is given. */
export function aUsageAnswer(changes: Partial<UsageAnswer> = {}): UsageAnswer {
  return {
    query: null,
    view: WHOLE_VIEW,
    choices: { accounts: [{ id: '222233334444', name: 'erp-production' }], owners: ['erp'] },
    pools: [figures()],
    page: 1,
    suggestions: [],
    detail: null,
    unpooled: [],
    others: { granted: [], users: [] },
    coverage: { missing: [], asOf: new Date('2026-11-22T09:00:00Z') },
    ...changes,
  };
}

/** SQL Server Enterprise by its terms: 40 owned, 56 required. */
export function aTermsLine(changes: Partial<TermsLine> = {}): TermsLine {
  return {
    product: 'sql-server',
    edition: 'enterprise',
    metric: 'core',
    entitled: 40,
    required: 56,
    requiredAtLeast: 56,
    held: 0,
    available: -16,
    shortfall: 16,
    shortfallCost: { micros: 120_984_000_000, currency: 'USD' },
    alternatives: [{ switch: 'hostLevelVirtualization', setting: 'yes', required: 48 }],
    rules: [{ id: 'microsoft/sql-server/per-vm', source: 'Product Terms', asOf: '2019-10-01' }],
    findings: [
      { code: 'x', severity: 'warning', text: 'Software Assurance ends soon.', resources: ['i-1'] },
    ],
    ...changes,
  };
}
