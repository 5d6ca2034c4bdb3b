import type { OutboxMessage } from '#domain/jobs/outbox.ts';
import type { Policy } from '#domain/policy/policy.ts';
import { nextOutsideQuietHours } from '#domain/policy/quiet-hours.ts';
import type {
  DecisionOutcome,
  DecisionState,
  Reminding,
} from '#domain/requests/decision-outcome.ts';
import type { Gate, LaunchRequest } from '#domain/requests/launch-request.ts';
import { NO_HOLDINGS, transitionStep } from '#domain/requests/transition.ts';

/**
 * The clock's part while a request waits: calls in the escalation's people once their time has come,
 * else asks again those who are waited for. In hours that have become quiet it waits. Early, late for
 * another generation, or twice: nothing.
 */
export function remind(
  { request, published }: DecisionState & { readonly request: LaunchRequest },
  { key, generation }: Reminding,
  now: Date,
): DecisionOutcome {
  const { gate, dueAt } = request;
  if (gate === null || published === null || !isDue(request, generation, now)) {
    return { kind: 'ignored' };
  }
  const { quietHours } = published.policy;
  const action = actionNow(request, gate, nextOutsideQuietHours(now, quietHours) > now, now);
  const asked = { ...request, ...AFTER[action](request, now) };
  const step = transitionStep({
    before: NO_HOLDINGS,
    after: NO_HOLDINGS,
    request: { ...asked, remindAt: nextRemindAt(asked, quietHours, now) },
    event: {
      event: `request.${action}`,
      by: 'clock',
      details: { generation, reminded: asked.reminded, command: key },
    },
    messages: action === 'postponed' ? [] : [askThem(request, key, action === 'escalated')],
    notAfter: dueAt,
    now,
  });
  return { kind: 'decided', step };
}

type Action = 'postponed' | 'escalated' | 'reminded';

function actionNow(request: LaunchRequest, gate: Gate, quiet: boolean, now: Date): Action {
  if (quiet) return 'postponed';
  const escalates = request.escalatedAt === null && escalatesAt(request, gate) <= now.getTime();
  return escalates ? 'escalated' : 'reminded';
}

const AFTER: Readonly<
  Record<Action, (request: LaunchRequest, now: Date) => Partial<LaunchRequest>>
> = {
  postponed: () => ({}),
  escalated: (_request, now) => ({ escalatedAt: now }),
  reminded: ({ reminded }) => ({ reminded: reminded + 1 }),
};

function isDue(
  { status, generation, remindAt, dueAt }: LaunchRequest,
  ofGeneration: number,
  now: Date,
): boolean {
  const due = remindAt !== null && remindAt <= now && (dueAt === null || now < dueAt);
  return status === 'pending' && generation === ofGeneration && due;
}

/** Asks those who are waited for, in the approvers' channel. */
export function askThem(
  { id: requestId, generation }: Pick<LaunchRequest, 'id' | 'generation'>,
  key: string,
  escalation: boolean,
): OutboxMessage {
  const message = { kind: 'reminder', key, requestId, generation, escalation } as const;
  return { queue: 'answers', message };
}

/**
 * When the clock next asks again or calls in the escalation's people, outside quiet hours; `null`: not
 * before the request ends.
 */
export function nextRemindAt(
  request: Pick<
    LaunchRequest,
    'gate' | 'submittedAt' | 'reasked' | 'reminded' | 'escalatedAt' | 'dueAt'
  >,
  quietHours: Policy['quietHours'],
  now: Date,
): Date | null {
  const { gate, escalatedAt, dueAt } = request;
  if (gate === null || dueAt === null) return null;
  const next = Math.min(
    reminderAt(request, gate, now),
    escalatedAt === null ? escalatesAt(request, gate) : Number.POSITIVE_INFINITY,
  );
  if (next >= dueAt.getTime()) return null;
  const at = nextOutsideQuietHours(new Date(Math.max(next, now.getTime())), quietHours);
  return at < dueAt ? at : null;
}

/** In milliseconds. One that quiet hours have made late moves those after it. */
function reminderAt(
  request: Pick<LaunchRequest, 'submittedAt' | 'reasked' | 'reminded'>,
  { reminders: { after, factor, most } }: Gate,
  now: Date,
): number {
  const { reminded } = request;
  if (reminded >= most) return Number.POSITIVE_INFINITY;
  const intervals = Array.from({ length: reminded + 1 }, (_none, index) => after * factor ** index);
  const planned = openedAt(request) + intervals.reduce((sum, ms) => sum + ms, 0);
  return planned > now.getTime() ? planned : now.getTime() + after;
}

/** In milliseconds. */
function escalatesAt(
  request: Pick<LaunchRequest, 'submittedAt' | 'reasked'>,
  { escalation }: Gate,
): number {
  return escalation === null ? Number.POSITIVE_INFINITY : openedAt(request) + escalation.after;
}

/** When the present generation began to wait, in milliseconds. */
function openedAt({ submittedAt, reasked }: Pick<LaunchRequest, 'submittedAt' | 'reasked'>) {
  return (reasked?.at ?? submittedAt).getTime();
}
