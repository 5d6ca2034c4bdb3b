import { readFile } from 'node:fs/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { dynamodbPolicies } from '#adapters/aws/dynamodb-policies.ts';
import { dynamodbPolicyPublisher } from '#adapters/aws/dynamodb-policy-publisher.ts';
import { dynamodbSnapshots } from '#adapters/aws/dynamodb-snapshots.ts';
import { scopeKey } from '#domain/scope.ts';
import { ESTATE } from '../../sandbox/estate/company.ts';
import { openSandbox } from './sandbox-client.ts';

const { client, sandbox } = await openSandbox();
afterAll(() => sandbox.close());
afterEach(() => client.faults());

const credentials = { accessKeyId: 'administrator', secretAccessKey: 'unchecked' };
const place = { endpoint: sandbox.awsUrl, region: ESTATE.hubRegion, credentials };
const table = {
  client: DynamoDBDocumentClient.from(new DynamoDBClient(place)),
  name: 'quartermaster',
};
const snapshots = dynamodbSnapshots(table);

const POLICY = await readFile(new URL('../../sandbox/policy.yml', import.meta.url), 'utf8');

/** Publishes a policy and starts a round under it. */
async function collectUnder(policy: string): Promise<void> {
  const now = () => new Date();
  const current = await dynamodbPolicies(table, now).current({ fresh: true });
  await dynamodbPolicyPublisher(table, now).publish(policy, current?.hash ?? null);
  // Until the functions look for another policy than the one they know.
  await client.advance('PT10S');
  await client.invoke('collect', {});
}

describe('a policy that names the whole organization', () => {
  it('has every account of it read, in its Regions', async () => {
    await client.faults({ service: 'organizations', operation: 'ListAccounts', effect: 'error' });
    await collectUnder(`${POLICY}\norganization: { regions: [ap-southeast-2] }\n`);
    const refused = await snapshots.organization();
    await client.faults();
    await client.invoke('collect', {});
    await client.advance('PT5S');

    const view = await snapshots.organization();
    const shards = (await snapshots.shards()).map(scopeKey);
    expect(refused?.notes.accounts).toMatchObject({ asOf: null, state: 'failed' });
    expect(view?.notes.accounts.state).toBe('read');
    expect(view?.accounts.map(({ account }) => account).toSorted()).toEqual(
      ESTATE.accounts.map(({ id }) => id).toSorted(),
    );
    expect(shards).toEqual(
      expect.arrayContaining(ESTATE.accounts.map(({ id }) => `${id}/ap-southeast-2`)),
    );
    expect(view?.notes.licenses).toMatchObject({ error: null, state: 'read' });
    expect(view?.uncollected).toEqual([]);
  });

  it('tells of license configurations where nobody looks', async () => {
    const erp = '[us-east-1, eu-west-1, ap-southeast-2]';
    expect(POLICY).toContain(erp);
    await client.advance('PT65M');
    await collectUnder(
      `${POLICY.replace(erp, '[eu-west-1]')}\norganization: { regions: [eu-west-1] }\n`,
    );

    const view = await snapshots.organization();
    const places = new Set(view?.uncollected.map(scopeKey));
    expect(places).toContain('222233334444/us-east-1');
    expect(places).not.toContain('222233334444/eu-west-1');
    expect(view?.uncollected.every(({ name }) => name !== null)).toBe(true);
  });
});
