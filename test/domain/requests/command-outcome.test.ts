import { describe, expect, it } from 'vitest';
import type { AuditEntry } from '#domain/audit/audit.ts';
import { chain } from '#domain/audit/audit-chain.ts';
import { commandOutcome } from '#domain/requests/command-outcome.ts';
import { aRequest, NOW, sha256 } from '../../builders.ts';
import { aDecision } from './decision-state.ts';

const KEY = 'k1';

/** What was audited of commands: event, key of the command, why. */
function trailOf(
  ...events: readonly (readonly [event: string, command: string, why?: string])[]
): readonly AuditEntry[] {
  const whole = events.map(([event, command, why]) => ({
    stream: 'request/req-0000000001',
    at: NOW,
    event,
    by: 'UAPPROVER',
    details: why === undefined ? { command } : { command, why },
  }));
  return chain(null, whole, sha256);
}

const refusal = ['approve.refused', KEY, 'not-your-level'] as const;
const reopened = ['request.seats-reopened', KEY] as const;
const decided = aRequest({ decisions: [aDecision({ key: KEY })] });

describe('what became of a command', () => {
  it.each`
    kind         | request       | trail                             | outcome       | why                 | because
    ${'submit'}  | ${null}       | ${[]}                             | ${'pending'}  | ${null}             | ${'the request is not there yet'}
    ${'submit'}  | ${aRequest()} | ${[]}                             | ${'done'}     | ${null}             | ${'the request is what it makes'}
    ${'approve'} | ${null}       | ${[]}                             | ${'pending'}  | ${null}             | ${'there is nothing to decide on yet'}
    ${'approve'} | ${aRequest()} | ${[]}                             | ${'pending'}  | ${null}             | ${'nothing is written of it'}
    ${'approve'} | ${aRequest()} | ${[['request.approved', 'k0']]}   | ${'pending'}  | ${null}             | ${'another command did that'}
    ${'approve'} | ${aRequest()} | ${[['request.approved', KEY]]}    | ${'done'}     | ${null}             | ${'its event is audited'}
    ${'approve'} | ${decided}    | ${[]}                             | ${'done'}     | ${null}             | ${'the request has its decision'}
    ${'approve'} | ${aRequest()} | ${[['approve.repeated', KEY]]}    | ${'repeated'} | ${null}             | ${'they had approved before'}
    ${'submit'}  | ${null}       | ${[['submit.refused', KEY, 'x']]} | ${'refused'}  | ${'x'}              | ${'a refusal makes no request'}
    ${'approve'} | ${aRequest()} | ${[reopened, refusal]}            | ${'refused'}  | ${'not-your-level'} | ${'what it found besides is not what it was for'}
    ${'approve'} | ${aRequest()} | ${[['approve.refused', KEY]]}     | ${'refused'}  | ${'unknown'}        | ${'the audit does not say why'}
  `('is $outcome for $kind: $because', ({ kind, request, trail, outcome, why }) => {
    expect(commandOutcome({ key: KEY, kind }, request, trailOf(...trail))).toEqual({
      key: KEY,
      outcome,
      why,
    });
  });
});
