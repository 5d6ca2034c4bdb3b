import { describe, expect, it } from 'vitest';
import { choiceAt, othersToRead, type RequestCommand } from '#domain/requests/decision-outcome.ts';
import { aChoice, aRequest, NOW } from '../../builders.ts';
import { aClick, aDecision, aState, decided, ID, SMALL } from './decision-state.ts';

const BIG = aChoice({ count: 3 });
const offered = decided(aState(), aClick('counter')).request;
const clock = (kind: 'expire' | 'remind'): RequestCommand => ({
  ...{ kind, key: 'clock', at: NOW, requestId: ID, generation: 1 },
});

describe('what a command is judged on', () => {
  it.each`
    command                                    | request       | choice       | because
    ${aClick('approve')}                       | ${aRequest()} | ${aChoice()} | ${'an approval is of what was asked for'}
    ${aClick('override')}                      | ${aRequest()} | ${aChoice()} | ${'an override too'}
    ${aClick('edit', 'U', { choice: BIG })}    | ${aRequest()} | ${BIG}       | ${'an edit brings its own'}
    ${aClick('counter', 'U', { choice: BIG })} | ${aRequest()} | ${BIG}       | ${'an offer too'}
    ${aClick('accept')}                        | ${offered}    | ${SMALL}     | ${'its acceptance is of what was offered'}
    ${aClick('accept')}                        | ${aRequest()} | ${null}      | ${'nothing was offered'}
    ${aClick('accept')}                        | ${null}       | ${null}      | ${'there is nothing to accept'}
    ${aClick('approve')}                       | ${null}       | ${null}      | ${'there is nothing to approve'}
    ${aClick('deny')}                          | ${aRequest()} | ${null}      | ${'a denial needs no facts'}
    ${aClick('cancel')}                        | ${aRequest()} | ${null}      | ${'nor does the end'}
    ${aClick('decline')}                       | ${offered}    | ${null}      | ${'nor a refused offer'}
    ${aClick('note')}                          | ${aRequest()} | ${null}      | ${'nor words'}
    ${clock('expire')}                         | ${aRequest()} | ${null}      | ${'nor the clock'}
    ${clock('remind')}                         | ${aRequest()} | ${null}      | ${'whatever it does'}
  `('$command.kind: $because', ({ command, request, choice }) => {
    expect(choiceAt(request, command)).toEqual(choice);
  });
});

describe('whom a command depends on beside its actor', () => {
  const decisions = [aDecision({ by: 'UONE' }), aDecision({ by: 'UOLD', generation: 2 })];
  it.each`
    command              | request                    | people
    ${aClick('approve')} | ${aRequest({ decisions })} | ${['UONE']}
    ${aClick('deny')}    | ${aRequest({ decisions })} | ${[]}
    ${aClick('accept')}  | ${offered}                 | ${['UAPPROVER']}
    ${aClick('accept')}  | ${aRequest()}              | ${[]}
    ${aClick('approve')} | ${null}                    | ${[]}
  `('$command.kind: $people', ({ command, request, people }) => {
    expect(othersToRead(request, command)).toEqual(people);
  });
});
