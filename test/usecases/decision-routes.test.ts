import { describe, expect, it } from 'vitest';
import { DAY_MS, later } from '#domain/instant.ts';
import { DecisionCommand } from '#domain/jobs/decision-command.ts';
import type { Person } from '#domain/person.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { buttonValue, targetOf } from '#slack/views/button-value.ts';
import { aboutRequest } from '#slack/views/form-target.ts';
import { decideBatch } from '#usecases/decide-batch.ts';
import { runDecision } from '#usecases/decide-request.ts';
import { sweep } from '#usecases/sweep.ts';
import { aChange } from '../adapters/decision-store.contract.ts';
import { apiWorld, CALLER } from '../api/api-world.ts';
import { aLedger, aPerson, aRequest, aSubmission, NOW } from '../builders.ts';
import { aClick } from '../domain/requests/decision-state.ts';
import { slackWorld } from '../slack/world.ts';
import { decisionWorld } from './decision-world.ts';

const ID = 'req-0000000001';
const KINDS = DecisionCommand.options.map(({ shape }) => shape.kind.value);

/** What people do with requests: each kind as it comes from Slack and from the API. */
const CLICKS = [
  ...(['approve', 'deny', 'cancel', 'override', 'edit'] as const),
  ...(['counter', 'accept', 'decline', 'note'] as const),
];
const CLOCK = ['remind', 'expire'] as const;
/** Decided elsewhere, or moves no request to another status. */
const OTHERS = [
  ...[
    'submit',
    'promote',
    'promote-terms',
    'confirm-policy',
    'reject-policy',
    'recommendation',
    'request-step',
  ],
  ...['follow-up', 'follow-up-due', 'import-register'],
];

async function world(outsider: Person['outsider']) {
  const { ports, table } = decisionWorld();
  await runDecision(ports, aSubmission());
  const people = { ...ports.people, get: async (id: string) => aPerson(id, { outsider }) };
  return { ports: { ...ports, people }, table };
}

describe('N11 N12 every way a decision can arrive', () => {
  it('is one of these commands', () => {
    expect([...KINDS].toSorted()).toEqual([...CLICKS, ...CLOCK, ...OTHERS].toSorted());
  });

  const SIGNED = { route: 'api', principal: 'arn:aws:iam::222233334444:user/ada' } as const;
  it.each(CLICKS.flatMap((kind) => [[kind, {}] as const, [kind, SIGNED] as const]))(
    '%s reaches decide(), which lets no outsider through, by %j',
    async (kind, route) => {
      const { ports, table } = await world('guest');
      const before = table.peek(ID);
      const command = aClick(kind, 'UAPPROVER', { planHash: before?.planHash ?? '', ...route });

      await runDecision(ports, DecisionCommand.parse(DecisionCommand.encode(command)));

      expect((await table.auditTrail(`request/${ID}`)).at(-1)).toMatchObject({
        event: `${kind}.refused`,
        by: 'UAPPROVER',
        details: { why: 'outsider' },
      });
      expect(table.peek(ID)).toEqual(before);
    },
  );

  it('a submission reaches submit(), which lets no outsider through', async () => {
    const { ports, table } = await world('stranger');

    await runDecision(ports, aSubmission({ requestId: 'req-0000000002', key: 'V2' }));

    expect(table.peek('req-0000000002')).toBeNull();
    expect(await table.auditTrail('request/req-0000000002')).toMatchObject([
      { event: 'submit.refused', details: { why: 'outsider' } },
    ]);
  });

  it.each(CLOCK)('%s reaches decide(), which goes by its own clock', async (kind) => {
    const { ports, table } = await world(null);
    const before = table.peek(ID);
    const at = new Date('2030-01-01T00:00:00Z');

    await runDecision(ports, { kind, key: 'clock', at, requestId: ID, generation: 1 });

    expect([NOW < at, table.peek(ID)]).toEqual([true, before]);
  });
});

/** A request that the person who decides on it made: nobody but decide() sees that and refuses. */
const own = (by: string): LaunchRequest => aRequest({ requestedBy: by, for: by, editors: [by] });

/** Slack, clicked or submitted by U0REQUEST1. */
async function fromSlack(payload: object): Promise<DecisionCommand | undefined> {
  const world = slackWorld();
  await world.interact({
    trigger_id: '1.2.route',
    response_url: 'https://hooks.slack.com/actions/T/1/x',
    ...payload,
  });
  return world.queues.sent.decisions[0]?.command;
}

const value = buttonValue(targetOf(own('U0REQUEST1')));
const actions = (action_id: string) => [{ type: 'button', action_id, block_id: 'b', value }];

const ROUTES: readonly (readonly [string, string, () => Promise<DecisionCommand | undefined>])[] = [
  [
    'a button of a card',
    'U0REQUEST1',
    () =>
      fromSlack({
        type: 'block_actions',
        channel: { id: 'C0APPROVAL', name: 'license-approvals' },
        actions: actions('approve'),
      }),
  ],
  [
    'a button of the Home tab',
    'U0REQUEST1',
    () =>
      fromSlack({
        type: 'block_actions',
        view: { id: 'V1', type: 'home', callback_id: '', state: { values: {} } },
        actions: actions('approve'),
      }),
  ],
  [
    'a form',
    'U0REQUEST1',
    () =>
      fromSlack({
        type: 'view_submission',
        view: {
          id: 'V1',
          callback_id: 'deny_request',
          private_metadata: aboutRequest('C0APPROVAL', own('U0REQUEST1')),
          state: { values: { reason: { reason: { type: 'plain_text_input', value: 'No' } } } },
        },
      }),
  ],
  [
    'the API',
    'UAPPROVER',
    async () => {
      const world = apiWorld();
      const request = own('UAPPROVER');
      await world.commit({ request });
      const body = { decision: 'approve', planHash: request.planHash };
      const path = 'POST /v1/requests/{id}/decisions';
      await world.call(path, { caller: CALLER.approver, id: request.id, body });
      return world.sent.decisions[0]?.command;
    },
  ],
];

describe.each(ROUTES)('a decision by %s', (_name, by, arrive) => {
  it.each([
    ['delivered', [1]],
    ['delivered again', [1, 2]],
    ['set aside and redriven three days later', [5, 1]],
  ])('reaches decide() once it is %s', async (_how, attempts) => {
    const command = await arrive();
    if (command === undefined) throw new Error('nothing was queued');
    const world = decisionWorld();
    await world.table.commit(aChange({ request: own(by), ledgers: [aLedger()] }));

    for (const attempt of attempts) {
      await decideBatch(world.ports, [{ command, attempt }]);
      world.time.now = later(world.time.now, 3 * DAY_MS);
    }

    const trail = await world.table.auditTrail('request/req-0000000001');
    expect(trail.map(({ event, details }) => [event, details['command']])).toEqual([
      [`${command.kind}.refused`, command.key],
    ]);
    expect(world.sent.answers.filter(({ kind }) => kind === 'notice')).toHaveLength(1);
  });
});

describe('the clock', () => {
  it('reaches decide() by the sweep', async () => {
    const world = decisionWorld();
    const { table, ports, sent } = world;
    await table.commit(aChange({ request: aRequest({ dueAt: NOW }), ledgers: [aLedger()] }));

    await sweep({ ...ports, requests: table, pools: table, outbox: table });
    for (const { command } of sent.decisions.splice(0)) {
      await decideBatch(ports, [{ command, attempt: 1 }]);
    }

    expect(table.peek('req-0000000001')).toMatchObject({
      status: 'expired',
      decisions: [{ kind: 'expire', by: 'clock' }],
    });
  });
});
