import { callerOf } from '#api/caller.ts';
import { decide } from '#api/decide.ts';
import { ApiEvent, type ApiResult, answer, Refused } from '#api/http.ts';
import { listOpen, showRequest } from '#api/show.ts';
import { submit } from '#api/submit.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import type { Policies } from '#ports/policies.ts';
import type { Queues } from '#ports/queues.ts';
import type { RequestList } from '#ports/request-list.ts';
import type { PoolList, Snapshots } from '#ports/snapshots.ts';

/** What the API works with: it reads, and puts commands into one queue. It decides nothing. */
export interface ApiPorts {
  readonly policies: Pick<Policies, 'current'>;
  readonly store: Pick<DecisionStore, 'request' | 'auditTrail'>;
  readonly requests: Pick<RequestList, 'ofPerson'>;
  readonly pools: PoolList;
  readonly snapshots: Pick<Snapshots, 'shard'>;
  readonly queues: Pick<Queues, 'decide'>;
  readonly now: () => Date;
  /** Something failed that callers are told no more of than a reference. */
  readonly report: (reference: string, error: unknown) => void;
  /** A call was turned away because of who made it. */
  readonly turnedAway: (principal: string, code: string) => void;
}

/** Answers one HTTP request that an IAM authorizer let through. `awsRequestId` is the reference when it fails. */
export type ApiHandler = (
  event: unknown,
  context: { readonly awsRequestId: string },
) => Promise<ApiResult>;

/** The HTTP API for pipelines, terminals and step-up: the same commands as from Slack, signed. */
export function createApi(ports: ApiPorts): ApiHandler {
  return async (received, { awsRequestId: reference }) => {
    const event = ApiEvent.parse(received);
    try {
      return await route(ports, event);
    } catch (error) {
      if (error instanceof Refused) {
        if (error.status === 403) ports.turnedAway(principalOf(event), error.problem.error);
        return answer(error.status, error.problem);
      }
      ports.report(reference, error);
      const message =
        'That failed, and may or may not be queued. Send it again with the same key, or quote the reference.';
      return answer(500, { error: 'failed', message, fields: [], reference });
    }
  };
}

function principalOf({ requestContext }: ApiEvent): string {
  return requestContext.authorizer?.iam?.userArn ?? 'an unsigned caller';
}

async function route(ports: ApiPorts, event: ApiEvent): Promise<ApiResult> {
  const published = await ports.policies.current();
  if (published === null) {
    const message = 'No policy is published yet, so nobody may launch or decide.';
    throw new Refused(403, 'unknown-caller', message);
  }
  const caller = callerOf(published.policy, principalOf(event));
  switch (event.routeKey) {
    case 'GET /v1/requests':
      return listOpen(ports, caller);
    case 'POST /v1/requests':
      return submit(ports, published.policy, caller, event);
    case 'GET /v1/requests/{id}':
      return showRequest(ports, event);
    case 'POST /v1/requests/{id}/decisions':
      return decide(ports, caller, event);
    default:
      throw new Refused(404, 'not-found', 'There is no such route.');
  }
}
