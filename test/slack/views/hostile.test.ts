import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { AuditEntry } from '#domain/audit/audit.ts';
import type { CountGap } from '#domain/licenses/count-gap.ts';
import type { MissingSource } from '#domain/licenses/position-report.ts';
import { DEFAULT_SCENARIO } from '#domain/optimization/scenario.ts';
import type { ImportShown } from '#ports/import-form.ts';
import type { RequestCard, WhoAnswer } from '#ports/notifier.ts';
import { dismissForm, snoozeForm } from '#slack/modals/recommendation-forms.ts';
import { optionsFor } from '#slack/options/offer-options.ts';
import { SELECTS } from '#slack/options/selects.ts';
import { failureView } from '#slack/views/apology.ts';
import { targetOf } from '#slack/views/button-value.ts';
import { unknownCommandMessage } from '#slack/views/help.ts';
import { historyMessage } from '#slack/views/history.ts';
import { homeView } from '#slack/views/home.ts';
import { importMessage, importNoticeMessage } from '#slack/views/import-message.ts';
import { importView } from '#slack/views/import-view.ts';
import type { Message } from '#slack/views/message.ts';
import { noticeMessage } from '#slack/views/notice.ts';
import { optimizationMessage, sharedOptimizationMessage } from '#slack/views/optimization.ts';
import { reasonFormView } from '#slack/views/reason-forms.ts';
import { recommendationMessage } from '#slack/views/recommendation.ts';
import { recommendationsMessage } from '#slack/views/recommendation-list.ts';
import { movedCard, requestCard } from '#slack/views/request-card.ts';
import { NO_FIELDS, requestFormView } from '#slack/views/request-form.ts';
import { shownForm } from '#slack/views/request-form-shown.ts';
import { overrideMessage, reminderMessage } from '#slack/views/request-messages.ts';
import { requestsMessage } from '#slack/views/requests-list.ts';
import { scenarioForm } from '#slack/views/scenario-form.ts';
import { scopeProblemMessage } from '#slack/views/scope-problem.ts';
import { sharedUsageMessage, usageMessage } from '#slack/views/usage.ts';
import { whoMessage } from '#slack/views/who.ts';
import { blockProblems, viewProblems } from '../../../sandbox/slack/block-kit/validate.ts';
import { aHost, machinesChosen } from '../../builders.ts';
import {
  ACCOUNT,
  aPolicy,
  aPool,
  aRequest,
  aTemplate,
  aTermsLine,
  aType,
  aUsageAnswer,
  figures,
  NOW,
  PLAN_HASH,
  poolId,
  REGION,
} from '../builders.ts';
import { corpus } from '../corpus.ts';
import {
  aCard,
  aFill,
  aFollowed,
  anAnswer,
  aRecommendation,
  aResult,
  aRunOf,
  aSetup,
  recommendationId,
  usd,
} from '../optimization-builders.ts';
import { lengthOf, textsIn } from './reading.ts';

const Strings = z.object({ strings: z.array(z.string()) });
const Cases = z.object({ cases: z.array(z.object({ in: z.string() })) });

const OWN = [
  '',
  '<!channel> approve now',
  '<@U0ADMIN001>',
  '<https://evil.example/approve|Approve>',
  '&lt;!here&gt; & *bold* `code`',
  '\n\n*Decision: APPROVED*\n',
  '\u202eevorppa\u202c\u0000\u001b[31m',
  '<!channel>'.repeat(400),
  '\ud800 \u0301\u0301\u0301\u0301\u0301 \u3164',
  '🦄'.repeat(3000),
];

const names = corpus('aws_hostile_names.json');
const naughty = corpus('blns.json');
const mrkdwn = corpus('mrkdwn_hostile.json');
const HOSTILE = [
  ...OWN,
  ...(names === null ? [] : Strings.parse(names).strings),
  ...(naughty === null ? [] : Strings.parse(naughty).strings),
  ...(mrkdwn === null ? [] : Cases.parse(mrkdwn).cases.map((one) => one.in)),
];

/** The text in every place where somebody else's words can stand. */
function requestOf(text: string) {
  const request = aRequest();
  const choice = machinesChosen(request.choice);
  return aRequest({
    reason: text,
    labels: { account: text, pool: text, source: text },
    choice: { ...choice, instanceType: text },
    evaluation: {
      ...request.evaluation,
      reasons: [
        { code: 'unknown-rule', poolId: choice.poolId, rule: text },
        { code: 'host-unavailable', hostId: text, state: text },
        { code: 'architecture-mismatch', image: text },
      ],
    },
    status: 'failed',
    failure: {
      code: text,
      message: text,
      advice: {
        code: 'permit',
        action: text,
        resource: text,
        explicitDeny: true,
        policy: text,
      },
      undoing: false,
      left: ['stopped'],
    },
    gate: {
      rule: text,
      levels: [
        {
          approvers: { users: ['U0APPROVE1'], userGroups: ['S0APPROVER'] },
          silent: { users: [], userGroups: [] },
          quorum: 1,
        },
      ],
      stepUp: true,
      channel: 'C0APPROVAL',
      reminders: { after: 1, factor: 1, most: 1 },
      escalation: null,
    },
    reasked: {
      why: 'edited',
      at: NOW,
      choice: request.choice,
      labels: { account: `${text}!`, pool: `${text}!`, source: `${text}!` },
      hourlyPrice: null,
      rule: `${text}!`,
    },
    counter: {
      by: text,
      at: NOW,
      reason: text,
      choice: { ...request.choice, instanceType: text, hostId: text },
      plan: request.plan,
      planHash: PLAN_HASH,
      evaluation: request.evaluation,
      level: 0,
      route: 'slack',
      principal: null,
      key: text,
    },
    notes: Array.from({ length: 9 }, () => ({ by: text, at: NOW, text })),
    retryOf: text,
    decisions: [
      {
        key: text,
        kind: 'deny',
        by: text,
        at: NOW,
        generation: 1,
        planHash: 'a',
        policyHash: 'b',
        reason: text,
        level: null,
        route: 'slack',
        principal: null,
      },
    ],
    instanceIds: [text],
  });
}

function messagesOf(text: string): Message[] {
  const pool = aPool({
    name: text,
    holds: [{ consumer: text, licenses: 1, requestIds: [], firm: true, placedAt: NOW }],
  });
  const request = requestOf(text);
  const card: RequestCard = { request, ledgers: [pool], audience: 'requester', mayOverride: true };
  const terms = aTermsLine({
    product: text,
    edition: text,
    findings: [{ code: text, severity: 'note', text, resources: [text] }],
    rules: [{ id: text, source: text, asOf: text }],
    alternatives: [{ switch: text, setting: text, required: 1 }],
  });
  const resource = {
    id: text,
    kind: 'container' as const,
    name: text,
    owner: text,
    consumed: 1,
    counted: 2,
  };
  const gap: CountGap = {
    cause: 'untracked',
    account: '222233334444',
    region: text,
    configurationArns: [],
    product: text,
    edition: text,
    resources: [resource],
  };
  const shown = figures({ pool, accountName: text, terms: [terms], gaps: [gap] });
  const consumer = { id: text, name: text, owners: [text, text, text], licenses: 1 };
  const answer = aUsageAnswer({
    query: text,
    view: { account: text, tag: { key: text, value: text }, sort: 'name' },
    choices: { accounts: [{ id: text, name: text }], owners: [text] },
    pools: [shown],
    unpooled: [gap],
    suggestions: [text],
    detail: { consumers: [consumer], trend: null, entitlements: [] },
    coverage: { asOf: NOW, missing: [missingSource(text)] },
  });
  const who: WhoAnswer = {
    ...answer,
    query: text,
    consumers: [{ ...consumer, pool: shown }],
    page: 2,
    pages: 3,
    total: 1,
  };
  const entry: AuditEntry = {
    stream: 'request/x',
    sequence: 1,
    at: NOW,
    event: text,
    by: text,
    details: { [text]: text },
    previousHash: '',
    hash: '',
  };
  return [
    requestCard({ ...card, audience: 'approvers' }),
    requestCard({ ...card, request: { ...request, status: 'denied' }, ledgers: [] }),
    requestCard({ ...card, request: { ...request, status: 'launched' } }),
    requestCard({ ...card, request: { ...request, status: 'pending' }, audience: 'approvers' }),
    requestCard({ ...card, request: { ...request, status: 'pending' } }),
    movedCard(request, 'C0APPROVAL'),
    reminderMessage(request, true),
    overrideMessage(request),
    usageMessage(answer, true),
    usageMessage({ ...answer, query: null, detail: null }, true),
    whoMessage(who),
    whoMessage({ ...who, pools: [] }),
    usageMessage({ ...answer, pools: [] }, true),
    sharedUsageMessage(answer, text),
    requestsMessage({ waitingForMe: [{ ...request, status: 'pending' }], mine: [request] }),
    historyMessage(request, [entry]),
    noticeMessage(request, {
      kind: 'refused',
      action: 'approve',
      why: { code: 'already-decided', status: 'denied', by: text },
    }),
    unknownCommandMessage(text, null),
    ...importsOf(text).flatMap((shown) => importMessage(shown) ?? []),
    importNoticeMessage({ kind: 'refused', why: { code: 'in-force', by: text, at: NOW } }),
  ];
}

function importsOf(text: string): ImportShown[] {
  const change = { kind: 'changed', what: text, which: text, amount: text } as const;
  const changes = Array(200).fill({
    ...change,
    fields: [{ field: text, before: text, after: text }],
  });
  const problems = Array(200).fill({ row: 2, column: text, message: text });
  return [
    { kind: 'problems', fileName: text, problems, more: 9 },
    { kind: 'unchanged', fileName: text, unchanged: 1 },
    {
      kind: 'changes',
      fileName: text,
      hash: 'a'.repeat(64),
      expected: null,
      diff: { changes: [{ ...change, kind: 'added', fields: [] }, ...changes], unchanged: 1 },
    },
    { kind: 'refused', why: { code: 'superseded', by: text, at: NOW } },
  ];
}

function missingSource(text: string): MissingSource & { readonly accountName: string } {
  const place = { account: ACCOUNT, accountName: text, region: text };
  return { ...place, source: 'databases', state: 'failed', error: text, asOf: NOW };
}

function viewsOf(text: string): unknown[] {
  const pool = aPool({ name: text });
  const [account] = aPolicy().accounts;
  const offer = {
    accounts: account === undefined ? [] : [{ ...account, name: text }],
    regions: [REGION],
    pools: [pool],
    launchTemplates: [aTemplate(text, { launchTemplateId: 'lt-1' })],
    instances: [
      {
        instanceId: 'i-1',
        name: text,
        state: 'stopped' as const,
        instanceType: text,
        poolId: poolId('1'),
        otherPoolIds: [],
      },
    ],
    groups: [{ name: text, desired: 1, instanceType: text, poolId: poolId('1'), otherPoolIds: [] }],
    hosts: [aHost({ instanceFamily: text })],
    instanceTypes: [aType(text.slice(0, 50))],
  };
  const [option] = optionsFor('pool', offer, '');
  const fields = { ...NO_FIELDS, account: option, region: option, pool: option, reason: text };
  const about = { target: targetOf(aRequest()), channelId: '' };
  const place = { viewKey: 'key', channelId: null };
  const labels = { account: text, pool: text, source: text };
  const filled = { kind: 'request', request: requestOf(text), labels, pools: [pool] } as const;
  const alternative = { kind: 'fewer-cores', verdict: 'ask', hourlyPrice: null } as const;
  const choice = machinesChosen(filled.request.choice);
  const counts = { licenses: 1, licensesSaved: 1 };
  return [
    requestFormView(fields, { metadata: '', viewKey: null }, [text]),
    ...(['deny', 'override', 'note'] as const).map((form) => reasonFormView(form, about)),
    ...(['edit', 'counter', 'again'] as const).map((purpose) =>
      shownForm(place, {
        ...filled,
        purpose,
        choice,
        alternatives: [{ ...alternative, ...counts, choice, labels }],
      }),
    ),
    shownForm(place, {
      kind: 'instance',
      operation: 'resize',
      instance: {
        account: ACCOUNT,
        region: REGION,
        accountName: text,
        instanceId: 'i-1',
        name: text,
        state: text,
        instanceType: text,
      },
      instanceType: text,
      unknown: null,
    }),
    shownForm(place, { kind: 'group', group: null, count: null, unknown: text }),
    failureView('That did not work.', text),
    ...importsOf(text).map((shown) => importView('key', shown)),
    scenarioForm('key', null, {
      kind: 'form',
      scenario: { ...DEFAULT_SCENARIO, accounts: [ACCOUNT], leave: ['sql-server'] },
      accounts: [{ id: ACCOUNT, name: text }],
      products: [],
    }),
    dismissForm({ recommendationId: recommendationId('1'), channelId: '' }),
    snoozeForm({ recommendationId: recommendationId('1'), channelId: '' }),
    ...SELECTS.map((field) => ({ options: optionsFor(field, offer, '') })),
    homeView({
      mine: [requestOf(text)],
      waitingForMe: [requestOf(text)],
      nearLimit: [figures({ pool, accountName: text })],
      savings: { count: 0, monthly: null },
      coverage: { asOf: null, missing: [missingSource(text)] },
      now: NOW,
    }),
  ];
}

/** The text wherever an answer about savings has somebody else's words. */
function savingsOf(text: string): Message[] {
  const accountNames = new Map([[ACCOUNT, text]]);
  const subject = { kind: 'instance' as const, id: text, name: text };
  const recommendation = aRecommendation({
    subjects: [subject, subject],
    evidence: [
      { source: text, measure: text, value: text, unit: text, lookBackDays: 1, asOf: NOW },
    ],
    gate: [{ code: text, holds: null, text, rule: text, source: text }],
    change: {
      from: aSetup({ instanceType: text, usageOperation: text }),
      to: aSetup({ products: [{ product: text, edition: text, licensing: 'byol' }] }),
    },
    steps: [
      {
        ...{ do: 'by-hand', account: ACCOUNT, region: REGION },
        ...{ task: 'buy-licenses', on: text, to: text },
      },
    ],
  });
  const followed = aFollowed({
    status: 'dismissed',
    recommendation,
    decided: { by: text, at: NOW, reason: text },
    requests: [{ step: 0, requestId: text }],
  });
  const figures = {
    monthly: usd(1),
    hosts: [aFill(text, { family: text, availabilityZone: text })],
    licenses: [{ product: text, edition: text, metric: 'core' as const, units: 1, missing: 1 }],
  };
  const result = aResult({
    plan: [recommendation],
    before: figures,
    after: figures,
    fixed: [{ instanceId: text, why: text }],
    unitValues: [{ product: text, edition: text, monthly: usd(1) }],
  });
  const noPlan = { code: 'no-option' as const, subject, missing: null };
  const list = { followed: [followed], savings: { count: 1, monthly: usd(1) }, page: 1 };
  return [
    optimizationMessage(anAnswer({ run: aRunOf([result]), accountNames }), true),
    optimizationMessage(
      anAnswer({ run: aRunOf([result, aResult({ after: null, noPlan })]), accountNames }),
      true,
    ),
    sharedOptimizationMessage(anAnswer({ run: aRunOf([result]), accountNames }), text),
    recommendationMessage(aCard({ recommendation, followed, accountNames })),
    recommendationsMessage({ ...list, accountNames }),
    scopeProblemMessage(
      {
        ok: false,
        problems: [{ code: 'unknown', words: text, nearest: text }],
        understood: DEFAULT_SCENARIO,
      },
      { accounts: [{ id: ACCOUNT, name: text }], products: [] },
    ),
  ];
}

/** Markup that code may make: a date, and a mention of a real user id. */
const OURS =
  /<!date\^\d+\^\{date_short_pretty\} \{time\}\|\d{4}-\d\d-\d\d \d\d:\d\d UTC>|<@U0[A-Z0-9]+>|<!subteam\^S0APPROVER>|<#C0APPROVAL>/g;

function member(parent: unknown, key: string): unknown {
  return typeof parent === 'object' && parent !== null ? Reflect.get(parent, key) : undefined;
}

/** What Slack would read as a mention, a command or a link, and that code did not make. Values are not shown. */
function foreignMarkup(shown: unknown): string[] {
  return [...textsIn(shown)]
    .filter(({ text, parent }) => text !== member(parent, 'value'))
    .flatMap(
      ({ text }) => text.replaceAll(OURS, '').match(/<(?:[!@#]|[a-z][a-z0-9+.-]*:)/gi) ?? [],
    );
}

/** Markup texts in which something is left that is neither ours nor escaped. */
function unescaped(shown: unknown): string[] {
  return [...textsIn(shown)]
    .filter(({ parent }) => member(parent, 'type') === 'mrkdwn')
    .map(({ text }) => text.replaceAll(OURS, ''))
    .filter((text) => /[<>]|&(?!amp;|lt;|gt;)/.test(text));
}

function problemsOf(view: unknown): unknown[] {
  const type = member(view, 'type');
  return type === 'modal' || type === 'home' ? viewProblems(view, type) : [];
}

describe('words that others wrote', () => {
  it.skipIf(names === null || naughty === null || mrkdwn === null)(
    'are tried from the corpora too',
    () => {
      expect(HOSTILE.length).toBeGreaterThan(500);
    },
  );

  const shown = HOSTILE.map((text) => ({
    messages: [...messagesOf(text), ...savingsOf(text)],
    views: viewsOf(text),
  }));

  it('can neither ping nor link, wherever they stand (T20)', () => {
    expect(foreignMarkup(shown)).toEqual([]);
  });

  it('never stand in markup unescaped (T20)', () => {
    expect(unescaped(shown)).toEqual([]);
  });

  it.each(['approvers', 'requester'] as const)(
    'change nothing else of the card of %s: what is decided is said by us (T21)',
    (audience) => {
      const shown = (reason: string): string => {
        const request = aRequest({ status: 'pending', reason });
        const card = requestCard({ request, ledgers: [], audience, mayOverride: false });
        const texts = [...textsIn(card.blocks)].filter(({ text }) => text.includes(reason));
        const types = texts.map(({ parent }) => member(parent, 'type'));
        expect(types.filter((type) => type !== 'plain_text' && type !== 'text')).toEqual([]);
        return JSON.stringify(card).replaceAll(reason, 'reason');
      };

      expect(shown('Approved by Ada Novak - launched')).toBe(shown('Month end'));
    },
  );

  it('never break a message: Slack’s rules and limits hold', () => {
    for (const message of shown.flatMap(({ messages }) => messages)) {
      expect(blockProblems(message.blocks, 'message'), message.text).toEqual([]);
      expect(lengthOf(message)).toBeLessThan(12_000);
      expect(message.text.trim().length).toBeGreaterThan(20);
    }
  });

  it('never break a form or App Home', () => {
    expect(shown.flatMap(({ views }) => views).flatMap(problemsOf)).toEqual([]);
  });
});
