import { describe, expect, it } from 'vitest';
import type { AnswerJob } from '#domain/jobs/answer-job.ts';
import type { FollowedRecommendation } from '#domain/optimization/followed-recommendation.ts';
import type { OptimizationRun } from '#domain/optimization/optimization-run.ts';
import type {
  OptimizationAnswer,
  PlanFile,
  RecommendationAnswer,
  RecommendationsAnswer,
  ScenarioShown,
} from '#ports/optimization-answers.ts';
import { answerSavings, type SavingsJob } from '#usecases/answer-savings.ts';
import { ACCOUNT, aPerson, aPublishedPolicy, aRequest, aShard, NOW } from '../builders.ts';
import { memoryCards } from '../fakes/memory-cards.ts';
import { memoryLicenseRegisters } from '../fakes/memory-license-registers.ts';
import { memoryPolicies } from '../fakes/memory-policies.ts';
import { memorySnapshots } from '../fakes/memory-snapshots.ts';
import {
  aFollowed,
  aRecommendation,
  aResult,
  aRunOf,
  RUN,
  recommendationId,
  usd,
} from '../slack/optimization-builders.ts';

const THEIRS = '999988887777';
const REC = recommendationId('1');
const ASKER = { personId: 'U0REQUEST1', channelId: 'C0LICENSES', responseUrl: null };
/** Everybody may look, at one account. */
const ONE_ACCOUNT = {
  roles: {
    viewer: { everyone: true, accounts: [ACCOUNT] },
    requester: { users: ['URULES'] },
    administrator: { users: ['UADMIN'] },
  },
};

interface Said {
  readonly optimization: OptimizationAnswer[];
  readonly shared: OptimizationAnswer[];
  readonly recommendation: RecommendationAnswer[];
  readonly list: RecommendationsAnswer[];
  readonly form: ScenarioShown[];
  readonly plans: (PlanFile | null)[];
  readonly refused: string[];
}

function world({
  run = aRunOf([aResult()]),
  followed = [],
  policy = {},
  isShared = false,
}: {
  readonly run?: OptimizationRun | null;
  readonly followed?: readonly FollowedRecommendation[];
  readonly policy?: Readonly<Record<string, unknown>>;
  readonly isShared?: boolean;
} = {}) {
  const said: Said = {
    ...{ optimization: [], shared: [], recommendation: [], list: [], form: [], plans: [] },
    refused: [],
  };
  const ports = {
    runs: { run: async (id: string) => (id === RUN ? run : null) },
    recommendations: {
      recommendation: async (id: string) =>
        followed.find(({ recommendation }) => recommendation.id === id) ?? null,
      followed: async () => followed,
    },
    policies: memoryPolicies(aPublishedPolicy(policy)),
    snapshots: memorySnapshots(aShard(), { ...aShard(), account: THEIRS }),
    people: { get: async (id: string) => aPerson(id) },
    pools: { pools: async () => [] },
    registers: memoryLicenseRegisters(),
    requests: { open: async () => [] },
    store: { request: async (id: string) => (id === 'req-0000000001' ? aRequest({ id }) : null) },
    cards: memoryCards(),
    channels: { isShared: async () => isShared },
    now: () => NOW,
    notifier: {
      optimization: async (_to: unknown, answer: OptimizationAnswer) =>
        void said.optimization.push(answer),
      shareOptimization: async (_in: string, _by: string, answer: OptimizationAnswer) =>
        void said.shared.push(answer),
      recommendation: async (_to: unknown, answer: RecommendationAnswer) =>
        void said.recommendation.push(answer),
      recommendations: async (_to: unknown, answer: RecommendationsAnswer) =>
        void said.list.push(answer),
      showScenarioForm: async (_at: unknown, shown: ScenarioShown) => void said.form.push(shown),
      sendPlan: async (_to: unknown, file: PlanFile | null) => void said.plans.push(file),
      refuseShare: async ({ channelId }: { channelId: string | null }) =>
        void said.refused.push(channelId ?? ''),
    },
  };
  return { said, ask: (job: SavingsJob) => answerSavings(ports, job) };
}

function show(
  changes: Partial<Extract<AnswerJob, { kind: 'optimization' }>> = {},
): Extract<AnswerJob, { kind: 'optimization' }> {
  return {
    ...{ kind: 'optimization', key: 'k', runId: RUN, scenario: null, page: 1, replyTo: ASKER },
    ...changes,
  };
}

const SHARE: SavingsJob = {
  kind: 'share-optimization',
  key: 'k',
  runId: RUN,
  scenario: null,
  channelId: 'C0LICENSES',
  personId: 'U0REQUEST1',
};

describe('what the optimizer came to', () => {
  it('is shown to who asked, with where recommendations stand', async () => {
    const { ask, said } = world({ followed: [aFollowed({ status: 'accepted' })] });

    await ask(show({ page: 2 }));

    expect(said.optimization).toMatchObject([
      { run: { id: RUN }, page: 2, statuses: new Map([[REC, 'accepted']]) },
    ]);
  });

  it.each([
    ['of somebody else', { run: aRunOf([aResult()], { askedBy: 'U0ADMIN001' }) }, RUN],
    ['that is gone', {}, 'opt-0000000000'],
    [
      'of an account that they may no longer see',
      {
        run: aRunOf([aResult({ beside: [aRecommendation({ account: THEIRS })] })]),
        policy: ONE_ACCOUNT,
      },
      RUN,
    ],
    [
      'of hosts that they may no longer see',
      {
        run: aRunOf([aResult({ before: { ...aResult().before, hosts: [hostThere()] } })]),
        policy: ONE_ACCOUNT,
      },
      RUN,
    ],
  ])('is not shown where it is %s', async (_what, options, runId) => {
    const { ask, said } = world(options);

    await ask(show({ runId }));

    expect(said.optimization).toMatchObject([{ run: null }]);
  });

  it('comes first and last after a command, and not between', async () => {
    const { ask, said } = world({ run: aRunOf([aResult()], { final: false }) });
    await ask(show());
    await ask(show());

    expect(said.optimization).toHaveLength(1);
  });

  it('takes the place of what was clicked as often as it gets better', async () => {
    const { ask, said } = world({ run: aRunOf([aResult()], { final: false }) });
    const replyTo = { ...ASKER, replaces: true };
    await ask(show({ replyTo }));
    await ask(show({ replyTo }));

    expect(said.optimization).toHaveLength(2);
  });

  it('is shared in a channel of our own organization, and in no other (T06)', async () => {
    const ours = world();
    const others = world({ isShared: true });
    await ours.ask(SHARE);
    await others.ask(SHARE);

    expect([ours.said.shared.length, ours.said.refused]).toEqual([1, []]);
    expect([others.said.shared.length, others.said.refused]).toEqual([0, ['C0LICENSES']]);
  });

  it('is exported as a file with its commands; an answer of somebody else is not', async () => {
    const job = { kind: 'optimization-plan', key: 'k', runId: RUN, scenario: 0, replyTo: ASKER };
    const own = world();
    const none = world({ run: aRunOf([aResult({ plan: [] })]) });
    await own.ask({ ...job, kind: 'optimization-plan' });
    await none.ask({ ...job, kind: 'optimization-plan' });

    expect(own.said.plans[0]?.name).toBe(`plan-${RUN}-1.md`);
    expect(own.said.plans[0]?.text).toContain('aws ec2');
    expect(none.said.plans).toEqual([null]);
  });
});

function hostThere() {
  const [host] = aResult().before.hosts;
  if (host === undefined) throw new Error('There is no host');
  return { ...host, account: THEIRS };
}

describe('a recommendation', () => {
  const open = (
    changes: Partial<Extract<AnswerJob, { kind: 'recommendation' }>> = {},
  ): SavingsJob => ({
    kind: 'recommendation',
    key: 'k',
    recommendationId: REC,
    runId: null,
    replyTo: ASKER,
    ...changes,
  });

  it('is shown with its requests', async () => {
    const requests = ['req-0000000001', 'req-0000000001', 'req-0000000009'].map((requestId) => ({
      step: 0,
      requestId,
    }));
    const { ask, said } = world({ followed: [aFollowed({ requests })] });

    await ask(open());

    expect(said.recommendation).toMatchObject([
      { recommendation: { id: REC }, requests: [{ id: 'req-0000000001' }], notice: null },
    ]);
  });

  it('is shown of an answer where nobody follows it', async () => {
    const { ask, said } = world();
    await ask(open({ runId: RUN }));
    await ask(open());

    expect(said.recommendation).toMatchObject([
      { recommendation: { id: REC }, followed: null, mayDecide: false },
      { recommendation: null },
    ]);
  });

  it('is not shown to who may not see its account', async () => {
    const recommendation = aRecommendation({ account: THEIRS });
    const { ask, said } = world({ followed: [aFollowed({ recommendation })], policy: ONE_ACCOUNT });

    await ask(open());

    expect(said.recommendation).toMatchObject([{ recommendation: null, followed: null }]);
  });

  it.each([
    ['U0REQUEST1', false],
    ['UADMIN', true],
  ])('may be decided by %s: %s', async (personId, mayDecide) => {
    const { ask, said } = world({ followed: [aFollowed()], policy: ONE_ACCOUNT });

    await ask(open({ replyTo: { ...ASKER, personId } }));

    expect(said.recommendation).toMatchObject([{ mayDecide }]);
  });

  it('is shown again with what came of a click', async () => {
    const { ask, said } = world({ followed: [aFollowed()] });
    const notice = { kind: 'done', action: { do: 'accept' } } as const;

    await ask({
      ...{ kind: 'recommendation-notice', key: 'k', recommendationId: REC, replyTo: ASKER },
      notice,
    });

    expect(said.recommendation).toMatchObject([{ recommendation: { id: REC }, notice }]);
  });
});

describe('the list of recommendations', () => {
  const of = (digit: string, changes: Partial<FollowedRecommendation>, account = ACCOUNT) =>
    aFollowed({
      recommendation: aRecommendation({
        id: recommendationId(digit),
        account,
        subjects: [{ kind: 'instance', id: `i-${digit}`, name: null }],
        savings: { ...aRecommendation().savings, monthly: usd(Number(digit)) },
      }),
      ...changes,
    });
  const LIST = { kind: 'recommendations', key: 'k', page: 1, replyTo: ASKER } as const;

  it('has those that are open first, most money first, and none that is over', async () => {
    const { ask, said } = world({
      followed: [
        of('1', { status: 'done' }),
        of('2', { status: 'new' }),
        of('3', { status: 'new' }),
        of('4', { status: 'accepted' }),
        of('5', { status: 'dismissed' }),
        of('6', { status: 'gone' }),
        of('7', { status: 'new' }, THEIRS),
      ],
      policy: ONE_ACCOUNT,
    });

    await ask(LIST);

    expect(said.list[0]?.followed.map(({ recommendation: { id } }) => id.at(-1))).toEqual([
      ...['3', '2', '4', '1'],
    ]);
    expect(said.list[0]?.savings).toEqual({ count: 3, monthly: usd(9) });
  });

  it('counts a machine once, whichever questions brought its recommendations', async () => {
    const followed = ['1', '2', '3'].map((digit) => {
      const one = of(digit, { status: 'new' });
      const subjects = [
        { kind: 'instance' as const, id: digit === '1' ? 'i-a' : 'i-b', name: null },
      ];
      return { ...one, recommendation: { ...one.recommendation, subjects } };
    });
    const { ask, said } = world({ followed });

    await ask(LIST);

    expect(said.list[0]?.savings).toEqual({ count: 3, monthly: usd(4) });
  });

  it('adds up only what is of a plan, at a known price', async () => {
    const unknown = { ...aRecommendation().savings, basis: 'unknown' as const };
    const { ask, said } = world({
      followed: [
        of('1', { status: 'new' }),
        aFollowed({ recommendation: aRecommendation({ atMostBetter: null }) }),
        aFollowed({ recommendation: aRecommendation({ savings: unknown }) }),
      ],
    });

    await ask(LIST);

    expect(said.list[0]?.savings).toEqual({ count: 3, monthly: usd(1) });
  });
});

describe('the form of a scenario', () => {
  it('offers accounts that the person may see', async () => {
    const { scenario } = aResult();
    const { ask, said } = world({ policy: ONE_ACCOUNT });

    await ask({ kind: 'scenario-form', key: 'k', viewKey: 'v', scenario, replyTo: ASKER });

    expect(said.form).toMatchObject([{ kind: 'form', scenario, accounts: [{ id: ACCOUNT }] }]);
  });
});
