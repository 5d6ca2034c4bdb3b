import { describe, expect, it } from 'vitest';
import { HOUR_MS, later } from '#domain/instant.ts';
import { sealPlan } from '#domain/launch/launch-planning.ts';
import { poolsToRead } from '#domain/requests/decision-outcome.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { type SubmitState, submit } from '#domain/requests/submit.ts';
import { NO_TERMS } from '#domain/terms/terms-view.ts';
import {
  ACCOUNT,
  aChoice,
  aConfiguration,
  aDraw,
  aHold,
  aLedger,
  anEvaluation,
  anImage,
  anInstance,
  aPerson,
  aPlan,
  aPolicy,
  aPublishedPolicy,
  aQuota,
  aRequest,
  aShard,
  aSubmission,
  configurationArn,
  NOW,
  POLICY_HASH,
  poolId,
  sha256,
} from '../../builders.ts';
import { aDecision } from './decision-state.ts';

const ID = 'req-0000000001';
const hold = aHold();
const AUTOMATIC = { autoApproval: [{ upToLicenses: 8 }] };

function aState(changes: Partial<SubmitState> = {}): SubmitState {
  return {
    existing: null,
    retried: null,
    terms: NO_TERMS,
    userGroups: new Map(),
    ledgers: [aLedger()],
    quota: aQuota(),
    shard: aShard(),
    published: aPublishedPolicy(),
    requester: aPerson('UREQUESTER'),
    ...changes,
  };
}

function submitted(changes: Partial<SubmitState> = {}, command = aSubmission()) {
  const outcome = submit(aState(changes), command, NOW, sha256);
  if (outcome.kind !== 'decided') throw new Error(JSON.stringify(outcome));
  return outcome.step;
}

const GONE = { operation: 'launch', launchTemplateId: 'lt-gone' } as const;

describe('submit', () => {
  it('holds the licenses of a request that fits, until somebody decides', () => {
    const step = submitted();

    expect(step.request).toMatchObject({
      id: ID,
      version: 1,
      generation: 1,
      requestedBy: 'UREQUESTER',
      for: 'UREQUESTER',
      editors: ['UREQUESTER'],
      status: 'pending',
      standing: 'held',
      decisions: [],
      labels: { account: 'erp-production', pool: 'SQL Server 1', source: 'sql-server' },
      plan: aPlan(),
      planHash: sealPlan(aPlan(), sha256),
      dueAt: later(NOW, 72 * HOUR_MS),
    });
    expect(step.ledgers).toEqual([aLedger({ holds: [hold], version: 2 })]);
    expect(step.quotas).toEqual([
      aQuota({ heldRequestIds: [ID], openRequestIds: [ID], version: 1 }),
    ]);
    expect(step.audit.map(({ stream, event, by }) => [stream, event, by])).toEqual([
      [`request/${ID}`, 'request.submitted', 'UREQUESTER'],
      [`pool/${poolId('1')}`, 'hold.placed', 'UREQUESTER'],
    ]);
    expect(step.messages).toEqual([{ queue: 'answers', message: { kind: 'card', requestId: ID } }]);
  });

  it.each`
    state                                                                                             | because
    ${{ ledgers: [aLedger({ consumed: 93 })] }}                                                       | ${'they are not there'}
    ${{ ledgers: [aLedger({ consumed: 95, hardLimit: false })] }}                                     | ${'a soft limit is no invitation'}
    ${{ ledgers: [aLedger({ consumed: 85 })] }}                                                       | ${'8 are more than half of the 15 that are free'}
    ${{ ledgers: [aLedger({ consumed: 70, holds: [aHold({ consumer: 'x', requestIds: ['x'] })] })] }} | ${'with the unapproved 8, 16 are more than half of 30'}
    ${{ quota: aQuota({ heldRequestIds: ['a', 'b', 'c'] }) }}                                         | ${'the person holds for three requests already'}
  `('lets a request wait when $because', ({ state }) => {
    const before: SubmitState = aState(state);

    const step = submitted(state);

    expect(step.request).toMatchObject({ status: 'pending', standing: 'waiting' });
    expect(step.ledgers).toMatchObject([{ waiting: [ID], held: before.ledgers[0]?.held }]);
    expect(step.quotas).toEqual([{ ...before.quota, openRequestIds: [ID], version: 1 }]);
    expect(step.audit.at(-1)?.event).toBe('waiting.changed');
  });

  it.each`
    ledger                                                                                | because
    ${{ consumed: 84 }}                                                                   | ${'8 are half of 16'}
    ${{ consumed: 76, holds: [aHold({ consumer: 'x', requestIds: ['x'], firm: true })] }} | ${'firm holds are no unapproved ones'}
    ${{ limit: null, consumed: 9999 }}                                                    | ${'there is no limit'}
  `('holds when $because', ({ ledger }) => {
    expect(submitted({ ledgers: [aLedger(ledger)] }).request?.standing).toBe('held');
  });

  it('approves by policy what policy says, firmly, and launches it', () => {
    const step = submitted({ published: aPublishedPolicy(AUTOMATIC) });

    expect(step.request).toMatchObject({
      status: 'approved',
      standing: null,
      decisions: [
        { kind: 'auto-approve', by: 'policy', policyHash: POLICY_HASH, key: 'V0000000001' },
      ],
      dueAt: later(NOW, HOUR_MS),
    });
    expect(step.ledgers).toMatchObject([{ held: 8, holds: [{ firm: true }] }]);
    expect(step.quotas).toEqual([aQuota({ openRequestIds: [ID], version: 1 })]);
    expect(step.audit.map(({ event }) => event)).toEqual([
      'request.submitted',
      'request.auto-approved',
      'hold.placed',
    ]);
    expect(step.messages[0]).toEqual({
      queue: 'launches',
      message: { kind: 'launch', requestId: ID, generation: 1 },
    });
  });

  it('denies at once what is refused, with its reasons, and holds nothing', () => {
    const ledgers = [aLedger({ limit: 4 })];

    const step = submitted({ ledgers });

    expect(step).toMatchObject({
      request: {
        status: 'denied',
        standing: null,
        dueAt: null,
        evaluation: { reasons: [{ code: 'more-than-limit' }] },
        decisions: [{ kind: 'deny', by: 'policy' }],
      },
      ledgers: [],
      quotas: [],
    });
    expect(step.audit.map(({ event }) => event)).toEqual(['request.submitted', 'request.denied']);
  });

  it('denies what would wait in a line that is as long as it may be', () => {
    const waiting = Array.from(
      { length: 1000 },
      (_, index) => `req-x${String(index).padStart(9, '0')}`,
    );
    const ledgers = [aLedger({ consumed: 100, waiting })];

    const step = submitted({ ledgers });

    expect(step).toMatchObject({
      request: {
        status: 'denied',
        evaluation: { verdict: 'refuse', reasons: [{ code: 'line-full', waiting: 1000 }, {}, {}] },
      },
      ledgers: [],
    });
  });

  it('denies whoever may not request', () => {
    const step = submitted({ requester: aPerson('UNOBODY') }, aSubmission({ by: 'UNOBODY' }));

    expect(step.request).toMatchObject({
      status: 'denied',
      alternatives: [],
      evaluation: {
        verdict: 'refuse',
        reasons: [{ code: 'not-a-requester' }, { code: 'needs-approval' }],
      },
    });
  });

  it('denies what nobody could approve', () => {
    const approvals = [
      { name: 'one', levels: [{ approvers: { users: ['UBENEFITS'] } }], channel: 'C0APPROVAL' },
    ];

    const step = submitted(
      { published: aPublishedPolicy({ approvals }) },
      aSubmission({ for: 'UBENEFITS' }),
    );

    expect(step.request?.evaluation.reasons).toContainEqual({ code: 'nobody-may-approve' });
  });

  it('offers alternatives', () => {
    const shard = aShard({
      configurations: [aConfiguration({ rules: ['#honorVcpuOptimization=True'] })],
    });

    expect(submitted({ shard }).request?.alternatives).toMatchObject([{ kind: 'fewer-cores' }]);
  });

  it('holds and waits in every pool that it draws on, and only in these', () => {
    const shard = aShard({
      configurations: ['1', '2', '3'].map((digit) => aConfiguration({ digit })),
      images: [anImage({ licenseConfigurationArns: [configurationArn('2')] })],
    });
    const ledgers = [aLedger(), aLedger({ digit: '2', consumed: 99 }), aLedger({ digit: '3' })];

    const waiting = submitted({ shard, ledgers });
    const held = submitted({ shard, ledgers: [] });

    expect(waiting.ledgers.map((ledger) => [ledger.poolId, ledger.waiting])).toEqual([
      [poolId('1'), [ID]],
      [poolId('2'), [ID]],
    ]);
    expect(held.ledgers.map(({ poolId: id, held: sum, version }) => [id, sum, version])).toEqual([
      [poolId('1'), 8, 1],
      [poolId('2'), 8, 1],
    ]);
  });

  it('says ids where it knows no names', () => {
    const shard = aShard({ instanceTypes: [] });
    const choice = aChoice();
    const published = { hash: POLICY_HASH, policy: { ...aPolicy(), accounts: [] } };

    expect(submitted({ shard, published }, aSubmission({ choice })).request?.labels).toEqual({
      account: ACCOUNT,
      pool: 'SQL Server 1',
      source: 'sql-server',
    });
  });

  it.each`
    name      | source
    ${'db-1'} | ${'db-1'}
    ${null}   | ${'i-0000000000000000a'}
  `('calls what it starts $source', ({ name, source }) => {
    const instance = anInstance({ state: 'stopped', name });
    const target = { operation: 'start', instanceId: instance.instanceId } as const;
    const shard = aShard({ instances: [instance] });
    const command = aSubmission({ choice: aChoice({ target }) });

    expect(submitted({ shard }, command).request?.labels.source).toBe(source);
  });

  it('does nothing for a request that is there already', () => {
    expect(submit(aState({ existing: aRequest() }), aSubmission(), NOW, sha256)).toMatchObject({
      kind: 'repeated',
      step: { request: null, ledgers: [], audit: [], messages: [] },
    });
  });

  it.each`
    state                                                          | choice              | why
    ${{ requester: aPerson('UREQUESTER', { outsider: 'guest' }) }} | ${{}}               | ${{ code: 'outsider' }}
    ${{ published: null }}                                         | ${{}}               | ${{ code: 'policy-missing' }}
    ${{ shard: null }}                                             | ${{}}               | ${{ code: 'cannot-launch', reasons: [{ code: 'figures-missing' }] }}
    ${{}}                                                          | ${{ target: GONE }} | ${{ code: 'cannot-launch', reasons: [{ code: 'template-unknown', launchTemplateId: 'lt-gone' }] }}
  `('refuses and tells why: $why.code', ({ state, choice, why }) => {
    const command = aSubmission({ choice: aChoice(choice) });

    const outcome = submit(aState(state), command, NOW, sha256);

    expect(outcome).toMatchObject({
      kind: 'refused',
      why,
      step: {
        request: null,
        audit: [{ stream: `request/${ID}`, event: 'submit.refused', details: { why: why.code } }],
        messages: [
          { queue: 'answers', message: { notice: { kind: 'refused', action: 'submit', why } } },
        ],
      },
    });
  });
});

describe('trying again', () => {
  const again = aSubmission({ retryOf: 'req-000000000z' });
  const retried = (changes: Partial<LaunchRequest>) =>
    aRequest({ id: 'req-000000000z', standing: null, dueAt: null, ...changes });

  it.each(['expired', 'failed', 'denied', 'cancelled'] as const)(
    'is a new request that names the one that is %s',
    (status) => {
      expect(submitted({ retried: retried({ status }) }, again).request).toMatchObject({
        id: ID,
        generation: 1,
        retryOf: 'req-000000000z',
        decisions: [],
      });
    },
  );

  it.each`
    request                                                 | why
    ${null}                                                 | ${{ code: 'not-found' }}
    ${retried({ status: 'denied', requestedBy: 'UOTHER' })} | ${{ code: 'not-your-request' }}
    ${retried({ status: 'pending' })}                       | ${{ code: 'already-decided', status: 'pending', by: null }}
    ${retried({ status: 'unknown' })}                       | ${{ code: 'already-decided', status: 'unknown', by: null }}
    ${retried({ status: 'confirmed' })}                     | ${{ code: 'already-decided', status: 'confirmed', by: null }}
  `('is refused: $why.code', ({ request, why }) => {
    expect(submit(aState({ retried: request }), again, NOW, sha256)).toMatchObject({
      kind: 'refused',
      why,
      step: { request: null, audit: [{ event: 'submit.refused' }] },
    });
  });

  it('names who decided what is not to be tried again', () => {
    const request = retried({ status: 'confirmed', decisions: [aDecision()] });

    expect(submit(aState({ retried: request }), again, NOW, sha256)).toMatchObject({
      why: { by: 'UAPPROVER' },
    });
  });
});

describe('the open requests of a person', () => {
  const most = aPublishedPolicy({ limits: { openRequestsPerPerson: 2 } });

  it('are as many as policy allows', () => {
    const quota = aQuota({ openRequestIds: ['a'] });

    expect(submitted({ published: most, quota })).toMatchObject({
      request: { status: 'pending' },
      quotas: [{ openRequestIds: ['a', ID] }],
    });
  });

  it('are no more: the next is denied with its alternatives, and counts for nothing', () => {
    const quota = aQuota({ openRequestIds: ['a', 'b'] });

    expect(submitted({ published: most, quota })).toMatchObject({
      request: {
        status: 'denied',
        gate: null,
        evaluation: {
          verdict: 'refuse',
          reasons: [{ code: 'too-many-open-requests', maximum: 2 }, { code: 'needs-approval' }],
        },
      },
      ledgers: [],
      quotas: [],
    });
  });
});

describe('the gate of a new request', () => {
  it('is its rule as policy says it now, and says when the clock asks again', () => {
    expect(submitted().request).toMatchObject({
      gate: { rule: 'one', levels: [{ approvers: { users: ['UAPPROVER', 'UAPPROVER2'] } }] },
      remindAt: later(NOW, 4 * HOUR_MS),
      reminded: 0,
      escalatedAt: null,
    });
  });

  it('is none where nobody has to approve it, or nobody may', () => {
    const conflict = [
      { name: 'one', levels: [{ approvers: 'approver' }], channel: 'C0APPROVAL' },
      { name: 'two', levels: [{ approvers: 'approver' }], channel: 'C0APPROVAL' },
    ];
    const published = aPublishedPolicy({ approvals: conflict });

    expect(submitted({ published: aPublishedPolicy(AUTOMATIC) }).request?.gate).toBeNull();
    expect(submitted({ published }).request).toMatchObject({
      status: 'denied',
      gate: null,
      evaluation: { reasons: [{ code: 'needs-approval' }, { code: 'rules-conflict' }] },
    });
  });

  it('N24 cannot be satisfied by a user group of nobody else', () => {
    const published = aPublishedPolicy({
      approvals: [
        { name: 'one', levels: [{ approvers: { userGroups: ['SDBA'] } }], channel: 'C0APPROVAL' },
      ],
    });
    const members = (...people: readonly string[]) => new Map([['SDBA', people]]);

    expect(submitted({ published, userGroups: members('UREQUESTER') }).request).toMatchObject({
      status: 'denied',
      evaluation: { reasons: [{ code: 'needs-approval' }, { code: 'nobody-may-approve' }] },
    });
    expect(submitted({ published, userGroups: members('UDBA') }).request?.status).toBe('pending');
  });
});

describe('poolsToRead', () => {
  it('are the request’s and the Region’s, each once and in order', () => {
    const evaluation = anEvaluation({ draws: [aDraw({ poolId: poolId('9') }), aDraw()] });

    expect(poolsToRead(aRequest({ evaluation }), aShard())).toEqual([poolId('1'), poolId('9')]);
    expect(poolsToRead(null, null)).toEqual([]);
  });
});
