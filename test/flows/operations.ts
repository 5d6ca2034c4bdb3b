import * as z from 'zod';
import { isMachineChoice, type LaunchChoice } from '#domain/launch/launch-plan.ts';
import type { SandboxClient } from './sandbox-client.ts';
import { cardsOf, type LaunchRequest } from './sandbox-state.ts';

export type Place = { readonly account: string; readonly region: string };

const Instances = z.object({
  Reservations: z.array(
    z.object({
      Instances: z.array(
        z.object({
          InstanceId: z.string(),
          InstanceType: z.string(),
          State: z.object({ Name: z.string() }),
          Placement: z.object({ Tenancy: z.string() }),
          Licenses: z.array(z.object({ LicenseConfigurationArn: z.string() })).default([]),
        }),
      ),
    }),
  ),
});

/** Instances as EC2 shows them now, by a filter. */
export async function instancesBy(
  client: SandboxClient,
  place: Place,
  Name: string,
  ...Values: readonly string[]
) {
  const output = await client.aws(
    'ec2',
    'DescribeInstances',
    { Filters: [{ Name, Values }] },
    place,
  );
  return Instances.parse(output).Reservations.flatMap((one) => one.Instances);
}

let submissions = 0;

/** Puts a request into the decisions queue, as the forms do, by the person `requester`. */
export async function submitChoice(
  client: SandboxClient,
  choice: LaunchChoice,
): Promise<LaunchRequest> {
  submissions += 1;
  const requestId = `req-${String(submissions).padStart(10, '0')}`;
  const by = 'U0REQUEST1';
  const until = isMachineChoice(choice) ? (choice.until?.toISOString() ?? null) : undefined;
  const command = {
    kind: 'submit',
    key: `operations-${submissions}`,
    at: new Date().toISOString(),
    requestId,
    by,
    for: by,
    choice: { ...choice, until },
    reason: 'Month end',
    retryOf: null,
    route: 'slack',
    principal: null,
    replyTo: { personId: by, channelId: null, responseUrl: null },
  };
  const { QueueUrl } = z
    .object({ QueueUrl: z.string() })
    .parse(await client.aws('sqs', 'GetQueueUrl', { QueueName: 'quartermaster-decisions.fifo' }));
  await client.aws('sqs', 'SendMessage', {
    QueueUrl,
    MessageBody: JSON.stringify(command),
    MessageGroupId: 'operations',
    MessageDeduplicationId: command.key,
  });
  const state = await client.state();
  const request = state.requests.find(({ id }) => id === requestId);
  if (request === undefined)
    throw new Error(`${requestId} was refused: ${JSON.stringify(state.dms)}`);
  return request;
}

/** The approver's click on the request's card. */
export async function approve(client: SandboxClient, { id }: LaunchRequest) {
  const { approvers } = cardsOf(await client.state(), id);
  return client.click('approver', 'approve', approvers, 'license-approvals');
}
