import type { Sha256 } from '#domain/audit/audit-chain.ts';
import {
  followUpId,
  followUpStream,
  isSettled,
  type TimeBox,
} from '#domain/follow-ups/follow-up.ts';
import { effectOf, followUpStep } from '#domain/follow-ups/follow-up-step.ts';
import { DAY_MS, later, MINUTE_MS } from '#domain/instant.ts';
import type { OutboxMessage } from '#domain/jobs/outbox.ts';
import type { Refusal } from '#domain/launch/launch-failure.ts';
import { untilOf } from '#domain/launch/launch-plan.ts';
import type { Notice } from '#domain/notice.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { Step } from '#domain/requests/change.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';

/** What became of stopping what a time box is about. */
export type Stopping =
  | { readonly kind: 'stopped' | 'gone' }
  | ({ readonly kind: 'refused' } & Refusal);

/** How soon a job of functions/launch that came to nothing is sent again. */
const AGAIN_MS = 5 * MINUTE_MS;
/** What AWS refused once it may allow later, when somebody helped. */
const AFTER_REFUSAL_MS = 30 * MINUTE_MS;

/** The same step, with the time box that begins when a launch with an end is launched. */
export function withTimeBox(step: Step, sha256: Sha256, now: Date): Step {
  const { request } = step;
  const until = request?.status === 'launched' ? untilOf(request.plan) : null;
  if (!request || until === null) return step;
  if (step.audit.every(({ event }) => event !== 'request.launched')) return step;
  const box = newTimeBox(request, until, sha256, now);
  const details = { request: request.id, until: box.until.toISOString() };
  const event = {
    stream: followUpStream(box),
    at: now,
    event: 'follow-up.began',
    by: 'clock',
    details,
  };
  return {
    ...step,
    followUps: [...(step.followUps ?? []), box],
    audit: [...step.audit, event],
  };
}

function newTimeBox(
  {
    id,
    generation,
    plan,
    instanceIds,
    requestedBy,
    for: owner,
    editors,
    evaluation,
  }: LaunchRequest,
  until: Date,
  sha256: Sha256,
  now: Date,
): TimeBox {
  const warnAt = warningOf(until, now);
  return {
    kind: 'time-box',
    id: followUpId('time-box', [id, String(generation)], sha256),
    version: 1,
    account: plan.account,
    region: plan.region,
    taken: evaluation.draws.map(({ poolId, licenses }) => ({ poolId, licenses })),
    dueAt: warnAt,
    createdAt: now,
    updatedAt: now,
    decisions: [],
    requestId: id,
    instanceIds,
    until,
    warnAt,
    owner,
    interested: [...new Set([requestedBy, owner, ...editors])],
    status: 'running',
    failure: null,
    extension: null,
  };
}

/** A day before the end, or half-way to a nearer one. */
function warningOf(until: Date, now: Date): Date {
  const left = until.getTime() - now.getTime();
  return later(until, -Math.min(DAY_MS, Math.max(0, left) / 2));
}

/** What the clock does to a time box whose time has come: it warns, stops, or asks again for the stop. */
export function timeBoxDue(box: TimeBox, now: Date): Step | null {
  if (isSettled(box)) return null;
  if (box.status === 'stopping') {
    const event = { event: 'follow-up.effect-repeated', by: 'clock', details: {} };
    return followUpStep({ ...box, dueAt: later(now, AGAIN_MS) }, event, [effectOf(box)], now);
  }
  if (box.until <= now) return stopNow(box, now);
  return box.status === 'running' ? warn(box, now) : null;
}

function warn(box: TimeBox, now: Date): Step {
  const { until } = box;
  const event = {
    event: 'follow-up.warned',
    by: 'clock',
    details: { until: until.toISOString() },
  };
  const warned: TimeBox = { ...box, status: 'warned', dueAt: until };
  return followUpStep(warned, event, [tell(box, { kind: 'ends-soon', until })], now);
}

/** The box as it is when its end has come. */
export function stopping(box: TimeBox, now: Date): TimeBox {
  return {
    ...box,
    status: 'stopping',
    failure: null,
    extension: null,
    dueAt: later(now, AGAIN_MS),
  };
}

function stopNow(box: TimeBox, now: Date): Step {
  const event = { event: 'follow-up.stopping', by: 'clock', details: {} };
  return followUpStep(stopping(box, now), event, [effectOf(box)], now);
}

/** The box with a later end, and a new warning. */
export function extended(box: TimeBox, until: Date, now: Date): TimeBox {
  const warnAt = warningOf(until, now);
  return { ...box, status: 'running', until, warnAt, dueAt: warnAt, extension: null };
}

/**
 * Whether a box may end then: later than so far while that has not come, and no later than policy lets
 * a launch begin to end.
 */
export function mayEndAt(
  box: TimeBox,
  until: Date,
  { limits: { longestDays } }: Pick<Policy, 'limits'>,
  now: Date,
): boolean {
  if (box.until <= now || until <= box.until) return false;
  return longestDays === undefined || until <= later(now, longestDays * DAY_MS);
}

/**
 * Note what became of stopping. Stopped, they use no license any more: License Manager releases a
 * license when its server is stopped, but for a host's licenses that stay by affinity.
 *
 * @see https://docs.aws.amazon.com/license-manager/latest/userguide/license-rules.html (2022-12-23)
 */
export function noteStopping(box: TimeBox, stopped: Stopping, now: Date): Step | null {
  if (box.status !== 'stopping') return null;
  if (stopped.kind === 'refused') {
    const { code, message } = stopped;
    const event = { event: 'follow-up.failed', by: 'clock', details: { code } };
    const failed = { ...box, failure: { code, message }, dueAt: later(now, AFTER_REFUSAL_MS) };
    // Once is enough to tell: the card shows it until it works.
    return followUpStep(
      failed,
      event,
      box.failure === null ? [tell(box, { kind: 'not-ended' })] : [],
      now,
    );
  }
  const { account, region } = box;
  const event = { event: `follow-up.${stopped.kind}`, by: 'clock', details: {} };
  const ended: TimeBox = { ...box, status: stopped.kind, failure: null, dueAt: null };
  return followUpStep(
    ended,
    event,
    [
      ...(stopped.kind === 'stopped' ? [tell(box, { kind: 'ended' })] : []),
      { queue: 'collections', message: { kind: 'collect', scope: { account, region } } },
    ],
    now,
  );
}

/** To the owner, in a direct message. */
function tell({ id, version, owner, requestId }: TimeBox, notice: Notice): OutboxMessage {
  const replyTo = { personId: owner, channelId: null, responseUrl: null };
  const key = `${id}/${version}`;
  return { queue: 'answers', message: { kind: 'notice', key, requestId, notice, replyTo } };
}
