import { readFile } from 'node:fs/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dynamodbPolicyPublisher } from '#adapters/aws/dynamodb-policy-publisher.ts';
import { sha256 } from '../builders.ts';
import {
  APPROVALS,
  HUB,
  type PendingRequest,
  pendingRequest,
  requestIn,
} from './pending-request.ts';
import { recordsAt } from './records.ts';
import { openSandbox } from './sandbox-client.ts';
import { toldTo } from './sandbox-state.ts';
import { signedIn } from './signed-in.ts';

const { client, sandbox } = await openSandbox({ seed: 'small' });
afterAll(() => sandbox.close());

const SHIPPED = await readFile(new URL('../../sandbox/policy.yml', import.meta.url), 'utf8');
const EVERYTHING = '{ name: everything, ';

/** Puts the shipped policy in force with one change: every approval has to be signed. */
async function askForStepUp(): Promise<void> {
  const credentials = { accessKeyId: 'anybody', secretAccessKey: 'anybody' };
  const dynamodb = new DynamoDBClient({
    endpoint: sandbox.awsUrl,
    region: 'us-east-1',
    credentials,
  });
  const table = { client: DynamoDBDocumentClient.from(dynamodb), name: 'quartermaster' };
  const stricter = SHIPPED.replace(EVERYTHING, `${EVERYTHING}stepUp: true, `);
  await dynamodbPolicyPublisher(table, () => new Date()).publish(stricter, sha256(SHIPPED));
  // Functions trust the pointer for some seconds.
  await client.advance('PT10S');
}

describe('an approval that policy wants signed', () => {
  let request: PendingRequest;
  beforeAll(async () => {
    await askForStepUp();
    request = await pendingRequest(client, HUB);
  });

  it('is not taken from a click, which is told the command (N11)', async () => {
    const state = await client.click('approver', 'approve', request.approvers, APPROVALS);

    expect(toldTo(state, 'U0APPROVE1').at(-1)).toContain('quartermaster approve');
    expect(requestIn(state, request.id)).toMatchObject({ status: 'pending', decisions: [] });
    const trail = await recordsAt(sandbox.awsUrl).auditTrail(`request/${request.id}`);
    expect(trail.at(-1)).toMatchObject({
      event: 'approve.refused',
      by: 'U0APPROVE1',
      details: { why: 'needs-step-up' },
    });
  });

  it('is taken from the command, and audited with who signed it', async () => {
    const approver = await signedIn(sandbox.awsUrl, 'license-approver');

    const { exitCode, stdout } = await approver.run('approve', request.id);

    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Approved\./);
    const trail = await recordsAt(sandbox.awsUrl).auditTrail(`request/${request.id}`);
    expect(trail.find(({ event }) => event === 'request.approved')).toMatchObject({
      by: 'U0APPROVE1',
      details: {
        route: 'api',
        principal: 'arn:aws:sts::111122223333:assumed-role/license-approver/terminal',
      },
    });
    const state = await client.advance('PT1S');
    expect(requestIn(state, request.id).status).toBe('launched');
  });

  it('can still be denied by a click', async () => {
    const { id, approvers } = await pendingRequest(client, HUB);

    const state = await client.deny('approver', approvers, 'No budget');

    expect(requestIn(state, id).status).toBe('denied');
  });
});
