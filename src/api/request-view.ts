import * as z from 'zod';
import { AlternativeView, alternativeView } from '#api/alternative-view.ts';
import { Instant } from '#domain/instant.ts';
import { LaunchPlan } from '#domain/launch/launch-plan.ts';
import { CommandOutcome } from '#domain/requests/command-outcome.ts';
import {
  CounterOffer,
  Decision,
  Gate,
  GateLevel,
  LaunchRequest,
} from '#domain/requests/launch-request.ts';
import { gateState } from '#domain/requests/request-gate.ts';

const fields = LaunchRequest.unwrap().shape;

/** One level of a gate, with who approved at it and whom it waits for. */
const LevelView = z.object({
  /** From 0; they open one after the other. */
  level: z.int(),
  open: z.boolean(),
  quorum: GateLevel.unwrap().shape.quorum,
  approvedBy: z.array(z.string()),
  /** Slack user ids and user groups who are asked to fill what is left of it; nobody when it is full. */
  waitsFor: z.object({ users: z.array(z.string()), userGroups: z.array(z.string()) }),
});

/** A request as callers of the API and the command line see it. Instants are ISO 8601 in UTC. */
export const RequestView = z.object({
  id: fields.id,
  status: fields.status,
  /** While pending: whether licenses are set aside, or it waits in line. */
  standing: fields.standing,
  generation: fields.generation,
  requestedBy: fields.requestedBy,
  for: fields.for,
  reason: fields.reason,
  account: z.string(),
  pool: z.string(),
  source: z.string(),
  plan: LaunchPlan,
  /** SHA-256 of the plan as canonical JSON: what an approval names. */
  planHash: fields.planHash,
  verdict: z.enum(['allow', 'ask', 'refuse']),
  /** Codes: why it is asked or refused. */
  reasons: z.array(z.string()),
  /** Launches near it that would pass, as they were found when it was asked for; cheapest first. */
  alternatives: z.array(AlternativeView),
  /** `null`: nobody has to approve it, or nobody may. */
  gate: z
    .object({ rule: z.string(), stepUp: Gate.unwrap().shape.stepUp, levels: z.array(LevelView) })
    .nullable(),
  decisions: z.array(Decision),
  /** An approver's offer that waits for the requester's answer. */
  counter: CounterOffer.unwrap()
    .pick({ by: true, at: true, reason: true, plan: true, planHash: true })
    .nullable(),
  notes: fields.notes,
  retryOf: fields.retryOf,
  submittedAt: Instant,
  updatedAt: Instant,
  dueAt: Instant.nullable(),
  instanceIds: fields.instanceIds,
  failure: fields.failure,
});
export type RequestView = z.output<typeof RequestView>;

/** What `GET /v1/requests/{id}` answers. */
export const RequestAnswer = z.object({
  id: z.string(),
  /** `null`: it was refused when it was submitted, or is not decided yet. */
  request: RequestView.nullable(),
  /** What became of the command that the query names. */
  command: CommandOutcome.nullable(),
});
export type RequestAnswer = z.output<typeof RequestAnswer>;

/** What `GET /v1/requests` answers: the caller's own that are not over, newest first. */
export const RequestsAnswer = z.object({ requests: z.array(RequestView) });

/** What a `POST` answers: it is queued, and what became of it is found by the command's key. */
export const Accepted = z.object({ id: z.string(), command: z.string() });
export type Accepted = z.output<typeof Accepted>;

/** A request as it is shown; what is not shown of it is left out when it is encoded. */
export function requestView(request: LaunchRequest): RequestView {
  const { labels, evaluation } = request;
  return {
    ...request,
    account: labels.account,
    pool: labels.pool,
    source: labels.source,
    verdict: evaluation.verdict,
    reasons: evaluation.reasons.map(({ code }) => code),
    alternatives: request.alternatives.map(alternativeView),
    gate: gateView(request),
    decisions: [...request.decisions],
  };
}

function gateView(request: LaunchRequest): RequestView['gate'] {
  const state = gateState(request);
  if (state === null) return null;
  const { rule, stepUp } = state;
  const open = request.status === 'pending' ? state.open : null;
  const levels = state.levels.map(({ level, quorum, seats, pending }) => ({
    level,
    open: level === open,
    quorum,
    approvedBy: seats.map(({ by }) => by),
    waitsFor: { users: [...pending.users], userGroups: [...pending.userGroups] },
  }));
  return { rule, stepUp, levels };
}
