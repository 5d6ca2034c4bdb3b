import { describe, expect, it } from 'vitest';
import { decideFollowUp } from '#domain/follow-ups/decide-follow-up.ts';
import { extensionState } from '#domain/follow-ups/extension.ts';
import { FollowUp, type FollowUpAction, type TimeBox } from '#domain/follow-ups/follow-up.ts';
import {
  type FollowUpOutcome,
  type FollowUpState,
  othersOfFollowUp,
} from '#domain/follow-ups/follow-up-outcome.ts';
import { DAY_MS, later } from '#domain/instant.ts';
import { aLedger, aPerson, aPublishedPolicy, aRequest, NOW } from '../../builders.ts';
import { aFollowUpClick, aTimeBox } from '../../follow-up-builders.ts';
import { rule, TWO_LEVELS, TWO_SEATS } from '../requests/decision-state.ts';

const UNTIL = later(NOW, 7 * DAY_MS);
const LATER = later(UNTIL, 7 * DAY_MS);
const EXTEND = { do: 'extend', until: LATER, reason: 'Not done' } as const;

function box(changes: Partial<TimeBox> = {}): TimeBox {
  return aTimeBox({
    until: UNTIL,
    interested: ['UREQUESTER', 'UAPPROVER2'],
    status: 'warned',
    ...changes,
  });
}

interface Circumstances extends Partial<FollowUpState> {
  /** What the policy says that `aPublishedPolicy` does not. */
  readonly policy?: Parameters<typeof aPublishedPolicy>[0];
  readonly key?: string;
  readonly now?: Date;
}

/** A click on a box, with everybody who agreed before still there. */
function decide(
  by: string,
  action: FollowUpAction,
  followUp: TimeBox = box(),
  { policy = {}, key = `click-${by}`, now = NOW, ...state }: Circumstances = {},
): FollowUpOutcome {
  const command = aFollowUpClick(action, { by, key, followUpId: followUp.id });
  return decideFollowUp(
    {
      followUp,
      request: aRequest(),
      ledgers: [aLedger()],
      published: aPublishedPolicy(policy),
      actor: aPerson(by),
      others: othersOfFollowUp(followUp, command).map((id) => aPerson(id)),
      shared: false,
      ...state,
    },
    command,
    now,
  );
}

function next(outcome: FollowUpOutcome): TimeBox {
  const [followUp] = outcome.kind === 'decided' ? (outcome.step.followUps ?? []) : [];
  if (followUp?.kind !== 'time-box') throw new Error(JSON.stringify(outcome));
  return followUp;
}

const refused = (code: string, details = {}) => ({ kind: 'refused', why: { code, ...details } });

describe('extending what is launched until a date', () => {
  it('is an approver’s to decide, and begins again before the new end', () => {
    expect(decide('UAPPROVER', EXTEND)).toMatchObject({
      kind: 'decided',
      step: {
        followUps: [
          {
            status: 'running',
            until: LATER,
            dueAt: later(LATER, -DAY_MS),
            extension: null,
            decisions: [{ by: 'UAPPROVER', action: EXTEND }],
          },
        ],
        audit: [
          {
            event: 'follow-up.extended',
            details: { until: LATER.toISOString(), ends: LATER.toISOString(), seatsLeft: 0 },
          },
        ],
        messages: [{ message: { notice: { kind: 'done', action: EXTEND } } }, {}],
        notAfter: UNTIL,
      },
    });
  });

  it.each([
    ['whom it is for', 'UREQUESTER', 'not-an-approver'],
    ['an approver who requested or edited it', 'UAPPROVER2', 'own'],
    ['an administrator who could not have approved it', 'UADMIN', 'not-an-approver'],
    ['anybody else', 'UOTHER', 'not-an-approver'],
  ])('is not for %s', (_who, by, code) => {
    expect(decide(by, EXTEND)).toMatchObject(refused(code));
  });

  it.each<[string, Date, Circumstances]>([
    ['an end that is no later', UNTIL, {}],
    ['an end that is over', later(NOW, -1), {}],
    ['an end beyond what policy allows', LATER, { policy: { limits: { longestDays: 13 } } }],
    ['any end when the present one has come', LATER, { now: UNTIL }],
  ])('refuses %s', (_what, until, circumstances) => {
    expect(decide('UAPPROVER', { ...EXTEND, until }, box(), circumstances)).toMatchObject(
      refused('bad-date'),
    );
  });

  it.each(['stopping', 'stopped', 'gone'] as const)(
    'comes too late for one that is %s',
    (status) => {
      expect(decide('UAPPROVER', EXTEND, box({ status }))).toMatchObject(
        refused('already-decided', { status }),
      );
    },
  );

  it('is nobody’s where the request is not known, or no rule is for it', () => {
    const approvals = [{ ...rule([{ approvers: 'approver' }]).approvals[0], pools: ['Oracle*'] }];

    expect(decide('UAPPROVER', EXTEND, box(), { request: null })).toMatchObject(
      refused('not-an-approver'),
    );
    expect(decide('UAPPROVER', EXTEND, box(), { policy: { approvals } })).toMatchObject(
      refused('not-an-approver'),
    );
  });

  it('is no way around approvals that must be signed', () => {
    const policy = rule([{ approvers: 'approver' }], { stepUp: true });

    expect(decide('UAPPROVER', EXTEND, box(), { policy })).toMatchObject(refused('needs-step-up'));
  });
});

const THREE = { users: ['UAPPROVER', 'UAPPROVER2', 'UTHIRD'] };
const QUORUM = { policy: rule([{ approvers: THREE, quorum: 2 }]) };
const MINE = { interested: ['UREQUESTER'] };

describe('extending what took several approvals', () => {
  const first = next(decide('UAPPROVER', EXTEND, box(MINE), QUORUM));

  it('takes as many: one of two changes no end', () => {
    expect(first).toMatchObject({
      status: 'warned',
      until: UNTIL,
      dueAt: box().dueAt,
      extension: { agreed: [{ by: 'UAPPROVER', at: NOW, until: LATER, level: 0 }] },
    });
    expect(decide('UAPPROVER', EXTEND, box(MINE), QUORUM)).toMatchObject({
      step: {
        audit: [{ event: 'follow-up.extension-agreed', details: { seatsLeft: 1 } }],
        messages: [{ message: { notice: { kind: 'agreed', seatsLeft: 1 } } }, {}],
        notAfter: UNTIL,
      },
    });
  });

  it('is done with the last of them, and the next takes as many again', () => {
    const done = next(decide('UTHIRD', EXTEND, first, QUORUM));
    expect(done).toMatchObject({ status: 'running', until: LATER, extension: null });
    expect(done.decisions.map(({ by }) => by)).toEqual(['UAPPROVER', 'UTHIRD']);

    const longer = { ...EXTEND, until: later(LATER, DAY_MS) };
    const again = decide('UTHIRD', longer, done, { ...QUORUM, key: 'click-2' });
    expect(next(again)).toMatchObject({ until: LATER, extension: { agreed: [{ by: 'UTHIRD' }] } });
  });

  it('gives one person one seat, whatever they click', () => {
    const until = later(LATER, DAY_MS);
    const twice = decide('UAPPROVER', { ...EXTEND, until }, first, { ...QUORUM, key: 'click-2' });

    expect(next(twice)).toMatchObject({
      until: UNTIL,
      extension: { agreed: [{ by: 'UAPPROVER', until }] },
    });
    expect(next(twice).extension?.agreed).toHaveLength(1);
    expect(decide('UAPPROVER', EXTEND, first, QUORUM)).toMatchObject({
      kind: 'repeated',
      step: { audit: [], messages: [] },
    });
  });

  it.each([
    ['earlier', -2],
    ['later', 2],
  ])('ends at the earliest day that all agreed to when the last says %s', (_what, days) => {
    const until = later(LATER, days * DAY_MS);
    const end = days < 0 ? until : LATER;
    const outcome = decide('UTHIRD', { ...EXTEND, until }, first, QUORUM);

    expect(next(outcome).until).toEqual(end);
    expect(outcome).toMatchObject({
      step: {
        audit: [{ details: { until: until.toISOString(), ends: end.toISOString() } }],
        messages: [{ message: { notice: { kind: 'done', action: { until: end } } } }, {}],
      },
    });
  });

  it.each<[string, Circumstances]>([
    ['is gone from Slack', { others: [] }],
    ['is deactivated', { others: [aPerson('UAPPROVER', { outsider: 'deactivated' })] }],
    [
      'is no approver any more',
      { policy: rule([{ approvers: { users: ['UAPPROVER2', 'UTHIRD'] }, quorum: 2 }]) },
    ],
  ])('counts nobody who %s', (_what, circumstances) => {
    const second = next(decide('UTHIRD', EXTEND, first, { ...QUORUM, ...circumstances }));

    expect(second).toMatchObject({ until: UNTIL, extension: { agreed: [{ by: 'UTHIRD' }] } });
    expect(second.extension?.agreed).toHaveLength(1);
  });

  it('asks by the policy of today: for more, or for fewer', () => {
    const more = { policy: rule([{ approvers: THREE, quorum: 3 }]) };
    const fewer = { policy: rule([{ approvers: THREE, quorum: 1 }]) };

    expect(next(decide('UTHIRD', EXTEND, first, more)).until).toEqual(UNTIL);
    expect(next(decide('UTHIRD', EXTEND, first, fewer)).until).toEqual(LATER);
  });

  it('calls in nobody by escalation', () => {
    const escalation = { after: 'PT1H', to: { users: ['UDEPUTY'] } };
    const policy = rule([{ approvers: THREE, quorum: 2 }], { escalation });
    const request = aRequest({ escalatedAt: NOW });

    expect(decide('UDEPUTY', EXTEND, first, { policy, request })).toMatchObject(
      refused('not-an-approver'),
    );
  });

  it('is dropped when it is stopped', () => {
    expect(next(decide('UTHIRD', { do: 'stop' }, first, QUORUM))).toMatchObject({
      status: 'stopping',
      extension: null,
    });
  });

  it('goes from level to level, in order', () => {
    const levels = { policy: TWO_LEVELS };
    expect(decide('USECOND', EXTEND, box(), levels)).toMatchObject(
      refused('not-your-level', { open: 0, yours: 1 }),
    );

    const one = next(decide('USILENT', EXTEND, box(), levels));
    expect(one).toMatchObject({ until: UNTIL, extension: { agreed: [{ level: 0 }] } });
    expect(decide('UAPPROVER', EXTEND, one, levels)).toMatchObject(
      refused('not-your-level', { open: 1, yours: 0 }),
    );
    expect(next(decide('USECOND', EXTEND, one, levels)).until).toEqual(LATER);
  });

  it('gives who may sit at both levels one seat only', () => {
    const one = next(decide('UBOTH', EXTEND, box(), { policy: TWO_LEVELS }));
    const again = decide('UBOTH', EXTEND, one, { policy: TWO_LEVELS, key: 'click-2' });

    expect(next(again)).toMatchObject({ until: UNTIL, extension: { agreed: [{ level: 0 }] } });
  });
});

describe('where an extension stands', () => {
  it('is nothing before the first agreed', () => {
    expect(extensionState(box())).toBeNull();
  });

  it('names who agreed and who is waited for, without those who may not', () => {
    const policy = rule([{ approvers: { ...THREE, userGroups: ['SDBA'] }, quorum: 3 }]);
    const one = next(decide('UAPPROVER', EXTEND, box(), { policy }));

    expect(extensionState(one)).toMatchObject({
      agreed: [{ by: 'UAPPROVER' }],
      until: LATER,
      seatsLeft: 2,
      waitedFor: { users: ['UTHIRD'], userGroups: ['SDBA'] },
    });
  });

  it('waits for the open level only', () => {
    const one = next(decide('UAPPROVER', EXTEND, box(), { policy: TWO_LEVELS }));

    expect(extensionState(one)).toMatchObject({
      seatsLeft: 1,
      waitedFor: { users: ['USECOND', 'UBOTH'], userGroups: [] },
    });
  });

  it('is read from a box of before extensions took agreement', () => {
    const { extension: _none, ...stored } = JSON.parse(JSON.stringify(box()));

    expect(FollowUp.parse(stored)).toEqual(box());
    expect(FollowUp.parse(JSON.parse(JSON.stringify(first())))).toEqual(first());
  });

  const first = () => next(decide('UAPPROVER', EXTEND, box(MINE), { policy: TWO_SEATS }));
});

describe('ending it earlier', () => {
  it('stops it now', () => {
    expect(decide('UAPPROVER', { do: 'stop' })).toMatchObject({
      kind: 'decided',
      step: {
        followUps: [{ status: 'stopping' }],
        messages: expect.arrayContaining([
          { queue: 'launches', message: { kind: 'follow-up', followUpId: box().id } },
        ]),
      },
    });
  });

  it.each([
    { do: 'approve' },
    { do: 'accept' },
    { do: 'associate', configurationArn: 'arn' },
  ] as const)('offers nothing else: $do', (action) => {
    expect(decide('UAPPROVER', action)).toMatchObject(refused('not-offered'));
  });
});
