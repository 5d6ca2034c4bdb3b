import { describe, expect, it } from 'vitest';
import type { FollowUp } from '#domain/follow-ups/follow-up.ts';
import { DAY_MS, later } from '#domain/instant.ts';
import type { DecisionCommand } from '#domain/jobs/decision-command.ts';
import type { Person } from '#domain/person.ts';
import { NO_STEP } from '#domain/requests/change.ts';
import { NotFound, Unavailable } from '#src/errors.ts';
import { decideAndCommit } from '#usecases/commit-change.ts';
import { decideBatch } from '#usecases/decide-batch.ts';
import { runDecision } from '#usecases/decide-request.ts';
import { aLedger, aPerson, aPublishedPolicy, aRequest, NOW } from '../builders.ts';
import { aClick, rule } from '../domain/requests/decision-state.ts';
import { aFollowUpClick, anUnrequested, aTimeBox } from '../follow-up-builders.ts';
import { decisionWorld } from './decision-world.ts';

const LATER = later(NOW, 14 * DAY_MS);
const EXTEND = { do: 'extend', until: LATER, reason: 'Not done' } as const;
const TWO_OF_THREE = aPublishedPolicy(
  rule([{ approvers: { users: ['UAPPROVER', 'UAPPROVER2', 'UTHIRD'] }, quorum: 2 }]),
);

/** A follow-up and the request that a time box is of, and a Slack that may be told what it knows. */
async function world(followUp: FollowUp | null) {
  const { ports, table, sent, time } = decisionWorld({ published: TWO_OF_THREE });
  const slack: { get: (id: string) => Person } = { get: (id) => aPerson(id) };
  const people = { ...ports.people, get: async (id: string) => slack.get(id) };
  const all = { ...ports, people };
  const stored = { request: aRequest({ status: 'launched' }), ledgers: [aLedger()] };
  const followUps = followUp === null ? [] : [followUp];
  await decideAndCommit(all, async () => ({ ...NO_STEP, ...stored, followUps }));
  const run = (command: DecisionCommand) => runDecision(all, command);
  const id = followUp?.id ?? 'fol-00000000000000ff';
  return {
    run,
    sent,
    slack,
    time,
    box: () => table.followUp(id),
    extend: (by: string, key = `click-${by}`, action = EXTEND) =>
      run(aFollowUpClick(action, { followUpId: id, by, key })),
    /** Once more, together with itself, as a redrive of a dead-letter queue may bring it. */
    redrive: (command: DecisionCommand) =>
      decideBatch(
        all,
        [command, command].map((one) => ({ command: one, attempt: 2 })),
      ),
    written: async () => ({
      followUp: await table.followUp(id),
      trail: await table.auditTrail(`follow-up/${id}`),
      requestTrail: await table.auditTrail('request/req-0000000009'),
      policyTrail: await table.auditTrail('policy'),
      sent: structuredClone(sent),
    }),
  };
}

describe('an extension', () => {
  it('takes the approvals of the launch, through the store', async () => {
    const { extend, box } = await world(aTimeBox());

    await extend('UAPPROVER');
    expect(await box()).toMatchObject({ until: aTimeBox().until, status: 'running' });
    await extend('UAPPROVER', 'again', { ...EXTEND, until: later(LATER, DAY_MS) });
    expect(await box()).toMatchObject({ until: aTimeBox().until });
    await extend('UAPPROVER2');

    expect(await box()).toMatchObject({ until: LATER, extension: null });
  });

  it('T08 counts nobody whom Slack does not know any more', async () => {
    const { extend, box, slack } = await world(aTimeBox());
    await extend('UAPPROVER2');
    slack.get = (id) => {
      if (id === 'UAPPROVER2') throw new NotFound('gone');
      return aPerson(id);
    };

    await extend('UAPPROVER');

    expect(await box()).toMatchObject({
      until: aTimeBox().until,
      extension: { agreed: [{ by: 'UAPPROVER' }] },
    });
  });

  it('T08 is not decided while Slack does not say who agreed before', async () => {
    const { extend, box, slack } = await world(aTimeBox());
    await extend('UAPPROVER2');
    slack.get = (id) => {
      if (id === 'UAPPROVER2') throw new Unavailable('no answer');
      return aPerson(id);
    };

    await expect(extend('UAPPROVER')).rejects.toBeInstanceOf(Unavailable);

    expect(await box()).toMatchObject({ extension: { agreed: [{ by: 'UAPPROVER2' }] } });
  });

  it('is not written after the end that it puts off', async () => {
    const { extend, box, time } = await world(aTimeBox());
    await extend('UAPPROVER2');
    time.now = aTimeBox().until;

    await extend('UAPPROVER');

    expect(await box()).toMatchObject({ until: aTimeBox().until, decisions: [{}] });
  });
});

const USE = anUnrequested();
const PROPOSAL = {
  kind: 'confirm-policy',
  key: 'P1',
  at: NOW,
  proposalId: 'pol-00000000ff',
  by: 'UADMIN',
  replyTo: { personId: 'UADMIN', channelId: null, responseUrl: null },
} as const;
const ON_USE = { followUpId: USE.id };

describe('a click that is delivered again', () => {
  it.each<[string, FollowUp | null, readonly DecisionCommand[]]>([
    ['was done', USE, [aFollowUpClick({ do: 'approve' }, ON_USE)]],
    ['was refused', USE, [aFollowUpClick({ do: 'approve' }, { ...ON_USE, by: 'UNOBODY' })]],
    [
      'repeated another',
      USE,
      [
        aFollowUpClick({ do: 'approve' }, ON_USE),
        aFollowUpClick({ do: 'approve' }, { ...ON_USE, key: 'click-2' }),
      ],
    ],
    ['agreed to an extension', aTimeBox(), [aFollowUpClick(EXTEND, { followUpId: aTimeBox().id })]],
    [
      'was on a follow-up that is not there',
      null,
      [aFollowUpClick({ do: 'stop' }, { followUpId: 'fol-00000000000000ff' })],
    ],
    [
      'was on a request that is not there',
      null,
      [aClick('approve', 'UAPPROVER', { requestId: 'req-0000000009' })],
    ],
    ['was on a policy proposal that is not there', null, [PROPOSAL]],
  ])('is told and audited once: one that %s', async (_what, followUp, commands) => {
    const { run, written, sent, redrive } = await world(followUp);
    for (const command of commands) await run(command);
    const once = await written();
    const trails = [once.trail, once.requestTrail, once.policyTrail].flat();
    expect(trails).toHaveLength(commands.length);
    const notices = sent.answers.filter(({ kind }) => kind.endsWith('notice'));
    expect(notices).toHaveLength(commands.length);

    for (const command of commands) {
      await run(command);
      await redrive(command);
    }

    expect(await written()).toEqual(once);
  });
});
