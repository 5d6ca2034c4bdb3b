import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { later, MINUTE_MS } from '#domain/instant.ts';
import type { Policy } from '#domain/policy/policy.ts';
import { obstacleToHold } from '#domain/requests/hold-caps.ts';
import { promote } from '#domain/requests/promote.ts';
import {
  giveBack,
  type Holdings,
  joinLines,
  takeHolds,
  transitionStep,
} from '#domain/requests/transition.ts';
import { collectTerms, goneLine } from '#domain/terms/terms-collection.ts';
import {
  applyRequirement,
  entitledNow,
  freeByTerms,
  newTermsLedger,
  requireHold,
  type TermsFigures,
  type TermsLedger,
  termsLedgerId,
} from '#domain/terms/terms-ledger.ts';
import {
  aHold,
  aLedger,
  anEvaluation,
  aPolicy,
  aQuota,
  aRequest,
  aTermsDraw,
  aTermsLedger,
  NOW,
} from '../../builders.ts';

const ID = 'req-0000000001';
const LATER = later(NOW, MINUTE_MS);

function figures(changes: Partial<TermsFigures> = {}): TermsFigures {
  const {
    held: _held,
    holds: _holds,
    waiting: _waiting,
    version: _version,
    ...own
  } = aTermsLedger();
  return { ...own, asOf: LATER, uncounted: new Map(), ...changes };
}

/** Somebody gives back what they hold, or takes so many licenses if they fit. */
function moved(
  terms: TermsLedger,
  [who, licenses, leaves]: readonly [number, number, boolean],
  limits: Policy['limits'],
): Holdings {
  const requestId = `req-${who}`;
  const holdings = { ledgers: [], terms: [terms], quota: aQuota() };
  if (leaves) return giveBack(holdings, requestId);
  const draw = aTermsDraw({ licenses, consumer: `request/${requestId}` });
  const asks = anEvaluation({ draws: [], terms: [draw] });
  return obstacleToHold(asks, holdings, limits, NOW) === null
    ? takeHolds(holdings, asks, { requestId, firm: false, at: NOW })
    : holdings;
}

describe('a terms ledger', () => {
  it.each`
    edition         | id
    ${'enterprise'} | ${'EA 1 core sql-server/enterprise'}
    ${null}         | ${'EA 1 core sql-server'}
  `('of edition $edition is $id', ({ edition, id }) => {
    expect(termsLedgerId('EA 1', { product: 'sql-server', edition, metric: 'core' })).toBe(id);
  });

  it.each`
    ledger                                                      | at       | entitled | free
    ${{ entitled: null }}                                       | ${NOW}   | ${null}  | ${null}
    ${{ requiredAtLeast: 12 }}                                  | ${NOW}   | ${40}    | ${28}
    ${{ expiresAt: LATER, entitledThen: 10 }}                   | ${NOW}   | ${40}    | ${40}
    ${{ expiresAt: LATER, entitledThen: 10 }}                   | ${LATER} | ${10}    | ${10}
    ${{ requiredAtLeast: 38, holds: [aHold({ licenses: 4 })] }} | ${NOW}   | ${40}    | ${-2}
  `('of $ledger has $free of $entitled left', ({ ledger, at, entitled, free }) => {
    expect(entitledNow(aTermsLedger(ledger), at)).toBe(entitled);
    expect(freeByTerms(aTermsLedger(ledger), at)).toBe(free);
  });

  it('begins with what was counted', () => {
    expect(newTermsLedger(figures())).toEqual({ ...aTermsLedger(), asOf: LATER, version: 0 });
  });

  it('takes newer figures, with holds down by what they count', () => {
    const ledger = aTermsLedger({ holds: [aHold(), aHold({ consumer: 'host/h-1' })] });
    const newer = figures({
      required: 16,
      requiredAtLeast: 16,
      uncounted: new Map([
        ['request/req-0000000001', 4],
        ['host/h-1', 0],
      ]),
    });

    expect(applyRequirement(ledger, newer)).toMatchObject({
      required: 16,
      held: 4,
      holds: [
        { consumer: 'request/req-0000000001', licenses: 4 },
        { consumer: 'host/h-1', licenses: 0 },
      ],
    });
  });

  it('keeps its figures when others are older', () => {
    const ledger = aTermsLedger({ asOf: LATER });

    expect(applyRequirement(ledger, figures({ asOf: NOW, entitled: 1 }))).toBe(ledger);
    expect(collectTerms(ledger, figures({ asOf: NOW, entitled: 1 }), NOW)).toBeNull();
  });
});

describe('what was held and runs', () => {
  it('is required from then on, and older figures do not take it back', () => {
    const ledger = aTermsLedger({ required: 8, requiredAtLeast: 8, holds: [aHold()] });
    const required = requireHold(ledger, ID, LATER);

    expect(required).toMatchObject({ required: 16, requiredAtLeast: 16, held: 0, asOf: LATER });
    expect(applyRequirement(required, figures({ required: 8, asOf: NOW }))).toBe(required);
  });

  it('stays held while another request needs the host', () => {
    const hold = aHold({ consumer: 'host/h-1', requestIds: [ID, 'req-other'] });
    const ledger = aTermsLedger({ holds: [hold] });

    expect(requireHold(ledger, ID, LATER)).toMatchObject({ held: 8, required: 0 });
    expect(requireHold(ledger, 'req-nobody', LATER)).toBe(ledger);
  });

  it('leaves unknown what is not known, and the time as it is when the clock went back', () => {
    const ledger = aTermsLedger({ required: null, asOf: LATER, holds: [aHold()] });

    expect(requireHold(ledger, ID, NOW)).toMatchObject({
      required: null,
      requiredAtLeast: 8,
      asOf: LATER,
    });
  });
});

describe('a collection', () => {
  it('writes the first ledger of a line, and says so', () => {
    expect(collectTerms(null, figures(), NOW)).toMatchObject({
      termsLedgers: [{ version: 1, entitled: 40 }],
      audit: [{ stream: `terms/${aTermsLedger().id}`, event: 'figures.changed' }],
      messages: [],
    });
  });

  it('says nothing of figures that are the same', () => {
    const step = collectTerms(aTermsLedger({ waiting: [ID] }), figures(), NOW);

    expect(step).toMatchObject({ termsLedgers: [{ version: 2, asOf: LATER }], audit: [] });
    expect(step?.messages).toEqual([]);
  });

  it.each([
    { entitled: 60 },
    { required: 4 },
    { requiredAtLeast: 4 },
    { expiresAt: LATER },
    { uncounted: new Map([['request/req-0000000001', 0]]) },
  ])('wakes those who wait when it brings %o', (change) => {
    const ledger = aTermsLedger({ waiting: [ID], holds: [aHold()] });

    expect(collectTerms(ledger, figures(change), NOW)?.messages).toEqual([
      {
        queue: 'decisions',
        group: ledger.id,
        message: {
          kind: 'promote-terms',
          key: `promote/${ledger.id}/2`,
          at: NOW,
          ledgerId: ledger.id,
        },
      },
    ]);
  });

  it('says of a line that is gone that nothing is known to be owned, and leaves its holds', () => {
    const ledger = aTermsLedger({ holds: [aHold()] });
    const gone = { ...goneLine(ledger, LATER), uncounted: new Map() };

    expect(applyRequirement(ledger, gone)).toMatchObject({
      entitled: null,
      required: null,
      held: 8,
    });
  });
});

describe('holds on both lines', () => {
  const evaluation = anEvaluation({ terms: [aTermsDraw()] });
  const nothing = { ledgers: [aLedger()], terms: [aTermsLedger()], quota: aQuota() };
  const hold = { requestId: ID, firm: false, at: NOW };

  it('are placed, and given back, together', () => {
    const held = takeHolds(nothing, evaluation, hold);

    expect(held).toMatchObject({ ledgers: [{ held: 8 }], terms: [{ held: 8 }] });
    expect(giveBack(held, ID)).toEqual(nothing);
  });

  it('are left alone by what draws on something else', () => {
    const held = takeHolds(nothing, anEvaluation({ draws: [], terms: [] }), hold);

    expect(held.terms).toEqual(nothing.terms);
  });

  it('are written with one event for each, and wake each line', () => {
    const before = { ...nothing, terms: [aTermsLedger({ waiting: ['req-other'] })] };
    const step = transitionStep({
      before,
      after: takeHolds(before, evaluation, hold),
      request: aRequest(),
      event: { event: 'request.held', by: 'clock', details: {} },
      messages: [],
      notAfter: null,
      now: NOW,
    });

    expect(step.termsLedgers).toMatchObject([{ held: 8, version: 2 }]);
    expect(step.audit.map(({ stream, event }) => [stream.split('/')[0], event])).toEqual([
      ['request', 'request.held'],
      ['pool', 'hold.placed'],
      ['terms', 'hold.placed'],
    ]);
    expect(step.messages).toContainEqual(
      expect.objectContaining({ message: expect.objectContaining({ kind: 'promote-terms' }) }),
    );
  });

  it('wait in every line that is drawn on', () => {
    const waiting = joinLines(nothing, evaluation, ID);

    expect(waiting).toMatchObject({ ledgers: [{ waiting: [ID] }], terms: [{ waiting: [ID] }] });
    expect(joinLines(nothing, anEvaluation({ draws: [], terms: [] }), ID)).toEqual(nothing);
  });

  it.each`
    terms                                                                       | obstacle
    ${aTermsLedger()}                                                           | ${null}
    ${aTermsLedger({ requiredAtLeast: 99, holds: [aHold()] })}                  | ${null}
    ${aTermsLedger({ entitled: null })}                                         | ${null}
    ${aTermsLedger({ requiredAtLeast: 33 })}                                    | ${{ kind: 'terms', id: aTermsLedger().id }}
    ${aTermsLedger({ requiredAtLeast: 20, holds: [aHold({ consumer: 'x' })] })} | ${{ kind: 'terms', id: aTermsLedger().id }}
  `('cannot be had beside $terms.requiredAtLeast required: $obstacle', ({ terms, obstacle }) => {
    const { limits } = aPolicy();

    expect(obstacleToHold(evaluation, { ...nothing, terms: [terms] }, limits, NOW)).toEqual(
      obstacle,
    );
  });

  it.each`
    line                                        | promoted
    ${{ kind: 'terms', id: aTermsLedger().id }} | ${'first-in-line'}
    ${{ kind: 'pool', id: aLedger().poolId }}   | ${'skipped'}
  `('keep the line of $line.kind in order: $promoted', ({ line, promoted }) => {
    const request = aRequest({ standing: 'waiting', evaluation });
    const terms = [aTermsLedger({ requiredAtLeast: 40, waiting: [ID] })];
    const state = { line, request, ...nothing, terms, policy: aPolicy() };

    expect(promote(state, NOW)).toEqual({ kind: promoted });
  });

  it('never exceed what is owned, however many come and go', () => {
    const licenses = fc.integer({ min: 1, max: 20 });
    const moves = fc.array(fc.tuple(fc.nat(5), licenses, fc.boolean()), { maxLength: 40 });
    const limits = { ...aPolicy().limits, unapprovedPercentOfFree: 100, openHoldsPerPerson: 1000 };

    fc.assert(
      fc.property(moves, fc.nat(40), (all, required) => {
        let terms: TermsLedger = aTermsLedger({ required, requiredAtLeast: required });
        for (const move of all) {
          [terms = terms] = moved(terms, move, limits).terms;
          expect(terms.held).toBe(terms.holds.reduce((sum, one) => sum + one.licenses, 0));
          expect(required + terms.held).toBeLessThanOrEqual(40);
        }
        const start: Holdings = { ledgers: [], terms: [terms], quota: aQuota() };
        const empty = [0, 1, 2, 3, 4, 5].reduce((left, who) => giveBack(left, `req-${who}`), start);
        expect(empty.terms).toMatchObject([{ held: 0, required }]);
      }),
    );
  });
});
