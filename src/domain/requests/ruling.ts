import type { OutboxMessage } from '#domain/jobs/outbox.ts';
import type { Step } from '#domain/requests/change.ts';
import type { Decision, LaunchRequest } from '#domain/requests/launch-request.ts';
import { type Holdings, transitionStep } from '#domain/requests/transition.ts';

/** A decision before it is put under its time, generation and plan. */
export type Ruling = Omit<Decision, 'at' | 'generation' | 'planHash'>;

const EVENTS = {
  approve: 'request.approved',
  'auto-approve': 'request.auto-approved',
  override: 'request.overridden',
  deny: 'request.denied',
  cancel: 'request.cancelled',
  expire: 'request.expired',
} as const satisfies Record<Decision['kind'], string>;

/** What policy or the clock decides has no level, no route and no principal. */
export const NO_PERSON = { level: null, route: null, principal: null } as const;

/** A decision and what it changes. */
export interface Ruled {
  readonly ruling: Ruling;
  /** What is audited, where it is not the ruling: an offer that is accepted, a seat that is filled. */
  readonly as?: { readonly event: string; readonly by: string; readonly command: string };
  /** As it will be, but for the decision itself. */
  readonly request: LaunchRequest;
  readonly before: Holdings;
  readonly after: Holdings;
  readonly messages: readonly OutboxMessage[];
  readonly notAfter: Date | null;
}

/** The step that records a decision on a request, in the request and in its audit. */
export function ruleOn(ruled: Ruled, now: Date): Step {
  const { ruling, as, request, ...rest } = ruled;
  const { generation, planHash } = request;
  const { policyHash, level, route, principal } = ruling;
  const { event, by, command } = as ?? {
    event: EVENTS[ruling.kind],
    by: ruling.by,
    command: ruling.key,
  };
  const approval = level === null ? {} : { level, approver: ruling.by };
  const signed = principal === null ? {} : { principal };
  const decisions = [...request.decisions, { ...ruling, at: now, generation, planHash }];
  return transitionStep({
    ...rest,
    request: { ...request, decisions },
    event: {
      event,
      by,
      details: { generation, planHash, policyHash, ...approval, route, ...signed, command },
    },
    now,
  });
}
