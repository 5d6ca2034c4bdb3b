import * as z from 'zod';
import { kindOfKey } from '#api/api-key.ts';
import type { ApiPorts } from '#api/app.ts';
import type { ApiCaller } from '#api/caller.ts';
import { noSuchRequest } from '#api/decide.ts';
import { type ApiEvent, type ApiResult, answer, badFields } from '#api/http.ts';
import {
  type RequestAnswer as Answered,
  RequestAnswer,
  RequestsAnswer,
  requestView,
} from '#api/request-view.ts';
import { commandOutcome } from '#domain/requests/command-outcome.ts';
import { isTerminal } from '#domain/requests/launch-request.ts';

/** Requests of one person that are looked through for open ones; policy allows fewer at once. */
const MOST_REQUESTS = 100;

/** `GET /v1/requests`: the caller's own requests that are not over. */
export async function listOpen(
  { requests }: ApiPorts,
  { personId }: ApiCaller,
): Promise<ApiResult> {
  const found = await requests.ofPerson(personId, MOST_REQUESTS);
  const open = found.filter((request) => !isTerminal(request)).map(requestView);
  return answer(200, z.encode(RequestsAnswer, { requests: open }));
}

/** `GET /v1/requests/{id}`, with `?command=` what became of a command too. */
export async function showRequest(
  { store }: ApiPorts,
  { pathParameters, queryStringParameters }: ApiEvent,
): Promise<ApiResult> {
  const { id = '' } = pathParameters;
  const key = queryStringParameters['command'];
  const [request, trail] = await Promise.all([
    store.request(id),
    key === undefined ? [] : store.auditTrail(`request/${id}`),
  ]);
  if (request === null && trail.length === 0) throw noSuchRequest();
  const shown: Answered = {
    id,
    request: request === null ? null : requestView(request),
    command: key === undefined ? null : commandOutcome(given(key), request, trail),
  };
  return answer(200, z.encode(RequestAnswer, shown));
}

function given(key: string) {
  const kind = kindOfKey(key);
  if (kind !== null) return { key, kind };
  const message = 'Write the command that a POST answered';
  throw badFields([{ field: 'command', message }]);
}
