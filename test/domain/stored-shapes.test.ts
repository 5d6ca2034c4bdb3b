import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { AuditEntry } from '#domain/audit/audit.ts';
import { instanceFamily } from '#domain/estate/instance-type.ts';
import { InventoryShard } from '#domain/estate/inventory.ts';
import { AnswerJob } from '#domain/jobs/answer-job.ts';
import { DecisionCommand } from '#domain/jobs/decision-command.ts';
import { OutboxEntry } from '#domain/jobs/outbox.ts';
import { PoolLedger } from '#domain/licenses/license-pool.ts';
import { Notice } from '#domain/notice.ts';
import { Person } from '#domain/person.ts';
import { LaunchRequest } from '#domain/requests/launch-request.ts';
import { addHeld, PersonQuota, removeHeld } from '#domain/requests/person-quota.ts';
import { AccountId, Region, scopeKey } from '#domain/scope.ts';
import {
  aHold,
  aHost,
  aLedger,
  anEvaluation,
  anInstance,
  aPerson,
  aQuota,
  aRequest,
  aShard,
  aSubmission,
  aUsage,
  NOW,
  poolId,
} from '../builders.ts';

const notice = { kind: 'refused', action: 'approve', why: { code: 'expired' } } as const;
const replyTo = { personId: 'U1', channelId: null, responseUrl: null };
const card = { queue: 'answers', message: { kind: 'card', requestId: 'req-0000000001' } } as const;
const command = { kind: 'promote', key: 'k', at: NOW, poolId: poolId('1') } as const;
const reasons = [
  { code: 'configuration-expired', poolId: poolId('1'), expiredAt: NOW } as const,
  { code: 'figures-old', poolId: poolId('1'), asOf: NOW } as const,
];

describe('what is stored or sent', () => {
  it.each<[string, z.ZodType, unknown]>([
    [
      'a shard',
      InventoryShard,
      aShard({
        instances: [anInstance()],
        usage: [aUsage()],
        hosts: [aHost({ allocatedAt: NOW })],
      }),
    ],
    ['a request', LaunchRequest, aRequest({ evaluation: anEvaluation({ reasons }) })],
    ['a ledger', PoolLedger, aLedger({ holds: [aHold()], expiresAt: NOW })],
    ['a quota', PersonQuota, aQuota()],
    ['a person', Person, aPerson('U1')],
    ['a submission', DecisionCommand, aSubmission()],
    ['a notice', Notice, notice],
    ['a job', AnswerJob, { kind: 'notice', key: 'k', requestId: 'r', notice, replyTo }],
    [
      'an outbox entry',
      OutboxEntry,
      {
        id: 'o',
        messages: [card, { queue: 'decisions', group: 'g', message: command }],
        writtenAt: NOW,
      },
    ],
    [
      'an audit entry',
      AuditEntry,
      {
        stream: 'request/1',
        sequence: 1,
        at: NOW,
        event: 'e',
        by: 'U1',
        details: { n: 1, s: 's', b: true, z: null },
        previousHash: '',
        hash: 'h',
      },
    ],
  ])('%s comes back from JSON as it was', (_name, schema, value) => {
    const text = JSON.stringify(z.encode(schema, value));

    expect(schema.parse(JSON.parse(text))).toEqual(value);
  });

  it.each(['12345678901', '1234567890123', 'twelve'])('%s is no account id', (id) => {
    expect(AccountId.safeParse(id).success).toBe(false);
  });

  it.each([
    ['us-gov-west-1', true],
    ['eu-west-1', true],
    ['eu-west', false],
    ['EU-WEST-1', false],
  ])('%s as a Region: %s', (code, is) => {
    expect(Region.safeParse(code).success).toBe(is);
  });

  it('a scope is written as account and Region', () => {
    expect(scopeKey({ account: '222233334444', region: 'eu-west-1' })).toBe(
      '222233334444/eu-west-1',
    );
  });

  it.each([
    ['r6i.2xlarge', 'r6i'],
    ['u-6tb1.metal', 'u-6tb1'],
    ['odd', 'odd'],
  ])('%s is of family %s', (type, family) => {
    expect(instanceFamily(type)).toBe(family);
  });
});

describe('a person’s quota', () => {
  it('counts each request once, and forgets it once', () => {
    const one = addHeld(aQuota(), 'a');

    expect(one.heldRequestIds).toEqual(['a']);
    expect(addHeld(one, 'a')).toBe(one);
    expect(removeHeld(one, 'a').heldRequestIds).toEqual([]);
    expect(removeHeld(one, 'b')).toBe(one);
  });
});
