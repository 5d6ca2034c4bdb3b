import { describe, expect, it } from 'vitest';
import type { RecommendationRefusal } from '#domain/optimization/follow/recommendation-command.ts';
import type { Recommendation, Step } from '#domain/optimization/recommendation.ts';
import { RecommendationKind } from '#domain/optimization/recommendation.ts';
import { parseRecommendation } from '#slack/views/optimization-value.ts';
import { recommendationMessage } from '#slack/views/recommendation.ts';
import { openSavingsText, recommendationsMessage } from '#slack/views/recommendation-list.ts';
import { kindText } from '#slack/views/recommendation-words.ts';
import { blockProblems } from '../../../sandbox/slack/block-kit/validate.ts';
import { NOW } from '../../builders.ts';
import {
  aCard,
  aFollowed,
  aRecommendation,
  aSetup,
  INSTANCE,
  NAMES,
  PLACE,
  RUN,
  recommendationId,
  usd,
} from '../optimization-builders.ts';
import { lengthOf, reading, textsIn } from './reading.ts';

const read = (changes: Parameters<typeof aCard>[0] = {}) =>
  reading(recommendationMessage(aCard(changes)).blocks);
const readOf = (changes: Partial<Recommendation>) =>
  read({ recommendation: aRecommendation(changes) });
const DECIDED = { by: 'U0ADMIN001', at: NOW, reason: null };
const ACCEPTED = aFollowed({ status: 'accepted', decided: DECIDED });

describe('a recommendation', () => {
  it('shows what it rests on, what it saves and risks, how it is done and undone', () => {
    expect(read().split('\n')).toEqual([
      '# Use a smaller size',
      'Use a smaller size: crm-db-1 (i-0123456789abcdef0) in erp-production, us-east-1.',
      'It saves 1,200 USD a month and 4 core licenses of SQL Server Enterprise (at AWS’s list prices). low risk · a restart.',
      'Now: r6i.2xlarge, running, on shared hardware, RunInstances:0002, SQL Server Enterprise (own licenses).',
      'Then: r6i.xlarge, running, on shared hardware, RunInstances:0002, SQL Server Enterprise (own licenses).',
      'After Savings Plans and reservations: 800 USD a month, where AWS says so.',
      'Something stands still while it is done.',
      'Any other plan could save at most 30 USD a month beyond it: proven.',
      'Status: New',
      'What it rests on',
      '• CPU at the 99.5th percentile: 12.35 %, over 30 days (CloudWatch utilization, as of 2026-11-22 09:30 UTC)',
      'Conditions of bringing licenses',
      '• ✅ Licenses with Software Assurance may move. (microsoft/license-mobility, Product Terms)',
      'Steps',
      '• 1. Stop i-0123456789abcdef0',
      '• 2. Resize i-0123456789abcdef0 to r6i.xlarge with 2 × 1 vCPUs (cores × threads); it is stopped for that, and started again where it ran · waits for step 1',
      'To undo it',
      '• Resize i-0123456789abcdef0 to r6i.2xlarge; it is stopped for that, and started again where it ran',
      'Recommendation rec-0000000001 · as of <!date^1795339800^{date_short_pretty} {time}|2026-11-22 09:30 UTC>',
      '[Accept] · [Dismiss…] · [Snooze…] · [Refresh] · [Back to the answer]',
    ]);
  });

  it('says first what it is and what it saves', () => {
    expect(recommendationMessage(aCard()).text).toBe(
      'Use a smaller size: crm-db-1 (i-0123456789abcdef0) in erp-production, us-east-1. It saves 1,200 USD a month and 4 core licenses of SQL Server Enterprise (at AWS’s list prices).',
    );
  });

  it('shows no money where no price is known', () => {
    const { savings } = aRecommendation();
    const text = readOf({ savings: { ...savings, basis: 'unknown', afterCommitments: null } });

    expect(text).not.toContain('USD a month and');
    expect(text).toContain('saves 4 core licenses of SQL Server Enterprise (no price is known)');
  });

  it('says what it takes beside what it saves', () => {
    const { savings } = aRecommendation();
    const licenses = savings.licenses.map((one) => ({ ...one, units: -8 }));

    expect(readOf({ savings: { ...savings, licenses } })).toContain(
      'It saves 1,200 USD a month, takes 8 core licenses of SQL Server Enterprise',
    );
    expect(readOf({ savings: { ...savings, monthly: null, licenses: [] } })).toContain(
      'saves nothing that is counted',
    );
  });

  it('says that its owner must look first, and asks once more before it is accepted', () => {
    const gate = aRecommendation().gate.map((check) => ({ ...check, holds: null }));
    const recommendation = aRecommendation({ ownerMustValidate: true, gate, downtime: false });
    const message = recommendationMessage(aCard({ recommendation }));

    expect(reading(message.blocks)).toContain('⚠️ Whoever answers for it must look at it first');
    expect(reading(message.blocks)).toContain('❔ Somebody has to say: Licenses with Software');
    expect(reading(message.blocks)).toContain('Nothing stands still for it.');
    expect(JSON.stringify(message.blocks)).toContain('Its owner must look at it before');
  });

  it.each<[Step, string]>([
    [{ do: 'start', ...PLACE, instanceId: INSTANCE }, `Start ${INSTANCE}`],
    [
      { do: 'convert', ...PLACE, instanceId: INSTANCE, from: 'a:1', to: 'b:2' },
      `Convert ${INSTANCE} from a:1 to b:2`,
    ],
    [
      { do: 'move', ...PLACE, instanceId: INSTANCE, tenancy: 'host', hostId: 'h-1' },
      `Move ${INSTANCE} onto h-1`,
    ],
    [
      { do: 'move', ...PLACE, instanceId: INSTANCE, tenancy: 'default', hostId: null },
      `Move ${INSTANCE} to shared hardware`,
    ],
    [
      {
        ...{ do: 'associate', ...PLACE, add: ['arn:x:lic-1'], remove: ['arn:x:lic-2'] },
        resourceArn: `arn:aws:ec2:x:y:instance/${INSTANCE}`,
      },
      `Associate ${INSTANCE}; gets lic-1; loses lic-2`,
    ],
    [
      {
        ...{ do: 'allocate-host', ...PLACE, ref: 'new-host-1' },
        ...{ instanceFamily: 'r5', availabilityZone: 'us-east-1a' },
      },
      'Allocate a Dedicated Host for r5 in us-east-1a: new-host-1',
    ],
    [{ do: 'release-host', ...PLACE, hostId: 'h-9' }, 'Release the Dedicated Host h-9'],
    [
      { do: 'by-hand', ...PLACE, task: 'change-edition', on: INSTANCE, to: 'standard' },
      `By hand: Change the edition on ${INSTANCE}: standard`,
    ],
    [
      { do: 'by-hand', ...PLACE, task: 'decide-renewal', on: 'EA 1', to: null },
      'By hand: Decide about the renewal of EA 1',
    ],
  ])('has steps in words: %o', (step, words) => {
    expect(readOf({ steps: [step] })).toContain(`1. ${words}`);
  });

  it.each(RecommendationKind.options)('has a name for %s', (kind) => {
    expect(readOf({ kind })).toContain(kindText(kind));
  });

  it('says how a machine runs now and would then', () => {
    const to = aSetup({
      running: false,
      cpuOptions: { coreCount: 2, threadsPerCore: 1 },
      tenancy: 'host',
    });

    expect(readOf({ change: { from: aSetup(), to } })).toContain(
      'Then: r6i.2xlarge with 2 × 1 vCPUs (cores × threads), stopped, on a Dedicated Host, RunInstances:0002, SQL Server Enterprise (own licenses).',
    );
  });
});

describe('what can be done with a recommendation', () => {
  it('leads back to where it was opened from, else to all', () => {
    expect(read()).toContain('[Back to the answer]');
    expect(read({ runId: null })).toContain('[All recommendations]');
  });

  it.each([
    ['new', '[Accept] · [Dismiss…] · [Snooze…]'],
    ['snoozed', '[Accept] · [Dismiss…] · [Reopen]'],
    ['accepted', '[Reopen]'],
    ['dismissed', '[Reopen]'],
  ] as const)('depends on where it stands: %s', (status, buttons) => {
    expect(read({ followed: aFollowed({ status }) })).toContain(buttons);
  });

  it.each(['in-progress', 'done', 'gone'] as const)('is nothing once it is %s', (status) => {
    expect(read({ followed: aFollowed({ status }) })).toContain('\n[Refresh]');
  });

  it('is nothing for who may only look', () => {
    expect(read({ mayDecide: false })).not.toContain('[Accept]');
    expect(read({ mayDecide: false, followed: ACCEPTED })).not.toContain('[Request');
  });

  it('is nothing where nobody follows it', () => {
    const text = read({ followed: null });

    expect(text).not.toContain('[Accept]');
    expect(text).toContain('it can be accepted once it is');
  });

  it('begins with the steps that wait for no other', () => {
    const text = read({ followed: ACCEPTED });

    expect(text).toContain('[Request step 1]');
    expect(text).not.toContain('[Request step 2]');
    expect(text).toContain('waits for step 1');
  });

  it('goes on with the next step once one is done, and says which request it is', () => {
    const requests = [{ step: 0, requestId: 'req-0000000001' }];
    const followed = aFollowed({ status: 'in-progress', requests });
    const done = read({ followed, requests: [{ id: 'req-0000000001', status: 'confirmed' }] });
    const open = read({ followed, requests: [{ id: 'req-0000000001', status: 'pending' }] });

    expect(done).toContain('Steps: 1 of 2 done');
    expect(done).toContain('✅ done: request req-0000000001 is launched and confirmed');
    expect(done).toContain('[Request step 2]');
    expect(open).toContain('⏳ requested: request req-0000000001 is waiting for a decision');
    expect(open).not.toContain('[Request step');
  });

  it('asks to confirm what is done by hand', () => {
    const steps: Step[] = [
      { do: 'by-hand', ...PLACE, task: 'buy-licenses', on: 'sql-server', to: '8' },
    ];

    expect(
      read({
        recommendation: aRecommendation({ steps }),
        followed: aFollowed({
          status: 'accepted',
          recommendation: aRecommendation({ steps }),
        }),
      }),
    ).toContain('[Step 1: done by hand]');
  });

  it('is named by ids alone', () => {
    const values = [...textsIn(recommendationMessage(aCard({ followed: ACCEPTED })).blocks)]
      .map(({ text }) => parseRecommendation(text))
      .filter((target) => target !== null);

    expect(values).toContainEqual({
      recommendationId: recommendationId('1'),
      step: 0,
      runId: RUN,
    });
  });

  it('is said, with who and until when', () => {
    const text = read({
      followed: aFollowed({
        status: 'dismissed',
        decided: { ...DECIDED, reason: 'It is being retired.' },
        snoozedUntil: NOW,
      }),
    });

    expect(text).toContain('Status: Dismissed by @U0ADMIN001, 2026-11-22 09:30 UTC, until');
    expect(text).toContain('> It is being retired.');
  });

  it('keeps what was promised apart from what was measured', () => {
    const { savings } = aRecommendation();
    const text = read({
      followed: aFollowed({
        status: 'done',
        promised: savings,
        realized: [
          { days: 7, at: NOW, monthly: usd(1100), licenses: [], otherwise: [] },
          { days: 30, at: NOW, monthly: null, licenses: savings.licenses, otherwise: ['i-1'] },
        ],
      }),
    });

    expect(text).toContain('Promised: saves 1,200 USD a month and 4 core licenses');
    expect(text).toContain('Measured 7 days after: saves 1,100 USD a month');
    expect(text).toContain('Measured 30 days after: saves 4 core licenses');
    expect(text).toContain('1 of its machines are gone or otherwise');
  });
});

describe('what came of a click', () => {
  const refused = (why: RecommendationRefusal) =>
    recommendationMessage(aCard({ notice: { kind: 'refused', action: { do: 'accept' }, why } }))
      .text;

  it.each<[RecommendationRefusal, string]>([
    [{ code: 'not-found' }, 'Nobody follows this recommendation'],
    [{ code: 'outsider' }, 'Guests and people of other organizations'],
    [{ code: 'shared-channel' }, 'nothing is decided here'],
    [{ code: 'policy-missing' }, 'No policy is published'],
    [{ code: 'not-yours' }, 'Please ask one of them'],
    [{ code: 'already-decided', status: 'done', by: null }, 'This is already done.'],
    [
      { code: 'already-decided', status: 'dismissed', by: 'U0ADMIN001' },
      'This is already dismissed; decided by <@U0ADMIN001>.',
    ],
    [{ code: 'not-accepted', status: 'new' }, 'Nobody accepted it: it is new.'],
    [{ code: 'begun' }, 'cannot be undone by a click'],
    [{ code: 'not-allowed', gate: 'mobility' }, 'does not hold: mobility.'],
    [{ code: 'reason-missing' }, 'takes a reason'],
    [{ code: 'bad-date' }, 'Choose a day after today'],
    [{ code: 'unknown-step' }, 'no such step'],
    [{ code: 'not-by-hand' }, 'is requested, not confirmed'],
    [{ code: 'by-hand' }, 'done by hand'],
    [{ code: 'step-done' }, 'done already'],
    [{ code: 'step-requested' }, 'under way already'],
    [
      { code: 'steps-before', steps: [0, 1, 4, 5, 6, 7] },
      'waits for steps 1, 2, 5, 6, 7 and 1 more',
    ],
    [{ code: 'unknown-request' }, 'The request for this step was not made'],
  ])('is said plainly, and what was not done: %j', (why, words) => {
    expect(refused(why)).toContain(words);
    expect(refused(why)).toContain('Nothing was accepted.');
  });

  it.each([
    [{ kind: 'done', action: { do: 'accept' } }, '✅ You accepted this.'],
    [{ kind: 'repeated', action: { do: 'accept' } }, 'You had already done that.'],
    [{ kind: 'no-request' }, 'No request can ask for that step'],
  ] as const)('stands before the card: %j', (notice, words) => {
    expect(recommendationMessage(aCard({ notice })).text).toContain(words);
    expect(recommendationMessage(aCard({ notice })).text).toContain('crm-db-1');
  });

  it('is said where there is no card to show', () => {
    const none = aCard({ recommendation: null, followed: null });

    expect(recommendationMessage(none).text).toContain('There is no such recommendation');
    expect(recommendationMessage({ ...none, notice: { kind: 'no-request' } }).text).toContain(
      'No request can',
    );
  });
});

describe('the list of recommendations', () => {
  const answer = (
    followed: Parameters<typeof recommendationsMessage>[0]['followed'],
    page = 1,
  ) => ({
    followed,
    savings: { count: followed.length, monthly: usd(7300) },
    page,
    accountNames: NAMES,
  });

  it('says first what is open', () => {
    const message = recommendationsMessage(answer([aFollowed()]));

    expect(message.text).toBe(
      '7,300 USD a month in 1 open recommendation. 1 recommendation in all.',
    );
    expect(reading(message.blocks)).toContain('Use a smaller size: crm-db-1');
  });

  it('says so where there is none', () => {
    expect(recommendationsMessage(answer([])).text).toContain('Nothing is recommended');
  });

  it.each([
    [{ count: 0, monthly: null }, 'No recommendation is open.'],
    [{ count: 2, monthly: null }, '2 open recommendations, without a known price.'],
    [{ count: 12, monthly: usd(7300) }, '7,300 USD a month in 12 open recommendations.'],
  ])('sums up %j', (savings, words) => {
    expect(openSavingsText(savings)).toBe(words);
  });

  it('turns pages', () => {
    const many = Array.from({ length: 14 }, () => aFollowed());

    expect(reading(recommendationsMessage(answer(many, 1)).blocks)).toContain('[Next]');
    expect(reading(recommendationsMessage(answer(many, 2)).blocks)).toContain(
      '[Previous] · [Next]',
    );
    expect(reading(recommendationsMessage(answer(many, 3)).blocks)).not.toContain('[Next]');
  });
});

describe('a recommendation with more than fits', () => {
  const LONG = 'x🦄<!channel> '.repeat(1000);
  const step = (index: number): Step => ({
    ...{ do: 'by-hand', ...PLACE, task: 'buy-licenses' },
    on: `${index}${LONG}`,
    to: LONG,
  });
  const steps = Array.from({ length: 500 }, (_, index) => step(index));
  const recommendation = aRecommendation({
    subjects: Array.from({ length: 500 }, () => ({
      kind: 'instance' as const,
      id: LONG,
      name: LONG,
    })),
    evidence: Array.from({ length: 200 }, () => ({
      ...{ source: LONG, measure: LONG, value: LONG, unit: LONG, lookBackDays: 1, asOf: NOW },
    })),
    gate: Array.from({ length: 50 }, () => ({
      ...{ code: LONG, holds: null, text: LONG, rule: LONG, source: LONG },
    })),
    steps,
    rollback: steps,
    change: {
      from: aSetup({
        instanceType: LONG,
        usageOperation: LONG,
        products: Array.from({ length: 30 }, () => ({
          ...{ product: LONG, edition: LONG, licensing: 'byol' as const },
        })),
      }),
      to: aSetup(),
    },
  });
  const decided = { ...DECIDED, reason: LONG };
  const followed = aFollowed({ status: 'accepted', decided, recommendation });

  it('stays within Slack’s limits, and says how much it leaves out', () => {
    const message = recommendationMessage(aCard({ recommendation, followed }));

    expect(blockProblems(message.blocks, 'message')).toEqual([]);
    expect(lengthOf(message)).toBeLessThan(12_000);
    expect(message.blocks.length).toBeLessThanOrEqual(50);
    expect(reading(message.blocks)).toMatch(/and \d+ more/);
  });

  it('stays within them in a list', () => {
    const message = recommendationsMessage({
      followed: Array.from({ length: 500 }, () => followed),
      savings: { count: 500, monthly: usd(1) },
      page: 3,
      accountNames: new Map([[PLACE.account, LONG]]),
    });

    expect(blockProblems(message.blocks, 'message')).toEqual([]);
    expect(lengthOf(message)).toBeLessThan(12_000);
  });
});
