import { describe, expect, it } from 'vitest';
import type { Unrequested } from '#domain/follow-ups/follow-up.ts';
import { noteEffect, noteEnd, noteUse } from '#domain/follow-ups/unrequested.ts';
import { HOUR_MS, later, MINUTE_MS } from '#domain/instant.ts';
import type { Step } from '#domain/requests/change.ts';
import { aPolicy, NOW, POLICY_HASH, poolId } from '../../builders.ts';
import { anUnrequested, aUse } from '../../follow-up-builders.ts';

const JANE = aUse().principal;
const IDENTITIES = [{ principal: 'arn:aws:iam::222233334444:role/Admin', person: 'UAPPROVER' }];
const POLICY = aPolicy({ identities: IDENTITIES });

/** What a step makes of the follow-up. */
function made(step: Step | null): Unrequested {
  const [followUp] = step?.followUps ?? [];
  if (followUp?.kind !== 'unrequested') throw new Error('Nothing was noted');
  return followUp;
}

const eventsOf = (step: Step | null) => step?.audit.map(({ event, by }) => `${event} by ${by}`);

function decided(do_: 'approve' | 'stop', by = 'UAPPROVER') {
  return [{ action: { do: do_ }, by, at: NOW, policyHash: POLICY_HASH, key: 'click-1' }];
}

describe('a use of licenses', () => {
  it('becomes a follow-up, audited and shown', () => {
    const step = noteUse(null, aUse(), POLICY, NOW);

    expect(made(step)).toEqual(anUnrequested());
    expect(step).toMatchObject({
      audit: [
        {
          stream: 'follow-up/fol-0000000000000001',
          event: 'follow-up.found',
          by: 'watch',
          details: {
            cause: 'launch',
            principal: JANE?.arn,
            resources: 'i-0000000000000000a',
            at: NOW.toISOString(),
          },
        },
      ],
      messages: [{ message: { kind: 'follow-up-card' } }],
    });
  });

  it('that is known changes nothing', () => {
    expect(noteUse(anUnrequested(), aUse(), POLICY, NOW)).toBeNull();
    expect(noteUse(anUnrequested(), aUse({ principal: null }), POLICY, NOW)).toBeNull();
    const open = anUnrequested({ principal: null });
    expect(noteUse(open, aUse({ principal: null }), POLICY, NOW)).toBeNull();
  });

  it('gets who and what it was from CloudTrail, later', () => {
    const known = anUnrequested({ principal: null, cause: 'launch', version: 3 });

    const step = noteUse(known, aUse({ cause: 'start' }), POLICY, later(NOW, MINUTE_MS));

    expect(made(step)).toMatchObject({ version: 4, principal: JANE, cause: 'start' });
    expect(eventsOf(step)).toEqual(['follow-up.completed by watch']);
    expect(step?.audit[0]?.details['principal']).toBe(JANE?.arn);
  });

  it('keeps what CloudTrail said when a look at AWS says less', () => {
    const [first] = aUse().resources;
    if (first === undefined) throw new Error('no resource');
    const second = { ...first, id: 'i-0000000000000000b' };
    const taken = [{ poolId: poolId('1'), licenses: 16 }];
    const seen = aUse({ principal: null, cause: 'start', resources: [first, second], taken });

    expect(made(noteUse(anUnrequested(), seen, POLICY, NOW))).toMatchObject({
      principal: JANE,
      cause: 'launch',
      resources: [first, second],
      taken,
    });
  });

  it('keeps the larger count when a look at AWS shows other resources, and fewer', () => {
    const [first] = aUse().resources;
    if (first === undefined) throw new Error('no resource');
    const [b, c] = ['b', 'c'].map((digit) => ({ ...first, id: `i-0000000000000000${digit}` }));
    if (b === undefined || c === undefined) throw new Error('no resources');
    const taken = [{ poolId: poolId('1'), licenses: 16 }];
    const known = anUnrequested({ resources: [first, b], taken });

    const next = made(noteUse(known, aUse({ resources: [c] }), POLICY, NOW));

    expect(next.resources).toEqual([first, b, c]);
    expect(next.taken).toEqual(taken);
  });

  it.each([
    ['approved', null],
    ['ignored', later(NOW, HOUR_MS)],
  ] as const)('that its own author had %s is open again', (status, ignoredUntil) => {
    const known = anUnrequested({
      principal: null,
      status,
      ignoredUntil,
      dueAt: ignoredUntil,
      decisions: decided('approve'),
    });

    const step = noteUse(known, aUse(), POLICY, NOW);

    expect(made(step)).toMatchObject({ status: 'open', ignoredUntil: null, dueAt: null });
    expect(eventsOf(step)).toEqual(['follow-up.voided by watch']);
  });

  it.each([
    ['somebody else approved', 'approved', decided('approve', 'UAPPROVER2'), POLICY],
    ['its author had stopped', 'stopped', decided('stop'), POLICY],
    ['is judged without a policy', 'approved', decided('approve'), null],
    ['nobody decided', 'open', [], POLICY],
  ] as const)('that %s stays as it was', (_what, status, decisions, policy) => {
    const known = anUnrequested({ principal: null, status, decisions });

    expect(made(noteUse(known, aUse(), policy, NOW)).status).toBe(status);
  });

  it('without a principal voids nothing', () => {
    const [first] = aUse().resources;
    if (first === undefined) throw new Error('no resource');
    const resources = [first, { ...first, id: 'i-0000000000000000b' }];
    const approved = { status: 'approved', decisions: decided('approve') } as const;
    const known = anUnrequested({ principal: null, ...approved });

    const step = noteUse(known, aUse({ principal: null, resources }), POLICY, NOW);

    expect(made(step).status).toBe('approved');
    expect(step?.audit[0]?.details['principal']).toBeNull();
  });
});

describe('the end of a use', () => {
  it.each([
    ['open', 'gone'],
    ['ignored', 'gone'],
    ['associating', 'gone'],
    ['stopping', 'stopped'],
  ] as const)('makes of %s %s', (status, ended) => {
    const step = noteEnd(anUnrequested({ status, dueAt: NOW }), 'arn:jane', NOW);

    expect(made(step)).toMatchObject({ status: ended, dueAt: null });
    expect(eventsOf(step)).toEqual([`follow-up.${ended} by arn:jane`]);
  });

  it.each(['approved', 'associated', 'stopped', 'gone'] as const)('leaves %s', (status) => {
    expect(noteEnd(anUnrequested({ status }), 'watch', NOW)).toBeNull();
  });
});

describe('what came of an effect', () => {
  const stopping = anUnrequested({ status: 'stopping', dueAt: NOW });

  it.each([
    ['stopping', 'stopped'],
    ['associating', 'associated'],
  ] as const)('that is done: %s is %s', (status, done) => {
    const step = noteEffect(anUnrequested({ status, dueAt: NOW }), { kind: 'done' }, NOW);

    expect(made(step)).toMatchObject({ status: done, dueAt: null });
    expect(eventsOf(step)).toEqual([`follow-up.${done} by launch`]);
  });

  it('that is under way is looked at again', () => {
    const step = noteEffect(stopping, { kind: 'under-way' }, NOW);

    expect(made(step)).toMatchObject({ status: 'stopping', dueAt: later(NOW, 5 * MINUTE_MS) });
    expect(eventsOf(step)).toEqual(['follow-up.effect-begun by launch']);
  });

  it('that AWS refused is for people again, with AWS’s words', () => {
    const failure = { code: 'UnsupportedOperation', message: 'Spot instances do not stop.' };

    const step = noteEffect(stopping, { kind: 'refused', ...failure }, NOW);

    expect(made(step)).toMatchObject({ status: 'open', dueAt: null, failure });
    expect(eventsOf(step)).toEqual(['follow-up.effect-failed by launch']);
  });

  it('comes too late for what is settled meanwhile', () => {
    expect(noteEffect(anUnrequested({ status: 'gone' }), { kind: 'done' }, NOW)).toBeNull();
  });
});
