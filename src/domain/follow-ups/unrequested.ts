import type { Unrequested, UsedResource } from '#domain/follow-ups/follow-up.ts';
import { followUpStep } from '#domain/follow-ups/follow-up-step.ts';
import { later, MINUTE_MS } from '#domain/instant.ts';
import { actsFor } from '#domain/policy/identity.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { Step } from '#domain/requests/change.ts';

/** Licenses taken or freed without a request, as one look at AWS shows it. */
export type Use = Pick<
  Unrequested,
  | 'id'
  | 'account'
  | 'region'
  | 'cause'
  | 'typeBefore'
  | 'resources'
  | 'principal'
  | 'at'
  | 'taken'
  | 'untracked'
  | 'associable'
  | 'monthlyCost'
>;

/**
 * Note a use: a new follow-up, or what is new about a known one; `null` when nothing is. Events come
 * late, twice and in any order, and end in the same follow-up.
 */
export function noteUse(
  known: Unrequested | null,
  use: Use,
  policy: Policy | null,
  now: Date,
): Step | null {
  if (known === null) return followUpStep(newFollowUp(use, now), found(use), [], now);
  const merged = merge(known, use);
  if (merged === null) return null;
  const voided = isOwnDecision(merged, policy);
  const next = voided ? reopened(merged) : merged;
  const event = voided ? 'follow-up.voided' : 'follow-up.completed';
  return followUpStep(next, { ...found(merged), event }, [], now);
}

/** Version 0: the step makes it the first. */
function newFollowUp(use: Use, now: Date): Unrequested {
  return {
    ...use,
    kind: 'unrequested',
    version: 0,
    status: 'open',
    dueAt: null,
    createdAt: now,
    updatedAt: now,
    decisions: [],
    ignoredUntil: null,
    failure: null,
  };
}

function found({ cause, principal, resources, at }: Use) {
  return {
    event: 'follow-up.found',
    by: 'watch',
    details: {
      cause,
      principal: principal?.arn ?? null,
      resources: resources.map(({ id }) => id).join(' '),
      at: at.toISOString(),
    },
  };
}

/** CloudTrail knows the cause and who; a later look at AWS may show more resources. */
function merge(known: Unrequested, use: Use): Unrequested | null {
  const resources = union(known.resources, use.resources);
  const more = resources.length > known.resources.length;
  const named = known.principal === null && use.principal !== null;
  if (!more && !named) return null;
  const whole = more && use.resources.length >= known.resources.length;
  return {
    ...known,
    resources,
    ...(whole ? { taken: use.taken, monthlyCost: use.monthlyCost } : {}),
    ...(named ? { principal: use.principal, cause: use.cause, typeBefore: use.typeBefore } : {}),
  };
}

function union(
  known: readonly UsedResource[],
  seen: readonly UsedResource[],
): readonly UsedResource[] {
  return [...known, ...seen.filter(({ id }) => !known.some((resource) => resource.id === id))];
}

/** Nobody approves their own launch after the fact, also not before CloudTrail says whose it is. */
function isOwnDecision(
  { principal, status, decisions }: Unrequested,
  policy: Policy | null,
): boolean {
  const by = decisions.at(-1)?.by;
  if (principal === null || policy === null || by === undefined) return false;
  const stands = status === 'approved' || status === 'ignored';
  return stands && actsFor(policy, principal.arn, by);
}

function reopened(use: Unrequested): Unrequested {
  return { ...use, status: 'open', ignoredUntil: null, dueAt: null };
}

/**
 * Note that a follow-up's resources use no licenses any more, because they were stopped or ended;
 * `null` when that settles nothing.
 *
 * @param by ARN of the principal, `watch` when only the state is known
 */
export function noteEnd(use: Unrequested, by: string, now: Date): Step | null {
  const status = ENDED[use.status];
  if (status === undefined) return null;
  const ended = { ...use, status, dueAt: null, ignoredUntil: null, failure: null };
  return followUpStep(ended, { event: `follow-up.${status}`, by, details: {} }, [], now);
}

const ENDED: Partial<Record<Unrequested['status'], Unrequested['status']>> = {
  open: 'gone',
  ignored: 'gone',
  associating: 'gone',
  stopping: 'stopped',
};

/** What came of asking AWS to stop or associate something. Expected outcomes are values. */
export type Effect =
  | { readonly kind: 'done' }
  /** AWS has begun. */
  | { readonly kind: 'under-way' }
  /** AWS said no, for good. */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string };

/** AWS needs a minute or two to stop an instance; then somebody looks again. */
const LOOK_AGAIN_MS = 5 * MINUTE_MS;

/** Note what came of an effect; `null` when the follow-up does not wait for it any more. */
export function noteEffect(use: Unrequested, effect: Effect, now: Date): Step | null {
  const done = DONE[use.status];
  if (done === undefined) return null;
  if (effect.kind === 'refused') {
    const { code, message } = effect;
    const failed: Unrequested = { ...use, status: 'open', dueAt: null, failure: { code, message } };
    const event = { event: 'follow-up.effect-failed', by: 'launch', details: { code } };
    return followUpStep(failed, event, [], now);
  }
  if (effect.kind === 'under-way') {
    const event = { event: 'follow-up.effect-begun', by: 'launch', details: {} };
    return followUpStep({ ...use, dueAt: later(now, LOOK_AGAIN_MS) }, event, [], now);
  }
  const settled: Unrequested = { ...use, status: done, dueAt: null };
  return followUpStep(settled, { event: `follow-up.${done}`, by: 'launch', details: {} }, [], now);
}

const DONE: Partial<Record<Unrequested['status'], Unrequested['status']>> = {
  stopping: 'stopped',
  associating: 'associated',
};
