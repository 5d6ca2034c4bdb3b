import { describe, expect, it } from 'vitest';
import { DAY_MS, later } from '#domain/instant.ts';
import { mayConfirmAlone, proposePolicy, wasInForce } from '#domain/policy/policy-proposal.ts';
import { aProposal, aPublishedPolicy, NOW, POLICY_HASH, sha256 } from '../../builders.ts';

const HASH = 'd'.repeat(64);
const PROPOSED = {
  hash: HASH,
  expected: POLICY_HASH,
  proposedBy: 'UADMIN',
  principal: 'arn:aws:iam::111122223333:user/ada',
  rollBack: false,
};

describe('proposing a policy', () => {
  it('waits a day for a second administrator, says so on the card and in the audit', () => {
    const outcome = proposePolicy(aPublishedPolicy(), PROPOSED, NOW, sha256);

    expect(outcome).toMatchObject({
      kind: 'proposed',
      proposal: {
        ...PROPOSED,
        id: expect.stringMatching(/^pol-[0-9a-f]{10}$/),
        status: 'open',
        decision: null,
        proposedAt: NOW,
        expiresAt: later(NOW, DAY_MS),
        version: 1,
      },
    });
    const { proposal, step } = outcome.kind === 'proposed' ? outcome : expect.fail();
    expect(step).toMatchObject({
      proposal,
      audit: [
        {
          stream: 'policy',
          event: 'policy.proposed',
          by: 'UADMIN',
          details: {
            proposal: proposal.id,
            hash: HASH,
            expected: POLICY_HASH,
            principal: PROPOSED.principal,
          },
        },
      ],
      messages: [{ queue: 'answers', message: { kind: 'policy-card', proposalId: proposal.id } }],
    });
  });

  it('may be the first policy', () => {
    const first = { ...PROPOSED, expected: null };

    expect(proposePolicy(null, first, NOW, sha256).kind).toBe('proposed');
  });

  it('proposes nothing that is published already', () => {
    const same = { ...PROPOSED, hash: POLICY_HASH, expected: null };

    expect(proposePolicy(aPublishedPolicy(), same, NOW, sha256)).toEqual({ kind: 'unchanged' });
  });

  it.each([
    ['another', aPublishedPolicy(), 'e'.repeat(64), POLICY_HASH],
    ['none', aPublishedPolicy(), null, POLICY_HASH],
    ['one, and there is none', null, POLICY_HASH, null],
  ])(
    'is refused when %s was expected, with what is published',
    (_what, published, expected, now) => {
      expect(proposePolicy(published, { ...PROPOSED, expected }, NOW, sha256)).toEqual({
        kind: 'stale',
        published: now,
      });
    },
  );
});

describe('confirming alone', () => {
  it.each`
    what                                        | expected       | first                   | allowed
    ${'the only first administrator'}           | ${null}        | ${['UADMIN']}           | ${true}
    ${'the same, written twice'}                | ${null}        | ${['UADMIN', 'UADMIN']} | ${true}
    ${'one of two first administrators'}        | ${null}        | ${['UADMIN', 'UOTHER']} | ${false}
    ${'somebody else'}                          | ${null}        | ${['UOTHER']}           | ${false}
    ${'the only one, but not the first policy'} | ${POLICY_HASH} | ${['UADMIN']}           | ${false}
  `('$what: $allowed', ({ expected, first, allowed }) => {
    expect(mayConfirmAlone(aProposal({ expected }), first)).toBe(allowed);
  });
});

describe('wasInForce', () => {
  const event = (name: string, hash: string, expected: string | null) => ({
    stream: 'policy',
    at: NOW,
    event: name,
    by: 'UADMIN',
    details: { proposal: 'pol-0123456789', hash, expected },
  });
  const trail = [
    event('policy.proposed', 'b', 'a'),
    event('policy.confirmed', 'b', 'a'),
    event('policy.proposed', 'c', 'b'),
    event('policy.rejected', 'c', 'b'),
  ];

  it.each`
    hash   | was      | because
    ${'a'} | ${true}  | ${'another was confirmed in its place'}
    ${'b'} | ${true}  | ${'it was confirmed'}
    ${'c'} | ${false} | ${'it was only proposed'}
    ${'d'} | ${false} | ${'nobody knows it'}
  `('is $was of $hash: $because', ({ hash, was }) => {
    expect(wasInForce(trail, hash)).toBe(was);
  });
});
