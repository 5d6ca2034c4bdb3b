import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, later } from '#domain/instant.ts';
import { decide } from '#domain/requests/decide.ts';
import type { DecisionState } from '#domain/requests/decision-outcome.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { nextRemindAt } from '#domain/requests/remind.ts';
import { aChoice, aPublishedPolicy, aRequest, NOW, sha256 } from '../../builders.ts';
import { aState, decided, ID, rule, said } from './decision-state.ts';

const CLOCK = rule([{ approvers: 'approver' }], {
  reminders: { after: 'PT4H', factor: 2, most: 2 },
  escalation: { after: 'PT6H', to: { users: ['UDEPUTY'] } },
});
/** From 18:00 to 08:00 in UTC; requests of these tests begin at 09:30. */
const QUIET = { quietHours: { timeZone: 'UTC', from: '18:00', to: '08:00' } };
const hours = (count: number): Date => later(NOW, count * HOUR_MS);

/** Begun at NOW, ending after three days; its next reminder is due when `at` is. */
function pending(changes: Partial<LaunchRequest> = {}, policy = {}): DecisionState {
  const request = aRequest({ dueAt: hours(72), remindAt: hours(4), ...changes });
  return aState({ request, published: aPublishedPolicy({ ...CLOCK, ...policy }), actor: 'clock' });
}

function ring(state: DecisionState, at: Date, generation = 1) {
  const command = { kind: 'remind', key: 'clock-1', at, requestId: ID, generation } as const;
  return decide(state, command, at, sha256);
}

describe('remind', () => {
  it('asks again those who are waited for, in the approvers’ channel, and nothing else', () => {
    const at = hours(4);
    const command = { kind: 'remind', key: 'clock-1', at, requestId: ID, generation: 1 } as const;
    const step = decided(pending(), command, at);

    expect(step).toMatchObject({
      request: {
        status: 'pending',
        reminded: 1,
        escalatedAt: null,
        remindAt: hours(6),
        version: 2,
      },
      ledgers: [],
      quotas: [],
      notAfter: hours(72),
      audit: [{ event: 'request.reminded', by: 'clock', details: { reminded: 1 } }],
    });
    expect(step.messages[0]).toEqual({
      queue: 'answers',
      message: {
        kind: 'reminder',
        key: 'clock-1',
        requestId: ID,
        generation: 1,
        escalation: false,
      },
    });
    expect(said(step.messages)).toEqual(['reminder', 'card']);
  });

  it('calls in the escalation’s people once, when their time has come', () => {
    const before = pending({ reminded: 1, remindAt: hours(6) });
    const escalated = ring(before, hours(6));

    expect(escalated).toMatchObject({
      step: {
        request: { escalatedAt: hours(6), reminded: 1, remindAt: hours(12) },
        audit: [{ event: 'request.escalated' }],
        messages: [{ message: { kind: 'reminder', escalation: true } }, {}],
      },
    });
    const after = pending({ reminded: 1, remindAt: hours(12), escalatedAt: hours(6) });
    expect(ring(after, hours(12))).toMatchObject({
      step: { request: { escalatedAt: hours(6), reminded: 2, remindAt: null } },
    });
  });

  it('counts from when the present generation began', () => {
    const choice = aChoice();
    const { labels } = aRequest();
    const at = hours(10);
    const reasked = { why: 'edited', at, choice, labels, hourlyPrice: null, rule: null } as const;

    expect(
      ring(pending({ reasked, generation: 2, remindAt: hours(14) }), hours(14), 2),
    ).toMatchObject({
      step: { request: { reminded: 1, escalatedAt: null, remindAt: hours(16) } },
    });
  });

  it('waits in hours that have become quiet, and goes on after them', () => {
    const at = hours(10);
    const outcome = ring(pending({ remindAt: at, reminded: 2 }, QUIET), at);

    expect(outcome).toMatchObject({
      kind: 'decided',
      step: {
        request: { reminded: 2, escalatedAt: null, remindAt: new Date('2026-11-23T08:00:00Z') },
        audit: [{ event: 'request.postponed' }],
        messages: [{ message: { kind: 'card' } }],
      },
    });
  });

  it.each`
    request                   | at          | generation | because
    ${{}}                     | ${hours(3)} | ${1}       | ${'it is early'}
    ${{}}                     | ${hours(4)} | ${2}       | ${'it is for another generation'}
    ${{ remindAt: null }}     | ${hours(4)} | ${1}       | ${'nothing is due'}
    ${{ remindAt: hours(8) }} | ${hours(4)} | ${1}       | ${'it was done already'}
    ${{ status: 'approved' }} | ${hours(4)} | ${1}       | ${'nobody is waited for'}
    ${{ dueAt: hours(4) }}    | ${hours(4)} | ${1}       | ${'it has ended by then'}
  `('T33 does nothing when $because', ({ request, at, generation }) => {
    expect(ring(pending(request), at, generation)).toEqual({ kind: 'ignored' });
  });

  it('does nothing for what is not there, has no gate, or no policy', () => {
    const published = null;
    const { request } = pending();

    expect(ring(aState({ request: null, actor: 'clock' }), hours(4)).kind).toBe('ignored');
    expect(ring({ ...pending(), published }, hours(4)).kind).toBe('ignored');
    expect(
      ring({ ...pending(), request: request && { ...request, gate: null } }, hours(4)).kind,
    ).toBe('ignored');
  });

  it('reminds without an end of the request as well', () => {
    expect(ring(pending({ dueAt: null }), hours(4))).toMatchObject({
      step: { request: { reminded: 1, remindAt: null } },
    });
  });
});

describe('the next reminder', () => {
  function next(changes: Partial<LaunchRequest>, policy = {}, now = NOW): Date | null {
    const { request, published } = pending(changes, policy);
    return request && nextRemindAt(request, published?.policy.quietHours, now);
  }
  const SLOW = rule([{ approvers: 'approver' }], {
    reminders: { after: 'PT4H', factor: 10, most: 10 },
  });
  const SILENT = rule([{ approvers: 'approver' }], { reminders: { most: 0 } });
  it.each`
    request                                  | policy    | now          | at           | because
    ${{}}                                    | ${{}}     | ${NOW}       | ${hours(4)}  | ${'the first comes after four hours'}
    ${{ reminded: 1, escalatedAt: NOW }}     | ${{}}     | ${hours(4)}  | ${hours(12)} | ${'each interval is twice the one before'}
    ${{ reminded: 1 }}                       | ${{}}     | ${hours(4)}  | ${hours(6)}  | ${'the escalation comes before'}
    ${{ reminded: 2 }}                       | ${{}}     | ${hours(5)}  | ${hours(6)}  | ${'an escalation needs no reminders'}
    ${{ reminded: 2, escalatedAt: NOW }}     | ${{}}     | ${hours(12)} | ${null}      | ${'two are the most'}
    ${{ reminded: 1, escalatedAt: NOW }}     | ${{}}     | ${hours(20)} | ${hours(24)} | ${'what is late moves on from now'}
    ${{ dueAt: hours(4), escalatedAt: NOW }} | ${{}}     | ${NOW}       | ${null}      | ${'the request ends first'}
    ${{ dueAt: hours(5) }}                   | ${{}}     | ${NOW}       | ${hours(4)}  | ${'it ends later'}
    ${{}}                                    | ${SILENT} | ${NOW}       | ${null}      | ${'policy wants none'}
    ${{ reminded: 9 }}                       | ${SLOW}   | ${NOW}       | ${null}      | ${'no date is so far away'}
  `('is at $at: $because', ({ request, policy, now, at }) => {
    expect(next(request, policy, now)).toEqual(at);
  });

  it.each`
    remindAfter | at                        | because
    ${'PT4H'}   | ${'2026-11-22T13:30:00Z'} | ${'the afternoon is not quiet'}
    ${'PT9H'}   | ${'2026-11-23T08:00:00Z'} | ${'the evening is'}
  `('is at $at outside quiet hours: $because', ({ remindAfter, at }) => {
    const policy = {
      ...rule([{ approvers: 'approver' }], { reminders: { after: remindAfter } }),
      ...QUIET,
    };

    expect(next({}, policy)).toEqual(new Date(at));
  });

  it('is none when quiet hours last longer than the request', () => {
    const policy = {
      ...rule([{ approvers: 'approver' }], { reminders: { after: 'PT9H' } }),
      ...QUIET,
    };

    expect(next({ dueAt: hours(12) }, policy)).toBeNull();
  });

  it('moves by quiet hours, and no expiry does', () => {
    const ends = later(NOW, DAY_MS);
    const state = pending({ dueAt: ends }, QUIET);
    const expiry = { kind: 'expire', key: 'c', at: ends, requestId: ID, generation: 1 } as const;

    expect(decided(state, expiry, ends).request?.status).toBe('expired');
  });
});
