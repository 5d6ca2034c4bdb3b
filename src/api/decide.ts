import { commandKeyFor, idempotencyKey } from '#api/api-key.ts';
import type { ApiPorts } from '#api/app.ts';
import type { ApiCaller } from '#api/caller.ts';
import { DecisionBody } from '#api/decision-body.ts';
import { type ApiEvent, type ApiResult, answer, badFields, bodyOf, Refused } from '#api/http.ts';
import type { Accepted } from '#api/request-view.ts';
import type { DecisionCommand } from '#domain/jobs/decision-command.ts';
import { decisionGroup } from '#domain/requests/decision-group.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';

/** What an identity that never approves may not do for its person either. */
const APPROVING: ReadonlySet<DecisionBody['decision']> = new Set(['approve', 'deny', 'override']);

/** `POST /v1/requests/{id}/decisions`: queue what somebody does with a request. */
export async function decide(
  ports: ApiPorts,
  caller: ApiCaller,
  event: ApiEvent,
): Promise<ApiResult> {
  const body = bodyOf(event, DecisionBody);
  const key = idempotencyKey(event, body.key);
  const { id: requestId = '' } = event.pathParameters;
  if (!caller.mayApprove && APPROVING.has(body.decision)) {
    const message = `Policy lets ${caller.principal} request, and never ${body.decision}: mayApprove is false.`;
    throw new Refused(403, 'may-not-decide', message);
  }
  const request = await ports.store.request(requestId);
  if (request === null) throw noSuchRequest();
  const command = commandOf(body, request, {
    key: commandKeyFor(caller, { kind: body.decision, requestId, key }),
    at: ports.now(),
    requestId,
    by: caller.personId,
    route: 'api',
    principal: caller.principal,
    replyTo: { personId: caller.personId, channelId: null, responseUrl: null },
  });
  await ports.queues.decide(command, decisionGroup(request));
  return answer(202, { id: requestId, command: command.key } satisfies Accepted);
}

export function noSuchRequest(): Refused {
  return new Refused(404, 'not-found', 'There is no request with this id.');
}

type Signed = Pick<
  Extract<DecisionCommand, { kind: 'approve' }>,
  'key' | 'at' | 'requestId' | 'by' | 'route' | 'principal' | 'replyTo'
>;

function commandOf(
  { decision, planHash, ...words }: DecisionBody,
  request: LaunchRequest,
  signed: Signed,
): DecisionCommand & { readonly key: string } {
  const reason = 'reason' in words ? words.reason : '';
  const pinned = { ...signed, planHash: planHash ?? request.planHash };
  switch (decision) {
    case 'approve':
    case 'cancel':
    case 'accept':
      return { kind: decision, ...pinned };
    case 'decline':
      return { kind: decision, ...pinned, planHash: planHash ?? offeredPlan(request) };
    case 'deny':
    case 'override':
      return { kind: decision, ...pinned, reason };
    case 'note':
      return { kind: decision, ...pinned, text: reason };
  }
}

function offeredPlan({ counter }: LaunchRequest): string {
  if (counter !== null) return counter.planHash;
  const message = 'There is no offer to answer. Look at the request first';
  throw badFields([{ field: 'decision', message }]);
}
