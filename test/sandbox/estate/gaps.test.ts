import { readFileSync } from 'node:fs';
import { DynamoDBClient, ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamodbLicenseRegisters } from '#adapters/aws/dynamodb-license-registers.ts';
import { dynamodbSnapshots } from '#adapters/aws/dynamodb-snapshots.ts';
import { readPolicy } from '#adapters/yaml/policy-file.ts';
import type { GapCause } from '#domain/licenses/count-gap.ts';
import { EMPTY_REGISTER } from '#domain/licenses/license-register.ts';
import type { PositionReport } from '#domain/licenses/position-report.ts';
import { positionReport } from '#domain/positioning/position-report.ts';
import { ESTATE } from '../../../sandbox/estate/company.ts';
import { type Sandbox, startSandbox } from '../../../sandbox/sandbox.ts';

const POLICY = new URL('../../../sandbox/policy.yml', import.meta.url);
const HOUR = 3_600_000;

let sandbox: Sandbox;
let client: DynamoDBClient;
let report: PositionReport;
beforeAll(async () => {
  sandbox = await startSandbox();
  client = new DynamoDBClient({
    endpoint: sandbox.awsUrl,
    region: ESTATE.hubRegion,
    credentials: { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' },
  });
  report = await positionOf(client);
});
afterAll(async () => {
  client.destroy();
  await sandbox.close();
});

/** The position that the product computes from what it collected and what is in force. */
async function positionOf(dynamodb: DynamoDBClient): Promise<PositionReport> {
  const { TableNames: [name = ''] = [] } = await dynamodb.send(new ListTablesCommand({}));
  const table = { client: DynamoDBDocumentClient.from(dynamodb), name };
  const now = () => new Date();
  const inForce = await dynamodbLicenseRegisters(table, now).current();
  const register = inForce?.register ?? EMPTY_REGISTER;
  expect(register.servers.map(({ name }) => name)).toEqual(['lyon-mes-01', 'lyon-recipes']);
  return positionReport({
    shards: await dynamodbSnapshots(table, now).shards(),
    ledgers: [],
    openRequests: [],
    register,
    settings: readPolicy(readFileSync(POLICY, 'utf8')).licensing,
    expectedScopes: ESTATE.scopes,
    accountNames: new Map(),
    oldAfterMs: HOUR,
    now: now(),
  });
}

/** Names, and ids of what has none, of the resources behind a cause. */
function behind(cause: GapCause): (string | null)[] {
  return report.gaps
    .filter((gap) => gap.cause === cause)
    .flatMap(({ resources }) => resources.map(({ id, name }) => name ?? id));
}

describe('the position of the default estate', () => {
  it.each<[GapCause, string]>([
    ['untracked', 'dwh-ssrs-01'],
    ['not-installed', 'erp-batch-01'],
    ['double-tracked', 'erp-report-sql-01'],
    ['unit-differs', 'portal-was-01'],
    ['stopped-but-counted', 'erp-old-sql-01'],
    ['stopped-but-counted', 'erp-migration-sql-01'],
    ['ghost-server', 'ohio-sql-old-01.corp.alderfinch.example'],
    ['copied-image', 'wms-clone-sql-01'],
    ['cpu-options-reset', 'erp-close-sql-01'],
    ['cpu-options-reset', 'erp-budget-sql-01'],
    ['paid-twice', 'crm-report-sql-01'],
    ['expired-but-counted', 'ad-dc-01'],
    ['expired-but-counted', 'fin-wls-01'],
    ['license-included-on-host', 'erp-scan-01'],
    ['unknown-type', 'fin-ora-preview-01'],
  ])('names the cause %s for %s', (cause, name) => {
    expect(behind(cause)).toContain(name);
  });

  it('has a count that nothing explains', () => {
    expect(behind('unexplained')).toHaveLength(1);
  });

  it('has pools that are short, pools with room, and a cost in euros beside dollars', () => {
    const lines = report.slices
      .filter(({ dimension }) => dimension === 'pool')
      .flatMap(({ terms }) => terms)
      .filter(({ entitled }) => entitled !== null);
    const currencies = lines.flatMap(({ shortfallCost }) => shortfallCost?.currency ?? []);

    expect(lines.filter(({ shortfall }) => (shortfall ?? 0) > 0).length).toBeGreaterThan(5);
    expect(lines.filter(({ available }) => (available ?? 0) > 0).length).toBeGreaterThan(5);
    expect(new Set(currencies)).toEqual(new Set(['USD', 'EUR']));
  });

  it('misses nothing but what somebody would have to switch on', () => {
    expect(new Set(report.missing.map(({ state }) => state))).toEqual(new Set(['off']));
    expect(report.missing).toContainEqual(
      expect.objectContaining({ region: 'ap-southeast-2', source: 'linux-subscriptions' }),
    );
  });
});
