import { describe, expect, it } from 'vitest';
import type { DecisionCommand } from '#domain/jobs/decision-command.ts';
import type { FollowedRecommendation } from '#domain/optimization/followed-recommendation.ts';
import type { Step } from '#domain/optimization/recommendation.ts';
import { runDecision } from '#usecases/decide-request.ts';
import {
  ACCOUNT,
  aConfiguration,
  anInstance,
  aPublishedPolicy,
  aRequest,
  aShard,
  configurationArn,
  NOW,
} from '../builders.ts';
import { aFollowed, aRecommendation, INSTANCE, PLACE } from '../slack/optimization-builders.ts';
import { decisionWorld } from './decision-world.ts';

const ID = aRecommendation().id;
const CHANGES = {
  ...{ name: 'all', accounts: [ACCOUNT] },
  operations: ['stop', 'move', 'associate', 'convert', 'allocate-host', 'release-host'],
};

async function world(followed: FollowedRecommendation | null) {
  const shard = aShard({
    configurations: [aConfiguration({ limit: 100 })],
    instances: [
      anInstance({
        ...{ instanceId: INSTANCE, state: 'running' },
        licenseConfigurationArns: [configurationArn('1')],
      }),
    ],
  });
  const published = aPublishedPolicy({
    roles: { requester: { users: ['UREQUESTER'] }, approver: { users: ['UAPPROVER'] } },
    changes: [CHANGES],
  });
  const { ports, table, sent } = decisionWorld({ published, shard });
  if (followed !== null) await table.keep(followed);
  return {
    table,
    sent,
    run: (changes: Partial<Extract<DecisionCommand, { kind: 'request-step' }>> = {}) =>
      runDecision(ports, { ...COMMAND, ...changes }),
    followed: async () => table.recommendation(ID),
    notices: () => sent.answers.filter(({ kind }) => kind === 'recommendation-notice'),
  };
}

const COMMAND: Extract<DecisionCommand, { kind: 'request-step' }> = {
  kind: 'request-step',
  key: 'click-1',
  at: NOW,
  recommendationId: ID,
  step: 0,
  by: 'UREQUESTER',
  route: 'slack',
  principal: null,
  replyTo: { personId: 'UREQUESTER', channelId: null, responseUrl: null },
};

function accepted(changes: Partial<FollowedRecommendation> = {}, steps?: readonly Step[]) {
  const recommendation = aRecommendation(steps === undefined ? {} : { steps });
  return aFollowed({
    ...{ status: 'accepted', recommendation, promised: recommendation.savings },
    ...changes,
  });
}

describe('a step of a recommendation', () => {
  it('becomes a request like any other, which is noted there', async () => {
    const { run, table, followed, notices } = await world(accepted());

    await run();

    const after = await followed();
    const requestId = after?.requests[0]?.requestId ?? '';
    expect(requestId).toMatch(/^req-[0-9a-z]{10}$/);
    expect(after).toMatchObject({ status: 'in-progress', requests: [{ step: 0, requestId }] });
    expect(table.peek(requestId)).toMatchObject({
      requestedBy: 'UREQUESTER',
      choice: { target: { operation: 'stop', instanceId: INSTANCE } },
      reason: `Step 1 (stop) of recommendation ${ID}: rightsize`,
    });
    expect(notices()).toMatchObject([{ notice: { kind: 'done', action: { step: 0 } } }]);
  });

  it('becomes one request, however often the click is delivered', async () => {
    const { run, followed, notices } = await world(accepted());
    await run();
    await run();

    expect((await followed())?.requests).toHaveLength(1);
    expect(notices()).toHaveLength(1);
  });

  it('is not requested twice by two clicks', async () => {
    const { run, followed, notices } = await world(accepted());
    await run();
    await run({ key: 'click-2' });

    expect((await followed())?.requests).toHaveLength(1);
    expect(notices()).toMatchObject([
      { notice: { kind: 'done' } },
      { notice: { kind: 'refused', why: { code: 'step-requested' } } },
    ]);
  });

  it.each([
    ['not accepted', aFollowed(), {}, 'not-accepted'],
    ['of nothing that is followed', null, {}, 'not-found'],
    ['of another number', accepted(), { step: 9 }, 'unknown-step'],
    ['waiting for another', accepted(), { step: 1 }, 'steps-before'],
    ['of somebody who may not', accepted(), { by: 'UVIEWER' }, 'not-yours'],
    [
      'by hand',
      accepted({}, [{ do: 'by-hand', ...PLACE, task: 'buy-licenses', on: 'x', to: null }]),
      {},
      'by-hand',
    ],
  ])('that is %s is refused, and nothing is requested', async (_what, known, changes, code) => {
    const { run, sent, notices, table } = await world(known);

    await run(changes);

    expect(notices()).toMatchObject([{ notice: { kind: 'refused', why: { code } } }]);
    expect(sent.answers).toHaveLength(1);
    expect(await table.auditTrail(`recommendation/${ID}`)).toMatchObject([
      { event: 'recommendation.refused', details: { why: code } },
    ]);
  });

  it('that no request can ask for is said to be none', async () => {
    const step = { do: 'start', ...PLACE, instanceId: 'i-gone' } as const;
    const { run, notices, followed } = await world(accepted({}, [step]));

    await run();

    expect(notices()).toMatchObject([{ notice: { kind: 'no-request' } }]);
    expect((await followed())?.requests).toEqual([]);
  });

  it('moves to the host that the request of an earlier step allocated', async () => {
    const steps: Step[] = [
      {
        ...{ do: 'allocate-host', ...PLACE, ref: 'new-host-1' },
        ...{ instanceFamily: 'r6i', availabilityZone: 'us-east-1a' },
      },
      { do: 'move', ...PLACE, instanceId: INSTANCE, tenancy: 'host', hostId: 'new-host-1' },
    ];
    const requests = [{ step: 0, requestId: 'req-0000000009' }];
    const { run, table, followed } = await world(
      accepted({ status: 'in-progress', requests }, steps),
    );
    const done = aRequest({
      ...{ id: 'req-0000000009', status: 'launched', standing: null },
      instanceIds: ['h-0123456789abcdef0'],
    });
    await table.commit({
      ...{ request: { ...done, version: 1 }, ledgers: [], quotas: [], audit: [] },
      ...{ outbox: null, notAfter: null },
    });

    await run({ step: 1 });

    const requestId = (await followed())?.requests[1]?.requestId ?? '';
    expect(table.peek(requestId)).toMatchObject({
      choice: { target: { operation: 'move', hostId: 'h-0123456789abcdef0', affinity: 'host' } },
    });
  });
});
