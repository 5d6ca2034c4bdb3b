import { describe, expect, it } from 'vitest';
import type { DecisionCommand } from '#domain/jobs/decision-command.ts';
import type { Person } from '#domain/person.ts';
import type { PublishedPolicy } from '#domain/policy/policy.ts';
import type { Click } from '#domain/requests/decision-outcome.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { NotFound, Unavailable } from '#src/errors.ts';
import { runDecision } from '#usecases/decide-request.ts';
import { judgeApproved } from '#usecases/judge-before-launch.ts';
import { aChoice, aPerson, aPublishedPolicy, aShard, aSubmission, NOW } from '../builders.ts';
import { aClick, rule, SMALL, TYPES } from '../domain/requests/decision-state.ts';
import { memoryPolicies } from '../fakes/memory-policies.ts';
import { decisionWorld } from './decision-world.ts';

const ID = 'req-0000000001';
const TWO_SEATS = aPublishedPolicy({
  ...rule([{ approvers: 'approver', quorum: 2 }]),
  override: { people: { users: ['UHERO'] }, channel: 'C0OVERRIDE' },
});
const GROUPS = aPublishedPolicy(
  rule([{ approvers: { userGroups: ['SDBA'] } }], {
    escalation: { after: 'PT1H', to: { userGroups: ['SONCALL'] } },
  }),
);

/** One pending request by UREQUESTER, and a Slack that may be told what it knows. */
async function world(published: PublishedPolicy = TWO_SEATS) {
  const shard = aShard({ instanceTypes: TYPES });
  const { ports, table, sent, time } = decisionWorld({ published, shard });
  const asked: (readonly string[])[] = [];
  const slack: { get: (id: string) => Person } = { get: (id) => aPerson(id) };
  const people = {
    get: async (id: string) => slack.get(id),
    members: async (ids: readonly string[]) => {
      asked.push(ids);
      return new Map(ids.map((id) => [id, ['UDBA', 'UDBA2']]));
    },
  };
  const all = { ...ports, people };
  const run = (command: DecisionCommand) => runDecision(all, command);
  await run(aSubmission());
  for (const list of Object.values(sent)) list.length = 0;
  const request = (): LaunchRequest => {
    const found = table.peek(ID);
    if (found === null) throw new Error('no request');
    return found;
  };
  const click = (kind: Click['kind'], by: string, changes = {}) =>
    run(aClick(kind, by, { planHash: request().planHash, ...changes }));
  return { ports: all, run, click, request, sent, slack, asked, time, table };
}

describe('decideRequest', () => {
  it.each`
    kind          | by              | before
    ${'approve'}  | ${'UAPPROVER'}  | ${null}
    ${'approve'}  | ${'UOTHER'}     | ${null}
    ${'deny'}     | ${'UAPPROVER'}  | ${null}
    ${'cancel'}   | ${'UREQUESTER'} | ${null}
    ${'override'} | ${'UHERO'}      | ${null}
    ${'edit'}     | ${'UREQUESTER'} | ${null}
    ${'counter'}  | ${'UAPPROVER'}  | ${null}
    ${'accept'}   | ${'UREQUESTER'} | ${'counter'}
    ${'decline'}  | ${'UREQUESTER'} | ${'counter'}
    ${'note'}     | ${'UREQUESTER'} | ${null}
  `(
    'T02 $kind by $by delivered three times is done and told once',
    async ({ kind, by, before }) => {
      const { click, request, sent, run } = await world();
      if (before !== null) await click(before, 'UAPPROVER', { key: 'T0' });
      const answers = kind === 'accept' || kind === 'decline';
      const planHash = (answers ? request().counter?.planHash : request().planHash) ?? '';
      const command = aClick(kind, by, { planHash });
      await run(command);
      const once = [request(), structuredClone(sent)];

      await run(command);
      await run(command);

      expect([request(), sent]).toEqual(once);
      expect(sent.answers.length).toBeGreaterThan(0);
    },
  );

  it('T08 opens the seat of an approver whom Slack does not know any more', async () => {
    const { click, request, slack } = await world();
    await click('approve', 'UAPPROVER2');
    slack.get = (id) => {
      if (id === 'UAPPROVER2') throw new NotFound('gone');
      return aPerson(id);
    };

    await click('approve', 'UAPPROVER', { key: 'T2' });

    expect(request()).toMatchObject({
      status: 'pending',
      decisions: [
        { by: 'UAPPROVER2', level: null },
        { by: 'UAPPROVER', level: 0 },
      ],
    });
  });

  it('T08 decides nothing while Slack does not say who approved before', async () => {
    const { click, request, slack } = await world();
    await click('approve', 'UAPPROVER2');
    slack.get = (id) => {
      if (id === 'UAPPROVER2') throw new Unavailable('no answer');
      return aPerson(id);
    };
    const before = request();

    await expect(click('approve', 'UAPPROVER', { key: 'T2' })).rejects.toBeInstanceOf(Unavailable);

    expect(request()).toEqual(before);
  });

  it('N14 reads who is in a user group at the click', async () => {
    const { click, request, slack } = await world(GROUPS);
    slack.get = (id) => aPerson(id, { userGroups: [] });
    await click('approve', 'UDBA');
    expect(request().status).toBe('pending');

    slack.get = (id) => aPerson(id, { userGroups: ['SDBA'] });
    await click('approve', 'UDBA', { key: 'T2' });
    expect(request().status).toBe('approved');
  });

  it('asks for the members of all groups that policy names, and only to judge', async () => {
    const { click, asked } = await world(GROUPS);
    asked.length = 0;

    await click('note', 'UREQUESTER');
    await click('approve', 'UOTHER', { key: 'T2' });

    expect(asked).toEqual([[], ['SDBA', 'SONCALL']]);
  });

  it('judges an edit and an offer where they want to go', async () => {
    const { click, request } = await world();
    const elsewhere = aChoice({ region: 'eu-west-1' });

    await click('edit', 'UREQUESTER', { choice: elsewhere });
    expect(request().generation).toBe(1);

    await click('edit', 'UREQUESTER', { choice: SMALL, key: 'T2' });
    expect(request()).toMatchObject({ generation: 2, plan: { instanceType: 'r6i.large' } });
  });

  it('reminds by the clock', async () => {
    const { run, request, sent, time } = await world();
    const at = request().remindAt ?? NOW;
    time.now = at;

    await run({ kind: 'remind', key: 'remind/1', at, requestId: ID, generation: 1 });

    expect(request().reminded).toBe(1);
    expect(sent.answers.map(({ kind }) => kind)).toEqual(['reminder', 'card']);
  });
});

describe('judgeApproved', () => {
  const ONE = aPublishedPolicy();
  const OTHERS = {
    ...aPublishedPolicy(rule([{ approvers: { users: ['UAPPROVER2'] } }])),
    hash: 'e'.repeat(64),
  };

  it('lets be launched what is as it was approved', async () => {
    const { click, request, ports } = await world(ONE);
    await click('approve', 'UAPPROVER');

    expect(await judgeApproved(ports, request())).toEqual({ kind: 'as-approved' });
    expect(request().status).toBe('approved');
  });

  it('writes that all are asked again when others had to approve it', async () => {
    const { click, request, ports, sent } = await world(ONE);
    await click('approve', 'UAPPROVER');
    sent.answers.length = 0;

    const found = await judgeApproved({ ...ports, policies: memoryPolicies(OTHERS) }, request());

    expect(found?.kind).toBe('asked-again');
    expect(request()).toMatchObject({ status: 'pending', generation: 2, standing: 'held' });
    expect(sent.answers.map(({ kind }) => kind)).toEqual([
      ...['notice', 'notice', 'reminder', 'card'],
    ]);
  });

  it.each`
    changes               | because
    ${{ generation: 2 }}  | ${'it is of another generation'}
    ${{ id: 'req-none' }} | ${'it is not there'}
    ${{}}                 | ${'it is not approved'}
  `('is nothing when $because', async ({ changes }) => {
    const { request, ports } = await world(ONE);

    expect(await judgeApproved(ports, { ...request(), ...changes })).toBeNull();
  });

  it('is impossible without figures', async () => {
    const { click, request, ports } = await world(ONE);
    await click('approve', 'UAPPROVER');
    const snapshots = { ...ports.snapshots, shard: async () => null };

    expect(await judgeApproved({ ...ports, snapshots }, request())).toMatchObject({
      kind: 'impossible',
      reasons: [{ code: 'figures-missing' }],
    });
  });
});

describe('the open requests of one person', () => {
  const FEW = aPublishedPolicy({ limits: { openRequestsPerPerson: 3, openHoldsPerPerson: 9 } });
  const id = (index: number) => `req-00000000${String(index).padStart(2, '0')}`;
  const nth = (index: number) => aSubmission({ requestId: id(index), key: `V${index}` });

  it('are no more than policy allows, however many are asked for at once', async () => {
    const { run, table } = await world(FEW);

    await Promise.allSettled([2, 3, 4, 5, 6, 7, 8].map((index) => run(nth(index))));

    const placed = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((index) => table.peek(id(index)) ?? []);
    expect(placed.filter(({ status }) => status === 'pending')).toHaveLength(3);
  });

  it('make room when one is over, whichever way it ended', async () => {
    const { run, click, table } = await world(FEW);
    for (const index of [2, 3, 4]) await run(nth(index));
    expect(table.peek(id(4))?.status).toBe('denied');

    await click('cancel', 'UREQUESTER');
    await run(nth(5));

    expect(table.peek(id(5))?.status).toBe('pending');
    expect((await table.quota('UREQUESTER')).openRequestIds).toEqual([id(2), id(3), id(5)]);
  });

  it('may name the request that they try again', async () => {
    const { run, click, table } = await world(FEW);
    await run(aSubmission({ requestId: id(2), key: 'V2', retryOf: ID }));
    expect(table.peek(id(2))).toBeNull();

    await click('cancel', 'UREQUESTER');
    await run(aSubmission({ requestId: id(3), key: 'V3', retryOf: ID }));
    expect(table.peek(id(3))?.retryOf).toBe(ID);
  });
});
