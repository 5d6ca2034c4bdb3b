import { describe, expect, it } from 'vitest';
import { factsOf } from '#domain/requests/judgement.ts';
import type { LaunchRequest, Reasked } from '#domain/requests/launch-request.ts';
import { type Opening, openGeneration } from '#domain/requests/open-generation.ts';
import {
  aChoice,
  anEvaluation,
  aQuota,
  aRequest,
  NOW,
  PLAN_HASH,
  POLICY_HASH,
} from '../../builders.ts';
import { aState, ENDS, ID } from './decision-state.ts';

const EDITED: Reasked = {
  why: 'edited',
  at: NOW,
  choice: aChoice(),
  labels: aRequest().labels,
  hourlyPrice: null,
  rule: 'one',
};
const JUDGED = { generation: 1, planHash: PLAN_HASH, policyHash: POLICY_HASH, command: 'T1' };

function opened(request: Partial<LaunchRequest>, changes: Partial<Opening> = {}) {
  const facts = factsOf(aState({ ledgers: [], quota: aQuota() }));
  if (facts === null) throw new Error('no facts');
  const opening: Opening = {
    request: aRequest({ standing: null, ...request }),
    facts,
    event: 'request.submitted',
    by: 'UREQUESTER',
    key: 'T1',
    messages: [],
    notAfter: ENDS,
    ...changes,
  };
  const outcome = openGeneration(opening, NOW);
  if (outcome.kind !== 'opened') throw new Error(outcome.kind);
  return outcome.step;
}

describe('a generation that is opened', () => {
  const CARD = { queue: 'answers', message: { kind: 'card', requestId: ID } };

  it('is audited with its plan, its verdict and where it stands', () => {
    expect(opened({}).audit[0]).toEqual({
      stream: `request/${ID}`,
      at: NOW,
      event: 'request.submitted',
      by: 'UREQUESTER',
      details: { ...JUDGED, verdict: 'ask', standing: 'held' },
    });
  });

  it('is audited with what it was asked again for', () => {
    const step = opened({ generation: 2, reasked: EDITED }, { event: 'request.edited' });

    expect(step.audit[0]).toEqual({
      stream: `request/${ID}`,
      at: NOW,
      event: 'request.edited',
      by: 'UREQUESTER',
      details: { ...JUDGED, generation: 2, verdict: 'ask', standing: 'held', why: 'edited' },
    });
  });

  it('asks those who may approve once more, unless it is the first', () => {
    const asking = { kind: 'reminder', key: 'T1', requestId: ID, generation: 2, escalation: false };

    expect(opened({}).messages).toEqual([CARD]);
    expect(opened({ generation: 2, reasked: EDITED }).messages).toEqual([
      { queue: 'answers', message: asking },
      CARD,
    ]);
  });

  it('is audited before its approval where policy gives it', () => {
    const evaluation = anEvaluation({ verdict: 'allow', reasons: [] });

    expect(opened({ evaluation }).audit).toMatchObject([
      {
        stream: `request/${ID}`,
        at: NOW,
        event: 'request.submitted',
        by: 'UREQUESTER',
        details: { ...JUDGED, verdict: 'allow', standing: null },
      },
      { stream: `request/${ID}`, event: 'request.auto-approved', by: 'policy', details: JUDGED },
      { event: 'hold.placed' },
    ]);
  });
});
