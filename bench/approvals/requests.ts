import type { SQSEvent } from 'aws-lambda';
import * as z from 'zod';
import { md5OfBody } from '../../sandbox/aws/sqs/md5.ts';
import type { Message } from '../../sandbox/aws/sqs/message.ts';
import { systemAttributes } from '../../sandbox/aws/sqs/messages.ts';
import type { Queue } from '../../sandbox/aws/sqs/queue.ts';
import { ESTATE } from '../../sandbox/estate/company.ts';
import { httpApiEvent } from '../../sandbox/functions/api-gateway.ts';
import { signature } from '../../sandbox/slack/delivery/bot.ts';
import { APP, TEAM } from '../../sandbox/slack/workspace.ts';
import { aChoice, aSubmission } from '../../test/builders.ts';
import { SIGNING_SECRET } from '../slack-function.ts';
import { APPROVERS, REQUESTERS, type StormWorld } from './storm-world.ts';

/** What the bench reads of a stored request. */
const Stored = z.object({
  id: z.string(),
  status: z.string(),
  planHash: z.string(),
  standing: z.string().nullable(),
});
export type Stored = z.output<typeof Stored>;

export function requestsOf({ items }: StormWorld): readonly Stored[] {
  return items()
    .filter(({ pk }) => String(pk).startsWith('REQUEST#'))
    .map(({ document }) => Stored.parse(document));
}

/** Everybody asks for one launch after the other; resolves when all of them wait. */
export async function submitAll(
  { functions, queue, poolId, now }: StormWorld,
  count: number,
): Promise<void> {
  for (let serial = 0; serial < count; serial += 1) {
    const requestId = `req-${String(serial).padStart(10, '0')}`;
    const by = REQUESTERS[serial % REQUESTERS.length] ?? REQUESTERS[0];
    const choice = aChoice({ poolId });
    const command = aSubmission({ requestId, key: requestId, by, choice, at: now() });
    const body = JSON.stringify(command);
    queue('decisions.fifo').send({ body, groupId: poolId, deduplicationId: requestId }, 'bench');
  }
  await functions.settle();
}

/** An approver's click on a request's card, as Slack sends it. @throws when it is not accepted */
export async function clickApprove(
  { functions, poolId, now }: StormWorld,
  { id, planHash }: Stored,
  serial: number,
): Promise<void> {
  const payload = JSON.stringify({
    type: 'block_actions',
    api_app_id: APP.id,
    team: { id: TEAM.id, domain: TEAM.domain },
    user: { id: APPROVERS[serial % APPROVERS.length], team_id: TEAM.id },
    channel: { id: 'C0APPROVAL', name: 'license-approvals' },
    trigger_id: `bench.${serial}`,
    response_url: `https://hooks.slack.com/actions/${TEAM.id}/${serial}/bench`,
    actions: [
      { type: 'button', action_id: 'approve', block_id: 'b', value: `${id}|${planHash}|${poolId}` },
    ],
  });
  const body = new URLSearchParams({ payload }).toString();
  const timestamp = String(Math.floor(now().getTime() / 1000));
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': signature(SIGNING_SECRET, timestamp, body),
  };
  const request = { method: 'POST', path: '/slack/events', headers, body: Buffer.from(body) };
  const event = httpApiEvent(request, ESTATE.hubAccount, now().getTime());
  const { statusCode } = z
    .object({ statusCode: z.int() })
    .parse(await functions.invoke('slack', event));
  if (statusCode !== 200) throw new Error(`Click ${serial} was answered ${statusCode}`);
}

/** Does every launch that was queued, and every tenth of them twice. */
export async function launchAll({ functions, queue, advance }: StormWorld): Promise<void> {
  const launches = queue('launches');
  for (let received = launches.receive(2); received.length > 0; received = launches.receive(2)) {
    // Or EC2 and STS would ask to slow down.
    advance(2000);
    const all = received.flatMap((message, index) =>
      Number(message.sequence) % 10 === index ? [message, message] : [message],
    );
    await Promise.all(all.map((message) => functions.invoke('launch', eventOf(launches, message))));
    for (const { receiptHandle } of received) launches.delete(receiptHandle ?? '');
  }
}

function eventOf({ arn }: Queue, message: Message): SQSEvent {
  const attributes = {
    ...systemAttributes(message),
    SenderId: message.sender,
    SentTimestamp: String(message.sentAt),
    ApproximateReceiveCount: String(message.receiveCount),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
  };
  const record = {
    messageId: message.id,
    receiptHandle: message.receiptHandle ?? '',
    body: message.body,
    attributes,
    messageAttributes: {},
    md5OfBody: md5OfBody(message.body),
    eventSource: 'aws:sqs',
    eventSourceARN: arn,
    awsRegion: ESTATE.hubRegion,
  };
  return { Records: [record] };
}
