import { describe, expect, it } from 'vitest';
import { decideFollowUp } from '#domain/follow-ups/decide-follow-up.ts';
import type { FollowUpAction, TimeBox } from '#domain/follow-ups/follow-up.ts';
import { DAY_MS, later } from '#domain/instant.ts';
import { aLedger, aPerson, aPublishedPolicy, NOW, poolId } from '../../builders.ts';

const UNTIL = later(NOW, 7 * DAY_MS);
const LATER = later(UNTIL, 7 * DAY_MS);

function box(changes: Partial<TimeBox> = {}): TimeBox {
  return {
    kind: 'time-box',
    id: 'fol-0123456789abcdef',
    version: 2,
    account: '222233334444',
    region: 'us-east-1',
    taken: [{ poolId: poolId('1'), licenses: 8 }],
    dueAt: UNTIL,
    createdAt: NOW,
    updatedAt: NOW,
    decisions: [],
    requestId: 'req-0000000001',
    instanceIds: ['i-1'],
    until: UNTIL,
    warnAt: later(UNTIL, -DAY_MS),
    owner: 'UREQUESTER',
    interested: ['UREQUESTER', 'UAPPROVER2'],
    status: 'warned',
    failure: null,
    ...changes,
  };
}

function decided(by: string, action: FollowUpAction, changes: Partial<TimeBox> = {}, limits = {}) {
  return decideFollowUp(
    {
      followUp: box(changes),
      ledgers: [aLedger()],
      published: aPublishedPolicy({ limits }),
      actor: aPerson(by),
      shared: false,
    },
    {
      kind: 'follow-up',
      key: 'k1',
      at: NOW,
      followUpId: 'fol-0123456789abcdef',
      action,
      by,
      replyTo: { personId: by, channelId: null, responseUrl: null },
    },
    NOW,
  );
}

describe('extending what is launched until a date', () => {
  const extend = { do: 'extend', until: LATER, reason: 'Not done' } as const;

  it('is an approver’s to decide, and begins again before the new end', () => {
    expect(decided('UAPPROVER', extend)).toMatchObject({
      kind: 'decided',
      step: {
        followUps: [
          {
            status: 'running',
            until: LATER,
            dueAt: later(LATER, -DAY_MS),
            decisions: [{ by: 'UAPPROVER', action: extend }],
          },
        ],
        audit: [{ event: 'follow-up.extended' }],
      },
    });
  });

  it.each([
    ['whom it is for', 'UREQUESTER', 'not-an-approver'],
    ['an approver who requested or edited it', 'UAPPROVER2', 'own'],
    ['anybody else', 'UOTHER', 'not-an-approver'],
  ])('is not for %s', (_who, by, code) => {
    expect(decided(by, extend)).toMatchObject({ kind: 'refused', why: { code } });
  });

  it.each([
    ['an end that is no later', { until: UNTIL }, {}],
    ['an end that is over', { until: later(NOW, -1) }, {}],
    ['an end beyond what policy allows', { until: LATER }, { longestDays: 13 }],
  ])('refuses %s', (_what, end, limits) => {
    expect(decided('UAPPROVER', { ...extend, ...end }, {}, limits)).toMatchObject({
      kind: 'refused',
      why: { code: 'bad-date' },
    });
  });

  it.each(['stopping', 'stopped', 'gone'] as const)(
    'comes too late for one that is %s',
    (status) => {
      expect(decided('UAPPROVER', extend, { status })).toMatchObject({
        kind: 'refused',
        why: { code: 'already-decided', status },
      });
    },
  );
});

describe('ending it earlier', () => {
  it('stops it now', () => {
    expect(decided('UAPPROVER', { do: 'stop' })).toMatchObject({
      kind: 'decided',
      step: {
        followUps: [{ status: 'stopping' }],
        messages: expect.arrayContaining([
          { queue: 'launches', message: { kind: 'follow-up', followUpId: 'fol-0123456789abcdef' } },
        ]),
      },
    });
  });

  it.each([
    { do: 'approve' },
    { do: 'accept' },
    { do: 'associate', configurationArn: 'arn' },
  ] as const)('offers nothing else: $do', (action) => {
    expect(decided('UAPPROVER', action)).toMatchObject({
      kind: 'refused',
      why: { code: 'not-offered' },
    });
  });
});
