import type { InstanceType } from '#domain/instance-type.ts';
import type { InventoryShard } from '#domain/inventory.ts';
import type { LaunchRequest } from '#domain/launch-request.ts';
import type { LaunchTemplate } from '#domain/launch-template.ts';
import type { PoolLedger } from '#domain/license-pool.ts';
import type { Policy } from '#domain/policy.ts';
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
    choice: shared.aChoice({ launchTemplateId: 'lt-sql-server', count: 2 }),
    labels: {
      account: 'erp-production',
      pool: 'SQL Server Standard',
      launchTemplate: 'sql-server',
    },
    plan: shared.aPlan({ count: 2, hourlyPrice: { micros: 1_236_000, currency: 'USD' } }),
    evaluation: shared.anEvaluation({
      draws: [shared.aDraw({ licenses: 16, consumer: `request/${id}` })],
    }),
    dueAt: new Date('2026-11-25T09:30:00Z'),
    ...changes,
  });
}
