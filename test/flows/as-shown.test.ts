import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { dynamodbShownMessages } from '#adapters/aws/dynamodb-shown-messages.ts';
import { shownHash } from '#domain/audit/shown-message.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import { sha256 } from '../builders.ts';
import { APPROVALS, HUB, pendingRequest } from './pending-request.ts';
import { recordsAt } from './records.ts';
import { openSandbox } from './sandbox-client.ts';
import { channelOf } from './sandbox-state.ts';

const { client, sandbox } = await openSandbox({ seed: 'small' });
afterAll(() => sandbox.close());

const credentials = { accessKeyId: 'auditor', secretAccessKey: 'auditor' };
const dynamodb = new DynamoDBClient({
  endpoint: sandbox.awsUrl,
  region: 'us-east-1',
  credentials,
});
const kept = dynamodbShownMessages(
  { client: DynamoDBDocumentClient.from(dynamodb), name: 'quartermaster' },
  { now: () => new Date(), newSalt: () => '', sha256 },
);

const Shown = z.object({ text: z.string(), blocks: z.unknown() });

/** Blocks without the ids that Slack gives them. */
function asSent(blocks: unknown): unknown {
  return JSON.parse(JSON.stringify(blocks ?? null), (key, part: unknown) =>
    key === 'block_id' ? undefined : part,
  );
}

describe('the message as shown (T36)', () => {
  it('is in the audit of the decision by its hash, and can be rebuilt and compared', async () => {
    const { id, approvers } = await pendingRequest(client, HUB);
    const before = channelOf(await client.state(), APPROVALS).find(({ ts }) => ts === approvers.ts);
    await client.click('approver', 'approve', approvers, APPROVALS);

    const trail = await recordsAt(sandbox.awsUrl).auditTrail(`request/${id}`);
    const approval = trail.find(({ event }) => event === 'request.approved');
    const messages = await kept.list(id);
    const shown = messages.find(({ hash }) => hash === approval?.details['shown']);

    expect(shown).toBeDefined();
    expect(shownHash(shown?.text ?? '', shown?.salt ?? '', sha256)).toBe(shown?.hash);
    const { text, blocks } = Shown.parse(JSON.parse(shown?.text ?? '{}'));
    expect(text).toBe(before?.text);
    expect(canonicalJson({ blocks })).toBe(canonicalJson({ blocks: asSent(before?.blocks) }));
    // No text of it, and no salt, is in the audit itself.
    expect(JSON.stringify(trail)).not.toContain(shown?.salt);
    expect(JSON.stringify(trail)).not.toContain('Quarter end reporting');
  });
});
