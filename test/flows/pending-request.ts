import * as z from 'zod';
import type { FormAnswers, SandboxClient } from './sandbox-client.ts';
import { cardsOf, type LaunchRequest, type Message, type State } from './sandbox-state.ts';

/** Where the small estate's launch templates are. */
export const HUB = { account: 'shared-services', region: 'us-east-1' };
export const APPROVALS = 'license-approvals';

export interface PendingRequest {
  readonly id: string;
  /** Its card in the approvers' channel, and the one in the requester's direct messages. */
  readonly approvers: Message;
  readonly requester: Message;
}

/** Requests a launch that somebody has to decide on. */
export async function pendingRequest(
  client: SandboxClient,
  answers: FormAnswers,
  user = 'requester',
): Promise<PendingRequest> {
  const { request, state, form } = await client.request(user, answers);
  if (request?.status !== 'pending') {
    throw new Error(`Not pending: ${JSON.stringify(request ?? form?.errors)}`);
  }
  return { id: request.id, ...cardsOf(state, request.id, user) };
}

/** The request as it stands. */
export function requestIn({ requests }: State, id: string): LaunchRequest {
  const found = requests.find((request) => request.id === id);
  if (found === undefined) throw new Error(`No request ${id}`);
  return found;
}

const Tagged = z.object({
  Reservations: z.array(z.object({ Instances: z.array(z.object({ InstanceId: z.string() })) })),
});

/** Ids of the instances in EC2 that carry the request's tag, after EC2 had time to show them. */
export async function instancesOf(
  client: SandboxClient,
  requestId: string,
  place: { readonly account?: string; readonly region?: string } = {},
): Promise<string[]> {
  await client.advance('PT5S');
  const Filters = [{ Name: 'tag:quartermaster:request', Values: [requestId] }];
  const output = await client.aws('ec2', 'DescribeInstances', { Filters }, place);
  return Tagged.parse(output).Reservations.flatMap(({ Instances }) =>
    Instances.map(({ InstanceId }) => InstanceId),
  );
}

/** How many calls of RunInstances for this request EC2 carried out. */
export async function launchCalls(client: SandboxClient, requestId: string): Promise<number> {
  const calls = await client.calls('ec2');
  return calls.filter(
    ({ operation, status, input }) =>
      operation === 'RunInstances' && status === 200 && JSON.stringify(input).includes(requestId),
  ).length;
}
