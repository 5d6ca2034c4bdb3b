import { commandKeyFor, idempotencyKey, requestIdFor } from '#api/api-key.ts';
import type { ApiPorts } from '#api/app.ts';
import type { ApiCaller } from '#api/caller.ts';
import { type ApiEvent, type ApiResult, answer, badFields, bodyOf, Refused } from '#api/http.ts';
import { RequestBody } from '#api/request-body.ts';
import type { Accepted } from '#api/request-view.ts';
import { resolveChoice, resolveScope } from '#api/resolve-choice.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import type { LaunchChoice } from '#domain/launch/launch-plan.ts';
import type { Policy } from '#domain/policy/policy.ts';
import { choiceGroup } from '#domain/requests/decision-group.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';

/** `POST /v1/requests`: queue a new request. The same key again is the same request. */
export async function submit(
  ports: ApiPorts,
  policy: Policy,
  caller: ApiCaller,
  event: ApiEvent,
): Promise<ApiResult> {
  const body = bodyOf(event, RequestBody);
  const key = idempotencyKey(event, body.key);
  const requestId = requestIdFor(caller, key);
  const choice = await choiceOf(ports, policy, body);
  const command = commandKeyFor(caller, { kind: 'submit', requestId, key });
  const beneficiary = body.for ?? caller.personId;
  const existing = await ports.store.request(requestId);
  if (existing === null) {
    await ports.queues.decide(
      {
        kind: 'submit',
        key: command,
        at: ports.now(),
        requestId,
        by: caller.personId,
        for: beneficiary,
        choice,
        reason: body.reason,
        retryOf: body.retryOf,
        route: 'api',
        principal: caller.principal,
        replyTo: { personId: caller.personId, channelId: null, responseUrl: null },
      },
      choiceGroup(choice),
    );
  } else if (!isSame(existing, { choice, reason: body.reason, for: beneficiary })) {
    const message = `This key stands for ${requestId}, which asks for something else. Use another key.`;
    throw new Refused(409, 'key-reused', message);
  }
  return answer(202, { id: requestId, command } satisfies Accepted);
}

async function choiceOf(
  { pools, snapshots }: ApiPorts,
  policy: Policy,
  body: RequestBody,
): Promise<LaunchChoice> {
  const scope = resolveScope(policy, body);
  const [ledgers, shard] = await Promise.all([pools.pools(), snapshots.shard(scope)]);
  if (shard === null) {
    const message = 'Nothing was read of it yet. Try again in a few minutes';
    throw badFields([{ field: 'region', message }]);
  }
  return resolveChoice(body, { scope, shard, pools: ledgers });
}

/** What was edited since cannot be compared, and its key is still its own. */
function isSame(
  existing: LaunchRequest,
  asked: Pick<LaunchRequest, 'choice' | 'reason' | 'for'>,
): boolean {
  if (existing.generation > 1) return true;
  const { choice, reason, for: beneficiary } = existing;
  return canonicalJson({ choice, reason, for: beneficiary }) === canonicalJson(asked);
}
