import { randomUUID } from 'node:crypto';
import * as z from 'zod';
import { RequestView } from '#api/request-view.ts';
import { CommandOutcome } from '#domain/requests/command-outcome.ts';
import { type ApiClient, ApiRefused, poll } from './api-client.ts';
import type { Outcome } from './command.ts';
import { outcomeText } from './outcome-text.ts';

/** What `approve`, `deny` and `cancel --json` print, unless they are stopped. */
export const DecisionResult = z.object({
  /** True: it is done, now or before. */
  ok: z.boolean(),
  id: z.string(),
  /** Of the plan that was decided on. */
  planHash: z.string(),
  command: CommandOutcome,
  request: RequestView,
});

/** The request with this id. @throws {ApiRefused} when there is none */
export async function requestFrom(api: ApiClient, id: string): Promise<RequestView> {
  const view = (await api.show(id))?.request ?? null;
  if (view === null) throw new ApiRefused(404, `There is no request ${id}`);
  return view;
}

/** One decision is made in seconds, also when many decide at once. */
const DECISION_MS = 20_000;

/** Send a decision, and wait for what becomes of it. */
export async function sendDecision(
  api: ApiClient,
  seen: RequestView,
  body: { readonly decision: 'approve' | 'deny' | 'cancel'; readonly reason?: string },
  key: string = randomUUID(),
): Promise<Outcome> {
  const { id, planHash } = seen;
  const { command } = await api.decide(id, { ...body, planHash }, key);
  const ask = () => api.show(id, command);
  const answer = await poll(ask, (now) => now?.command?.outcome !== 'pending', DECISION_MS);
  const outcome = answer?.command ?? { key: command, outcome: 'pending' as const, why: null };
  const view = answer?.request ?? seen;
  const ok = outcome.outcome === 'done' || outcome.outcome === 'repeated';
  const line = outcomeText(body.decision, outcome);
  return {
    exitCode: ok ? 0 : 1,
    document: z.encode(DecisionResult, { ok, id, planHash, command: outcome, request: view }),
    text: ok ? `${line} ${id} is ${view.status}${seatsText(view)}.` : line,
  };
}

function seatsText({ status, gate }: RequestView): string {
  const missing = gate?.levels.reduce(
    (sum, { quorum, approvedBy }) => sum + Math.max(0, quorum - approvedBy.length),
    0,
  );
  return status === 'pending' && missing !== undefined && missing > 0
    ? `; approvals that are still missing: ${missing}`
    : '';
}
