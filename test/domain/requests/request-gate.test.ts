import { describe, expect, it } from 'vitest';
import type { Decision } from '#domain/requests/launch-request.ts';
import { gateState, openLevel, seatsLeft } from '#domain/requests/request-gate.ts';
import { aPublishedPolicy, aRequest, NOW } from '../../builders.ts';
import { aDecision, aState, ENDS, rule } from './decision-state.ts';

const THREE_SEATS = aPublishedPolicy(
  rule(
    [
      { approvers: { users: ['UONE', 'UTWO', 'UREQUESTER'], userGroups: ['SDBA'] }, quorum: 2 },
      { approvers: { users: ['UTHREE'] }, silent: { users: ['USILENT'] } },
    ],
    { escalation: { after: 'PT1H', to: { users: ['UDEPUTY'], userGroups: ['SONCALL'] } } },
  ),
);

function gated(decisions: readonly Decision[] = [], changes = {}) {
  const { request } = aState({
    request: aRequest({ decisions, ...changes }),
    published: THREE_SEATS,
  });
  if (request === null) throw new Error('no request');
  return request;
}
const first = aDecision({ by: 'UONE' });
const second = aDecision({ by: 'UTWO' });
const third = aDecision({ by: 'USILENT', level: 1 });

describe('gateState', () => {
  it.each`
    decisions                                 | open    | left | seats     | waitedFor
    ${[]}                                     | ${0}    | ${3} | ${[0, 0]} | ${{ users: ['UONE', 'UTWO'], userGroups: ['SDBA'] }}
    ${[first]}                                | ${0}    | ${2} | ${[1, 0]} | ${{ users: ['UTWO'], userGroups: ['SDBA'] }}
    ${[{ ...first, level: null }]}            | ${0}    | ${3} | ${[0, 0]} | ${{ users: ['UONE', 'UTWO'], userGroups: ['SDBA'] }}
    ${[{ ...first, generation: 2 }]}          | ${0}    | ${3} | ${[0, 0]} | ${{ users: ['UONE', 'UTWO'], userGroups: ['SDBA'] }}
    ${[{ ...first, kind: 'deny', level: 0 }]} | ${0}    | ${3} | ${[0, 0]} | ${{ users: ['UONE', 'UTWO'], userGroups: ['SDBA'] }}
    ${[first, second]}                        | ${1}    | ${1} | ${[2, 0]} | ${{ users: ['UTHREE'], userGroups: [] }}
    ${[first, second, third]}                 | ${null} | ${0} | ${[2, 1]} | ${{ users: [], userGroups: [] }}
  `(
    'has $left seats left and level $open open after $decisions.length decisions',
    ({ decisions, open, left, seats, waitedFor }) => {
      const state = gateState(gated(decisions));

      expect(state).toMatchObject({ rule: 'one', stepUp: false, open, seatsLeft: left, waitedFor });
      expect(state?.levels.map((level) => level.seats.length)).toEqual(seats);
      expect(state?.levels.map((level) => level.seatsLeft)).toEqual([2 - seats[0], 1 - seats[1]]);
    },
  );

  it('says who filled a seat and when, and who could fill the others', () => {
    expect(gateState(gated([first]))?.levels).toMatchObject([
      { level: 0, quorum: 2, seats: [{ by: 'UONE', at: NOW }], pending: { users: ['UTWO'] } },
      { level: 1, quorum: 1, seats: [], pending: { users: ['UTHREE'], userGroups: [] } },
    ]);
  });

  it('asks those whom an escalation called in too', () => {
    const state = gateState(gated([], { escalatedAt: NOW }));

    expect(state).toMatchObject({
      escalatedAt: NOW,
      endsAt: ENDS,
      waitedFor: { users: ['UONE', 'UTWO', 'UDEPUTY'], userGroups: ['SDBA', 'SONCALL'] },
    });
  });

  it('mentions once who is approver, silent approver and deputy', () => {
    const twice = { users: ['UONE', 'UTWO'], userGroups: ['SDBA'] };
    const published = aPublishedPolicy(
      rule([{ approvers: twice, silent: twice }], { escalation: { after: 'PT1H', to: twice } }),
    );
    const { request } = aState({ request: aRequest({ escalatedAt: NOW }), published });

    expect(request && gateState(request)?.waitedFor).toEqual(twice);
  });

  it('is nothing where nobody is to approve', () => {
    expect(gateState(aRequest({ gate: null }))).toBeNull();
  });

  it('leaves no seat where more sit than have to', () => {
    const { gate } = gated();
    if (gate === null) throw new Error('no gate');
    const crowd = [{ level: 0 }, { level: 0 }, { level: 0 }];

    expect(seatsLeft(gate, crowd)).toBe(1);
    expect(openLevel(gate, crowd)).toBe(1);
  });

  it('asks nobody of an escalation that its gate does not have', () => {
    const { request } = aState({ request: aRequest({ escalatedAt: NOW }) });

    expect(request && gateState(request)?.waitedFor.users).toEqual(['UAPPROVER', 'UAPPROVER2']);
  });
});
