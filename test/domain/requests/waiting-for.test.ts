import { describe, expect, it } from 'vitest';
import { waitsFor } from '#domain/requests/waiting-for.ts';
import { aPerson, aPublishedPolicy, aRequest, NOW, PLAN_HASH } from '../../builders.ts';
import { aDecision, aState, SMALL, TWO_LEVELS } from './decision-state.ts';

const escalation = { after: 'PT1H', to: { users: ['UDEPUTY'] } };
const { approvals } = TWO_LEVELS;
const published = aPublishedPolicy({
  approvals: approvals.map((one) => ({ ...one, escalation })),
});
const first = [aDecision({ by: 'UAPPROVER', level: 0 })];
const both = [...first, aDecision({ by: 'USECOND', level: 1 })];
const counter = {
  by: 'USECOND',
  at: NOW,
  reason: 'Half of it will do',
  choice: SMALL,
  plan: aRequest().plan,
  planHash: PLAN_HASH,
  evaluation: aRequest().evaluation,
  level: 1,
  route: 'slack',
  principal: null,
  key: 'k1',
} as const;

describe('a request waits', () => {
  it.each`
    changes                                        | person          | waits    | because
    ${{}}                                          | ${'UAPPROVER'}  | ${true}  | ${'their level is open'}
    ${{}}                                          | ${'USILENT'}    | ${true}  | ${'silent approvers may sit there'}
    ${{}}                                          | ${'USECOND'}    | ${false} | ${'their level comes later'}
    ${{}}                                          | ${'UNOBODY'}    | ${false} | ${'they approve nothing'}
    ${{}}                                          | ${'UDEPUTY'}    | ${false} | ${'nobody called them in yet'}
    ${{ escalatedAt: NOW }}                        | ${'UDEPUTY'}    | ${true}  | ${'an escalation called them in'}
    ${{ for: 'UAPPROVER' }}                        | ${'UAPPROVER'}  | ${false} | ${'they benefit from it'}
    ${{ decisions: first }}                        | ${'UAPPROVER'}  | ${false} | ${'they approved'}
    ${{ decisions: first }}                        | ${'USECOND'}    | ${true}  | ${'their level is open now'}
    ${{ decisions: [aDecision({ by: 'UBOTH' })] }} | ${'UBOTH'}      | ${false} | ${'one person fills one seat'}
    ${{ decisions: both }}                         | ${'UBOTH'}      | ${false} | ${'every seat is filled'}
    ${{ decisions: first, generation: 2 }}         | ${'UAPPROVER'}  | ${true}  | ${'it was asked for again since'}
    ${{ status: 'approved' }}                      | ${'UAPPROVER'}  | ${false} | ${'it is decided'}
    ${{ counter }}                                 | ${'UREQUESTER'} | ${true}  | ${'they have an offer to answer'}
    ${{ counter, status: 'expired' }}              | ${'UREQUESTER'} | ${false} | ${'it is too late to answer'}
    ${{}}                                          | ${'UREQUESTER'} | ${false} | ${'others are to decide'}
  `('for $person with $changes: $waits, because $because', ({ changes, person, waits }) => {
    const { request } = aState({ request: aRequest(changes), published });

    expect(request && waitsFor(request, aPerson(person))).toBe(waits);
  });

  it('for nobody where no rule says who is to approve', () => {
    expect(waitsFor(aRequest({ gate: null }), aPerson('UAPPROVER'))).toBe(false);
  });
});
