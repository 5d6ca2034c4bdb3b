import { describe, expect, it } from 'vitest';
import { HOUR_MS, later } from '#domain/instant.ts';
import { sealPlan } from '#domain/launch/launch-planning.ts';
import { decide } from '#domain/requests/decide.ts';
import type { DecisionState } from '#domain/requests/decision-outcome.ts';
import {
  aChoice,
  aConfiguration,
  aHold,
  aHost,
  aLedger,
  aPerson,
  aPlan,
  aPublishedPolicy,
  aQuota,
  aRequest,
  aShard,
  aTemplate,
  NOW,
  poolId,
  sha256,
} from '../../builders.ts';
import {
  aClick,
  aDecision,
  aState,
  decided,
  ENDS,
  ID,
  SMALL,
  said,
  TWO_SEATS,
} from './decision-state.ts';

const OTHER = 'req-000000000z';
const TWO = aChoice({ count: 2 });
const GONE = aChoice({ target: { operation: 'launch', launchTemplateId: 'lt-gone' } });

function edited(changes: Partial<DecisionState> = {}, choice = TWO, by = 'UREQUESTER') {
  const state = aState({ actor: aPerson(by), ...changes });
  return decided(state, aClick('edit', by, { choice, reason: 'Two, in fact' }));
}

function refused(changes: Partial<DecisionState>, choice = TWO, by = 'UREQUESTER') {
  const state = aState({ actor: aPerson(by), ...changes });
  return decide(state, aClick('edit', by, { choice }), NOW, sha256);
}

describe('an edit', () => {
  const published = aPublishedPolicy(TWO_SEATS);
  const request = aRequest({ decisions: [aDecision()], reminded: 2, escalatedAt: NOW });
  const step = edited({ published, request });

  it('makes a new generation with a plan of its own, which nobody has approved', () => {
    const plan = aPlan({ count: 2 });

    expect(step.request).toMatchObject({
      generation: 2,
      status: 'pending',
      choice: TWO,
      plan,
      planHash: sealPlan(plan, sha256),
      reason: 'Two, in fact',
      editors: ['UREQUESTER'],
      decisions: [{ by: 'UAPPROVER', generation: 1 }],
      dueAt: later(NOW, 72 * HOUR_MS),
      reminded: 0,
      escalatedAt: null,
      reasked: { why: 'edited', at: NOW, choice: aChoice(), rule: 'one' },
    });
  });

  it('moves what it holds from the old draws to the new ones, in one step', () => {
    expect(step.ledgers).toMatchObject([
      { held: 16, holds: [{ consumer: `request/${ID}`, licenses: 16, firm: false }] },
    ]);
    expect(step.audit.map(({ event }) => event)).toEqual(['request.edited', 'hold.placed']);
    expect(step.notAfter).toEqual(ENDS);
  });

  it('tells those whose approvals are void, and asks again', () => {
    expect(said(step.messages)).toEqual([
      'done to UREQUESTER',
      'asked-again to UAPPROVER',
      'reminder',
      'card',
    ]);
  });

  it('may be made by whom it is for, who becomes an editor', () => {
    const forOther = aRequest({ for: 'UOTHER' });
    const byOther = edited({ request: forOther }, TWO, 'UOTHER');

    expect(byOther.request?.editors).toEqual(['UREQUESTER', 'UOTHER']);
    expect(said(byOther.messages)).toContain('asked-again to UREQUESTER');
  });

  it('clears a counter-offer', () => {
    const offered = decided(aState(), aClick('counter')).request;

    expect(offered?.counter).not.toBeNull();
    expect(edited({ request: offered }).request?.counter).toBeNull();
  });

  it('may move to another pool', () => {
    const shard = aShard({ configurations: [aConfiguration(), aConfiguration({ digit: '2' })] });
    const ledgers = [aLedger({ holds: [aHold()], waiting: [OTHER] }), aLedger({ digit: '2' })];

    const moved = edited({ shard, ledgers }, aChoice({ poolId: poolId('2') }));

    expect(moved.ledgers.map(({ poolId: id, held }) => [id, held])).toEqual([
      [poolId('1'), 0],
      [poolId('2'), 8],
    ]);
    expect(said(moved.messages)).toContain('promote');
  });

  it('may move to another host, whose licenses are there once the first’s are given back', () => {
    const hosts = [aHost(), aHost({ hostId: 'h-other' })];
    const template = aTemplate({ tenancy: 'host' });
    const configurations = [aConfiguration({ countingType: 'Core', limit: 64 })];
    const shard = aShard({ configurations, hosts, launchTemplates: [template] });
    const holds = [aHold({ consumer: `host/${aHost().hostId}`, licenses: 64 })];
    const ledgers = [aLedger({ countingType: 'Core', limit: 64, holds })];

    expect(edited({ shard, ledgers }, aChoice({ hostId: 'h-other' }))).toMatchObject({
      request: { standing: 'waiting', evaluation: { fits: true } },
      ledgers: [{ held: 0, waiting: [ID] }],
    });
  });

  it('waits when it fits no more, and may hold when it does', () => {
    const large = edited({ ledgers: [aLedger({ consumed: 80, holds: [aHold()] })] });
    const ledgers = [aLedger({ consumed: 80, waiting: [ID, OTHER] })];
    const small = edited(
      { request: aRequest({ standing: 'waiting' }), quota: aQuota(), ledgers },
      SMALL,
    );

    expect(large).toMatchObject({
      request: { standing: 'waiting' },
      ledgers: [{ held: 0, waiting: [ID] }],
      quotas: [{ heldRequestIds: [], openRequestIds: [ID] }],
    });
    expect(small).toMatchObject({
      request: { standing: 'held' },
      ledgers: [{ held: 2, waiting: [OTHER] }],
      quotas: [{ heldRequestIds: [ID] }],
    });
  });

  it('is approved by policy when it has become small enough', () => {
    const automatic = aPublishedPolicy({ autoApproval: [{ upToLicenses: 2 }] });
    const small = edited({ published: automatic }, SMALL);

    expect(small).toMatchObject({
      request: { status: 'approved', generation: 2, decisions: [{ kind: 'auto-approve' }] },
      ledgers: [{ held: 2, holds: [{ firm: true }] }],
    });
  });

  it.each`
    by              | changes                                                   | choice  | why
    ${'UAPPROVER'}  | ${{}}                                                     | ${TWO}  | ${{ code: 'not-your-request' }}
    ${'UADMIN'}     | ${{}}                                                     | ${TWO}  | ${{ code: 'not-your-request' }}
    ${'UBENEFITS'}  | ${{ request: aRequest({ for: 'UBENEFITS' }) }}            | ${TWO}  | ${{ code: 'cannot-launch', reasons: [{ code: 'not-a-requester' }] }}
    ${'UREQUESTER'} | ${{ shard: null }}                                        | ${TWO}  | ${{ code: 'cannot-launch', reasons: [{ code: 'figures-missing' }] }}
    ${'UREQUESTER'} | ${{ published: null }}                                    | ${TWO}  | ${{ code: 'policy-missing' }}
    ${'UREQUESTER'} | ${{}}                                                     | ${GONE} | ${{ code: 'cannot-launch', reasons: [{ code: 'template-unknown' }] }}
    ${'UREQUESTER'} | ${{ ledgers: [aLedger({ limit: 8, holds: [aHold()] })] }} | ${TWO}  | ${{ code: 'cannot-launch', reasons: [{ code: 'more-than-limit' }] }}
    ${'UREQUESTER'} | ${{ request: aRequest({ status: 'approved' }) }}          | ${TWO}  | ${{ code: 'already-decided', status: 'approved' }}
    ${'UREQUESTER'} | ${{ request: aRequest({ planHash: 'c'.repeat(64) }) }}    | ${TWO}  | ${{ code: 'plan-changed' }}
    ${'UREQUESTER'} | ${{ request: aRequest({ dueAt: NOW }) }}                  | ${TWO}  | ${{ code: 'expired' }}
  `('by $by changes nothing: $why.code', ({ by, changes, choice, why }) => {
    expect(refused(changes, choice, by)).toMatchObject({
      kind: 'refused',
      why,
      step: { request: null, ledgers: [], audit: [{ event: 'edit.refused' }] },
    });
  });

  it('changes nothing when it would have to wait and no more may', () => {
    const waiting = Array.from({ length: 1000 }, (_none, index) => `req-${index}`);
    const ledgers = [aLedger({ consumed: 90, holds: [aHold()], waiting })];

    expect(refused({ ledgers })).toMatchObject({
      why: { code: 'cannot-launch', reasons: [{ code: 'line-full' }] },
      step: { request: null, ledgers: [] },
    });
  });
});

describe('T09 whoever edited', () => {
  it('approves nothing of it, as an approver either', () => {
    const request = aRequest({ for: 'UAPPROVER' });
    const roles = {
      requester: { everyone: true },
      approver: { users: ['UAPPROVER', 'UAPPROVER2'] },
    };
    const published = aPublishedPolicy({ roles });
    const after = edited({ published, request }, TWO, 'UAPPROVER').request;
    const approving = aState({ published, request: after && { ...after, for: 'UREQUESTER' } });
    const command = aClick('approve', 'UAPPROVER', { planHash: after?.planHash ?? '' });

    expect(decide(approving, command, NOW, sha256)).toMatchObject({ why: { code: 'own-request' } });
  });
});
