import { describe, expect, it } from 'vitest';
import { RequestAnswer, RequestsAnswer } from '#api/request-view.ts';
import type { AuditEvent } from '#domain/audit/audit.ts';
import { chain } from '#domain/audit/audit-chain.ts';
import type { Decision, LaunchRequest } from '#domain/requests/launch-request.ts';
import { aRequest, NOW, PLAN_HASH, poolId, sha256 } from '../builders.ts';
import { aDecision } from '../domain/requests/decision-state.ts';
import { apiWorld, CALLER } from './api-world.ts';

const DECIDE = 'POST /v1/requests/{id}/decisions';
const SHOW = 'GET /v1/requests/{id}';
const ID = 'req-0000000001';
const caller = CALLER.approver;

async function worldWith(request: LaunchRequest, ...events: readonly Partial<AuditEvent>[]) {
  const world = apiWorld();
  const stream = `request/${request.id}`;
  const audit = chain(
    null,
    events.map((event) => ({
      stream,
      at: NOW,
      event: 'request.submitted',
      by: 'UREQUESTER',
      details: {},
      ...event,
    })),
    sha256,
  );
  await world.commit({ request, audit });
  return world;
}

const anApproval = (changes: Partial<Decision> = {}): Decision =>
  aDecision({ key: 'click-1', ...changes });

describe('POST /v1/requests/{id}/decisions', () => {
  it.each`
    body                                                             | command
    ${{ decision: 'approve', planHash: PLAN_HASH }}                  | ${{ kind: 'approve', planHash: PLAN_HASH }}
    ${{ decision: 'deny', reason: 'No budget' }}                     | ${{ kind: 'deny', reason: 'No budget', planHash: PLAN_HASH }}
    ${{ decision: 'cancel' }}                                        | ${{ kind: 'cancel', planHash: PLAN_HASH }}
    ${{ decision: 'override', planHash: PLAN_HASH, reason: 'Fire' }} | ${{ kind: 'override', reason: 'Fire' }}
    ${{ decision: 'accept', planHash: 'c'.repeat(64) }}              | ${{ kind: 'accept', planHash: 'c'.repeat(64) }}
    ${{ decision: 'note', reason: 'See ticket' }}                    | ${{ kind: 'note', text: 'See ticket' }}
  `('queues $body as a signed command of the request’s group', async ({ body, command }) => {
    const { call, sent } = await worldWith(aRequest());

    const { statusCode, document } = await call(DECIDE, { caller, id: ID, body });

    expect(statusCode).toBe(202);
    expect(document).toMatchObject({ id: ID, command: sent.decisions[0]?.command.key });
    expect(sent.decisions).toEqual([
      {
        group: poolId('1'),
        command: expect.objectContaining({
          ...command,
          requestId: ID,
          by: 'UAPPROVER',
          route: 'api',
          principal: caller,
          replyTo: { personId: 'UAPPROVER', channelId: null, responseUrl: null },
        }),
      },
    ]);
  });

  it.each`
    body                                        | field           | message
    ${{}}                                       | ${'decision'}   | ${'Write approve, deny, cancel'}
    ${{ decision: 'launch' }}                   | ${'decision'}   | ${'Write approve, deny, cancel'}
    ${{ decision: 'approve' }}                  | ${'planHash'}   | ${'Write the hash of the plan that you saw'}
    ${{ decision: 'approve', planHash: 'abc' }} | ${'planHash'}   | ${'Write the hash of the plan'}
    ${{ decision: 'deny' }}                     | ${'reason'}     | ${'Say why'}
    ${{ decision: 'decline' }}                  | ${'decision'}   | ${'There is no offer to answer'}
    ${{ decision: 'cancel', by: 'UREQUESTER' }} | ${'by'}         | ${'There is no such field'}
    ${{ decision: 'cancel', generation: 2 }}    | ${'generation'} | ${'There is no such field'}
  `('names $field for $body', async ({ body, field, message }) => {
    const { call, sent } = await worldWith(aRequest());

    expect(await call(DECIDE, { caller, id: ID, body })).toMatchObject({
      statusCode: 400,
      document: { fields: [{ field, message: expect.stringContaining(message) }] },
    });
    expect(sent.decisions).toEqual([]);
  });

  it.each(['approve', 'deny', 'override'])(
    'lets an identity that never approves not %s',
    async (decision) => {
      const { call, sent } = await worldWith(aRequest());
      const body = {
        decision,
        planHash: PLAN_HASH,
        ...(decision !== 'approve' && { reason: 'x' }),
      };

      expect(await call(DECIDE, { caller: CALLER.pipeline, id: ID, body })).toMatchObject({
        statusCode: 403,
        document: { error: 'may-not-decide', message: expect.stringContaining('mayApprove') },
      });
      expect(sent.decisions).toEqual([]);
    },
  );

  it('lets an identity that never approves cancel what it requested', async () => {
    const { call } = await worldWith(aRequest());
    const body = { decision: 'cancel' };

    expect(await call(DECIDE, { caller: CALLER.pipeline, id: ID, body })).toMatchObject({
      statusCode: 202,
    });
  });

  it('knows nothing of a request that is not there', async () => {
    const { call } = apiWorld();
    const body = { decision: 'cancel' };

    expect(await call(DECIDE, { caller, id: ID, body })).toMatchObject({
      statusCode: 404,
      document: { error: 'not-found' },
    });
  });

  it('is the same command for the same key only', async () => {
    const { call, sent } = await worldWith(aRequest());
    const body = { decision: 'approve', planHash: PLAN_HASH };
    for (const key of ['one', 'one', 'two']) await call(DECIDE, { caller, id: ID, body, key });
    await call(DECIDE, { caller: CALLER.user, id: ID, body, key: 'one' });
    await call(DECIDE, { caller, id: ID, body: { decision: 'cancel' }, key: 'one' });

    const [first, again, ...others] = sent.decisions.map(({ command }) => command.key);
    expect(again).toBe(first);
    expect(new Set([first, ...others]).size).toBe(4);
  });
});

describe('GET /v1/requests/{id}', () => {
  const gate = {
    rule: 'two steps',
    levels: [
      {
        approvers: { users: ['UAPPROVER', 'UREQUESTER'], userGroups: [] },
        silent: { users: ['USILENT'], userGroups: ['S0GROUP1'] },
        quorum: 1,
      },
      {
        approvers: { users: ['UAPPROVER', 'UADMIN'], userGroups: [] },
        silent: { users: [], userGroups: [] },
        quorum: 2,
      },
    ],
    stepUp: true,
    channel: 'C0APPROVAL',
    reminders: { after: 1, factor: 2, most: 3 },
    escalation: null,
  };

  it('shows the plan, its hash, the decisions and the instances', async () => {
    const request = aRequest({
      status: 'launched',
      instanceIds: ['i-1'],
      decisions: [anApproval()],
    });
    const { call } = await worldWith(request);

    const { document } = await call(SHOW, { id: ID });

    expect(document).toMatchObject({
      id: ID,
      command: null,
      request: {
        status: 'launched',
        planHash: PLAN_HASH,
        plan: { instanceType: 'r6i.2xlarge', count: 1 },
        verdict: 'ask',
        reasons: ['needs-approval'],
        decisions: [{ kind: 'approve', by: 'UAPPROVER', at: NOW.toISOString() }],
        instanceIds: ['i-1'],
        submittedAt: NOW.toISOString(),
      },
    });
  });

  it('says which level is open, who filled it, and who is waited for', async () => {
    const pending = aRequest({ gate });
    const filled = { ...pending, id: 'req-0000000002', decisions: [anApproval()] };
    const of = async (request: LaunchRequest) => {
      const { call } = await worldWith(request);
      const { document } = await call(SHOW, { id: request.id });
      return RequestAnswer.parse(document).request?.gate;
    };

    expect(await of(pending)).toEqual({
      rule: 'two steps',
      stepUp: true,
      levels: [
        {
          level: 0,
          open: true,
          quorum: 1,
          approvedBy: [],
          waitsFor: { users: ['UAPPROVER'], userGroups: [] },
        },
        {
          level: 1,
          open: false,
          quorum: 2,
          approvedBy: [],
          waitsFor: { users: ['UAPPROVER', 'UADMIN'], userGroups: [] },
        },
      ],
    });
    expect(await of(filled)).toMatchObject({
      levels: [
        { open: false, approvedBy: ['UAPPROVER'], waitsFor: { users: [], userGroups: [] } },
        { open: true, approvedBy: [], waitsFor: { users: ['UADMIN'] } },
      ],
    });
  });

  it('says what became of a command, by its key', async () => {
    const key = (digit: string, kind = 'approve') => `api-${kind}-${digit.repeat(40)}`;
    const request = aRequest({ decisions: [anApproval(), anApproval({ key: key('4') })] });
    const { call } = await worldWith(
      request,
      { event: 'request.submitted', details: { command: key('1', 'submit') } },
      { event: 'request.reasked', details: { command: key('2') } },
      { event: 'approve.refused', details: { command: key('2'), why: 'plan-changed' } },
      { event: 'approve.repeated', details: { command: key('3') } },
    );
    const outcome = async (command: string) => {
      const { document } = await call(SHOW, { id: ID, caller, query: { command } });
      return RequestAnswer.parse(document).command;
    };

    expect(await outcome(key('1', 'submit'))).toMatchObject({ outcome: 'done', why: null });
    expect(await outcome(key('2'))).toMatchObject({ outcome: 'refused', why: 'plan-changed' });
    expect(await outcome(key('3'))).toMatchObject({ outcome: 'repeated' });
    expect(await outcome(key('4'))).toMatchObject({ outcome: 'done' });
    expect(await outcome(key('5', 'deny'))).toMatchObject({ outcome: 'pending' });
  });

  it('takes no other text for a command', async () => {
    const { call } = await worldWith(aRequest());

    expect(await call(SHOW, { id: ID, query: { command: 'trigger-1' } })).toMatchObject({
      statusCode: 400,
      document: { fields: [{ field: 'command' }] },
    });
  });

  it('tells of a submission that was refused, and made no request', async () => {
    const world = apiWorld();
    const command = `api-submit-${'1'.repeat(40)}`;
    const details = { command, why: 'cannot-launch' };
    const event = { stream: `request/${ID}`, at: NOW, event: 'submit.refused', by: 'U', details };
    await world.commit({ audit: chain(null, [event], sha256) });

    expect(await world.call(SHOW, { id: ID, query: { command } })).toMatchObject({
      statusCode: 200,
      document: { request: null, command: { outcome: 'refused', why: 'cannot-launch' } },
    });
    expect(await world.call(SHOW, { id: ID })).toMatchObject({ statusCode: 404 });
  });
});

describe('GET /v1/requests', () => {
  it('lists the caller’s own requests that are not over', async () => {
    const { call, commit } = apiWorld();
    await commit({ request: aRequest() });
    await commit({ request: aRequest({ id: 'req-0000000002', requestedBy: 'UOTHER' }) });
    await commit({
      request: aRequest({ id: 'req-0000000003', requestedBy: 'UOTHER', for: 'UOTHER' }),
    });
    await commit({ request: aRequest({ id: 'req-0000000004', status: 'denied', dueAt: null }) });

    const { document } = await call('GET /v1/requests');
    const ids = RequestsAnswer.parse(document).requests.map(({ id }) => id);

    expect(ids.toSorted()).toEqual(['req-0000000001', 'req-0000000002']);
  });

  it('is the only list', async () => {
    expect(await apiWorld().call('GET /v1/everything')).toMatchObject({ statusCode: 404 });
  });
});
