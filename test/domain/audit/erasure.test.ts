import { describe, expect, it } from 'vitest';
import { ERASED, eraseFromFollowUp, eraseFromRequest } from '#domain/audit/erasure.ts';
import type { FollowUpAction } from '#domain/follow-ups/follow-up.ts';
import { aRequest, NOW, PLAN_HASH, POLICY_HASH } from '../../builders.ts';
import { anUnrequested } from '../../follow-up-builders.ts';
import { aDecision, SMALL } from '../requests/decision-state.ts';

const { plan, evaluation } = aRequest();
const request = aRequest({
  reason: 'Month end',
  decisions: [
    aDecision({ by: 'UAPPROVER' }),
    aDecision({ kind: 'deny', by: 'UAPPROVER', reason: 'No budget', level: null, key: 'k2' }),
  ],
  notes: [{ by: 'UREQUESTER', at: NOW, text: 'See the ticket' }],
  counter: {
    by: 'UAPPROVER',
    at: NOW,
    reason: 'Half of it will do',
    choice: SMALL,
    plan,
    planHash: PLAN_HASH,
    evaluation,
    level: 0,
    route: 'slack',
    principal: null,
    key: 'k3',
  },
});

/** Everything that somebody wrote in it, in order. */
const wordsOf = ({ reason, decisions, notes, counter }: typeof request) => [
  reason,
  ...decisions.map((decision) => decision.reason),
  ...notes.map(({ text }) => text),
  counter?.reason,
];

describe('erasing from a request', () => {
  it.each`
    person          | texts | words
    ${'UREQUESTER'} | ${2}  | ${[ERASED, null, 'No budget', ERASED, 'Half of it will do']}
    ${'UAPPROVER'}  | ${2}  | ${['Month end', null, ERASED, 'See the ticket', ERASED]}
    ${'UNOBODY'}    | ${0}  | ${['Month end', null, 'No budget', 'See the ticket', 'Half of it will do']}
  `('takes $texts texts of $person, and nobody else’s', ({ person, texts, words }) => {
    const erased = eraseFromRequest(request, person);

    expect(erased.texts).toBe(texts);
    expect(wordsOf(erased.document)).toEqual(words);
  });

  it('leaves who did what and when, and every figure', () => {
    const { document } = eraseFromRequest(request, 'UAPPROVER');

    expect(document).toMatchObject({
      requestedBy: 'UREQUESTER',
      plan,
      evaluation,
      decisions: [
        { kind: 'approve', by: 'UAPPROVER', at: NOW, reason: null },
        { kind: 'deny', by: 'UAPPROVER', at: NOW },
      ],
      counter: { by: 'UAPPROVER', choice: SMALL },
    });
  });

  it('finds nothing a second time', () => {
    const { document } = eraseFromRequest(request, 'UREQUESTER');

    expect(eraseFromRequest(document, 'UREQUESTER')).toEqual({ document, texts: 0 });
  });

  it('makes up no offer where there was none', () => {
    expect(eraseFromRequest(aRequest(), 'UAPPROVER').document).toEqual(aRequest());
  });
});

describe('erasing from a follow-up', () => {
  const decided = (by: string, action: FollowUpAction) => ({
    action,
    by,
    at: NOW,
    policyHash: POLICY_HASH,
    key: 'k1',
  });
  const ignored = (reason: string) => ({ do: 'ignore', until: NOW, reason }) as const;

  it('takes the words of one person, and leaves decisions without any', () => {
    const decisions = [
      decided('UAPPROVER', { do: 'approve' }),
      decided('UAPPROVER', ignored('Known to us')),
      decided('UADMIN', ignored('Wait for Jane')),
    ];
    const followUp = anUnrequested({ decisions });

    expect(eraseFromFollowUp(followUp, 'UAPPROVER')).toEqual({
      texts: 1,
      document: {
        ...followUp,
        decisions: [
          decided('UAPPROVER', { do: 'approve' }),
          decided('UAPPROVER', ignored(ERASED)),
          decided('UADMIN', ignored('Wait for Jane')),
        ],
      },
    });
  });
});
