import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DAY_MS, later } from '#domain/instant.ts';
import type { DecisionCommand } from '#domain/job.ts';
import type { LaunchRequest } from '#domain/launch-request.ts';
import { buttonValue, targetOf } from '#slack/views/button-value.ts';
import { aboutRequest } from '#slack/views/form-target.ts';
import { decideBatch } from '#usecases/decide-batch.ts';
import { sweep } from '#usecases/sweep.ts';
import { aChange } from '../adapters/decision-store.contract.ts';
import { apiWorld, CALLER } from '../api/api-world.ts';
import { aLedger, aRequest, NOW } from '../builders.ts';
import { slackWorld } from '../slack/world.ts';
import { decisionWorld } from './decision-world.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** Every source file of the product with its text, comments left out. */
const SOURCES = ['src', 'functions', 'cli'].flatMap((folder) =>
  readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => {
      const path = `${folder}/${name}`;
      const text = readFileSync(join(ROOT, path), 'utf8');
      return { path, text: text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '') };
    }),
);

function filesWith(pattern: RegExp): readonly string[] {
  return SOURCES.filter(({ text }) => pattern.test(text))
    .map(({ path }) => path)
    .toSorted();
}

describe('the ways that a decision can arrive', () => {
  it('end in one queue, and are all known', () => {
    expect(filesWith(/queues\.decide\(/)).toEqual([
      'src/api/decide.ts',
      'src/api/submit.ts',
      'src/slack/actions/confirm-import.ts',
      'src/slack/actions/decide-follow-up.ts',
      'src/slack/actions/decide-policy.ts',
      'src/slack/actions/decide-request.ts',
      'src/slack/modals/submit-follow-up.ts',
      'src/slack/modals/submit-import.ts',
      'src/slack/modals/submit-reason.ts',
      'src/slack/modals/submit-request.ts',
      'src/usecases/commit-change.ts',
      'src/usecases/sweep.ts',
    ]);
  });

  it.each([
    ['#domain/decide.ts', ['src/usecases/decide-request.ts']],
    ['#domain/submit.ts', ['src/usecases/submit-request.ts']],
    ['#domain/promote.ts', ['src/usecases/promote-waiting.ts']],
    [
      '#usecases/decide-request.ts',
      ['src/usecases/batch-readers.ts', 'src/usecases/decide-batch.ts'],
    ],
    ['#usecases/decide-deliveries.ts', ['functions/decide.ts']],
  ])('lead through one door: %s', (door, users) => {
    expect(filesWith(new RegExp(`from '${door}'`))).toEqual(users);
  });

  it('write nothing but what a decision made', () => {
    expect(filesWith(/\.commit(All)?\(/)).toEqual([
      'src/usecases/commit-change.ts',
      'src/usecases/decide-batch.ts',
    ]);
  });
});

describe('the status of a request', () => {
  /** Who writes one of a request's states, and why they may. */
  const WRITERS = {
    'src/domain/advance.ts': 'what became of an approved launch, told by EC2 and License Manager',
    'src/domain/decide.ts': 'deny, cancel and expiry',
    'src/domain/decide-follow-up.ts': 'of a follow-up',
    'src/domain/decide-policy.ts': 'of a policy proposal',
    'src/domain/grant.ts': 'the last seat, auto-approval or override',
    'src/domain/open-generation.ts': 'a request begins, or begins again',
    'src/domain/override.ts': 'of the review that it leads to',
    'src/domain/submit.ts': 'refused on arrival',
  };
  const STATE =
    'draft|pending|approved|launching|launched|unknown|confirmed|denied|cancelled|expired|failed';

  it('is written by decisions alone', () => {
    const writing = new RegExp(
      `\\bstatus: '(${STATE})'|\\.\\.\\.\\w*[rR]equest\\b[^{}]*\\bstatus\\b`,
    );

    expect(filesWith(writing)).toEqual(Object.keys(WRITERS).toSorted());
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
