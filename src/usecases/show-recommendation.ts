import type { AnswerJob } from '#domain/jobs/answer-job.ts';
import type { Money } from '#domain/money.ts';
import { mayDecideIn } from '#domain/optimization/follow/who-may-decide.ts';
import type { FollowedRecommendation } from '#domain/optimization/followed-recommendation.ts';
import type { Recommendation } from '#domain/optimization/recommendation.ts';
import { sightOf } from '#domain/policy/roles.ts';
import type { Scope } from '#domain/scope.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import type { Notifier } from '#ports/notifier.ts';
import type {
  OpenSavings,
  RecommendationAnswer,
  StepRequest,
} from '#ports/optimization-answers.ts';
import { readNames } from '#usecases/account-names.ts';
import { type OptimizationAnswerPorts, readOwnRun } from '#usecases/answer-optimization.ts';

type Ports = Omit<OptimizationAnswerPorts, 'notifier'> & {
  readonly store: Pick<DecisionStore, 'request'>;
  readonly notifier: Pick<Notifier, 'recommendation' | 'recommendations'>;
};
type JobOf<Kind extends AnswerJob['kind']> = Extract<AnswerJob, { kind: Kind }>;

/** Show one recommendation in full, with what became of it. */
export async function showRecommendation(
  ports: Ports,
  job: JobOf<'recommendation'>,
): Promise<void> {
  const answer = await readRecommendation(ports, job);
  await ports.notifier.recommendation(job.replyTo, answer);
}

/** The same, with what came of a click on it said first. */
export async function tellRecommendation(
  ports: Ports,
  job: JobOf<'recommendation-notice'>,
): Promise<void> {
  const answer = await readRecommendation(ports, { ...job, runId: null });
  await ports.notifier.recommendation(job.replyTo, { ...answer, notice: job.notice });
}

/** Show the recommendations that the person may see and that are not over. */
export async function showRecommendations(
  ports: Ports,
  { replyTo, page }: JobOf<'recommendations'>,
): Promise<void> {
  const [followed, sees, accountNames] = await Promise.all([
    ports.recommendations.followed(),
    sightFor(ports, replyTo.personId),
    readNames(ports),
  ]);
  const seen = followed.filter(({ recommendation }) => sees(recommendation));
  const shown = seen.filter(({ status }) => LISTED[status] !== null).toSorted(openFirst);
  await ports.notifier.recommendations(replyTo, {
    followed: shown,
    savings: openSavings(seen),
    page,
    accountNames,
  });
}

/**
 * What is open of what somebody sees. Money is summed of those that were part of a plan, the most first,
 * and of each machine and host once: answers to different questions overlap, and never add up twice.
 */
export function openSavings(seen: readonly FollowedRecommendation[]): OpenSavings {
  const open = seen.filter(({ status }) => status === 'new' || status === 'accepted');
  const counted = new Set<string>();
  const amounts: Money[] = [];
  for (const { recommendation } of open.toSorted(openFirst)) {
    const { savings, atMostBetter, subjects } = recommendation;
    const isPriced = savings.monthly !== null && savings.basis !== 'unknown';
    const overlaps = subjects.some(({ id }) => counted.has(id));
    if (!isPriced || atMostBetter === null || overlaps) continue;
    for (const { id } of subjects) counted.add(id);
    amounts.push(savings.monthly);
  }
  const currency = amounts[0]?.currency;
  const micros = amounts
    .filter((amount) => amount.currency === currency)
    .reduce((sum, amount) => sum + amount.micros, 0);
  return { count: open.length, monthly: currency === undefined ? null : { micros, currency } };
}

/** Those with `null` are not listed: they are over, or somebody said no. */
const LISTED = {
  new: 0,
  accepted: 1,
  'in-progress': 2,
  snoozed: 3,
  done: 4,
  dismissed: null,
  gone: null,
} as const satisfies Record<FollowedRecommendation['status'], number | null>;

function openFirst(a: FollowedRecommendation, b: FollowedRecommendation): number {
  const order = (LISTED[a.status] ?? 0) - (LISTED[b.status] ?? 0);
  const saved = (one: FollowedRecommendation) => one.recommendation.savings.monthly?.micros ?? 0;
  return order || saved(b) - saved(a) || (a.recommendation.id < b.recommendation.id ? -1 : 1);
}

async function sightFor(
  { policies, people }: Pick<Ports, 'policies' | 'people'>,
  personId: string,
): Promise<(scope: Scope) => boolean> {
  const [published, person] = await Promise.all([policies.current(), people.get(personId)]);
  return sightOf(published?.policy ?? null, person);
}

interface Wanted extends Pick<JobOf<'recommendation'>, 'recommendationId' | 'runId' | 'replyTo'> {}

async function readRecommendation(
  ports: Ports,
  { recommendationId, runId, replyTo }: Wanted,
): Promise<RecommendationAnswer> {
  const { personId } = replyTo;
  const [followed, published, person, accountNames] = await Promise.all([
    ports.recommendations.recommendation(recommendationId),
    ports.policies.current(),
    ports.people.get(personId),
    readNames(ports),
  ]);
  const policy = published?.policy ?? null;
  const sees = sightOf(policy, person);
  const found = followed?.recommendation ?? (await inRun(ports, personId, recommendationId, runId));
  const recommendation = found !== null && sees(found) ? found : null;
  const isSeen = recommendation !== null && followed !== null;
  return {
    recommendation,
    followed: isSeen ? followed : null,
    requests: isSeen ? await requestsOf(ports, followed) : [],
    mayDecide: policy !== null && isSeen && mayDecideIn(policy, person, recommendation),
    notice: null,
    runId,
    accountNames,
  };
}

/** Of an answer of the person's own, where nobody follows it. */
async function inRun(
  ports: Ports,
  personId: string,
  recommendationId: string,
  runId: string | null,
): Promise<Recommendation | null> {
  const run = runId === null ? null : await readOwnRun(ports, personId, runId);
  const all = (run?.results ?? []).flatMap(({ plan, beside }) => [...plan, ...beside]);
  return all.find(({ id }) => id === recommendationId) ?? null;
}

async function requestsOf(
  { store }: Ports,
  { requests }: FollowedRecommendation,
): Promise<readonly StepRequest[]> {
  const ids = [...new Set(requests.map(({ requestId }) => requestId))];
  const found = await Promise.all(ids.map((id) => store.request(id)));
  return found.flatMap((request) =>
    request === null ? [] : [{ id: request.id, status: request.status }],
  );
}
