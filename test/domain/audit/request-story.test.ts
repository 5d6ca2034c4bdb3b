import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { AuditEntry, AuditEvent } from '#domain/audit/audit.ts';
import { chain } from '#domain/audit/audit-chain.ts';
import { requestStory } from '#domain/audit/request-story.ts';
import { aRequest, NOW, PLAN_HASH, POLICY_HASH, sha256 } from '../../builders.ts';

const STREAM = 'request/req-0000000001';

function trailOf(...events: readonly Partial<AuditEvent>[]): readonly AuditEntry[] {
  const whole = events.map((event) => ({
    stream: STREAM,
    at: NOW,
    event: 'request.submitted',
    by: 'UREQUESTER',
    details: {},
    ...event,
  }));
  return chain(null, whole, sha256);
}

describe('a request’s story', () => {
  const denial = {
    kind: 'deny',
    by: 'UAPPROVER',
    at: NOW,
    generation: 2,
    planHash: PLAN_HASH,
    policyHash: POLICY_HASH,
    reason: 'No budget',
    level: null,
    route: 'slack',
    principal: null,
    key: 'k4',
  } as const;
  const request = aRequest({
    generation: 2,
    reason: 'More memory',
    notes: [{ by: 'UAPPROVER', at: NOW, text: 'See the ticket' }],
    decisions: [denial],
  });

  it('is told in order, with who, in which generation, and their words', () => {
    const story = requestStory(
      request,
      trailOf(
        { details: { generation: 1, standing: 'held' } },
        { event: 'approve.refused', by: 'UREQUESTER', details: { why: 'own-request' } },
        { event: 'request.edited', details: { generation: 2 } },
        { event: 'request.noted', by: 'UAPPROVER', details: { generation: 2 } },
        { event: 'request.reminded', by: 'clock', details: { generation: 2, reminded: 1 } },
        { event: 'request.denied', by: 'UAPPROVER', details: { generation: 2, command: 'k4' } },
        { event: 'deny.repeated', by: 'UAPPROVER', details: { command: 'k5' } },
      ),
    );

    expect(
      story.map(({ turn, by, generation, what, words }) => [turn, by, generation, what, words]),
    ).toEqual([
      ['submitted', 'UREQUESTER', 1, null, null],
      ['refused', 'UREQUESTER', null, 'approve', null],
      ['edited', 'UREQUESTER', 2, null, 'More memory'],
      ['noted', 'UAPPROVER', 2, null, 'See the ticket'],
      ['reminded', 'clock', 2, null, null],
      ['denied', 'UAPPROVER', 2, null, 'No budget'],
      ['repeated', 'UAPPROVER', null, 'deny', null],
    ]);
  });

  it('tells of a counter-offer in its author’s words only while it is open', () => {
    const trail = trailOf({ event: 'request.countered', details: { command: 'k1' } });
    const counter = {
      by: 'UAPPROVER',
      at: NOW,
      reason: 'Half of it will do',
      choice: request.choice,
      plan: request.plan,
      planHash: PLAN_HASH,
      evaluation: request.evaluation,
      level: 0,
      route: 'slack',
      principal: null,
      key: 'k1',
    } as const;

    expect(requestStory({ ...request, counter }, trail)[0]?.words).toBe('Half of it will do');
    expect(requestStory(request, trail)[0]?.words).toBeNull();
  });

  it('keeps what it has no words for', () => {
    const [line] = requestStory(request, trailOf({ event: 'request.teleported' }));

    expect(line).toMatchObject({ turn: 'other', what: 'request.teleported' });
  });

  it('has words for everything that the domain audits of a request', () => {
    const folder = fileURLToPath(new URL('../../../src/domain/', import.meta.url));
    const sources = globSync('**/*.ts', { cwd: folder }).map((file) =>
      readFileSync(`${folder}${file}`, 'utf8'),
    );
    const events = new Set(
      sources.flatMap((text) => text.match(/(?<=')request\.[a-z-]+(?=')/g) ?? []),
    );

    const story = requestStory(request, trailOf(...[...events].map((event) => ({ event }))));

    expect(events.size).toBeGreaterThan(20);
    expect(story.filter(({ turn }) => turn === 'other').map(({ what }) => what)).toEqual([]);
  });
});
