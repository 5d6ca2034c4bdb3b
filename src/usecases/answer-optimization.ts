import type { AnswerJob } from '#domain/jobs/answer-job.ts';
import type { ReplyTo } from '#domain/jobs/reply-to.ts';
import type { EstateFigures } from '#domain/optimization/optimization-result.ts';
import type { OptimizationRun } from '#domain/optimization/optimization-run.ts';
import { sightOf } from '#domain/policy/roles.ts';
import type { Scope } from '#domain/scope.ts';
import type { Cards } from '#ports/cards.ts';
import type { Channels } from '#ports/channels.ts';
import type { Notifier } from '#ports/notifier.ts';
import type { OptimizationAnswer } from '#ports/optimization-answers.ts';
import type { OptimizationRuns } from '#ports/optimization-runs.ts';
import type { People } from '#ports/people.ts';
import type { Policies } from '#ports/policies.ts';
import type { Recommendations } from '#ports/recommendations.ts';
import type { Snapshots } from '#ports/snapshots.ts';
import { readNames } from '#usecases/account-names.ts';

export interface OptimizationAnswerPorts {
  readonly runs: OptimizationRuns;
  readonly recommendations: Recommendations;
  readonly policies: Policies;
  readonly snapshots: Pick<Snapshots, 'organization'>;
  readonly people: Pick<People, 'get'>;
  readonly cards: Pick<Cards, 'claim' | 'shown'>;
  readonly now: () => Date;
  readonly notifier: Pick<Notifier, 'optimization'>;
}
type SharePorts = OptimizationAnswerPorts & {
  readonly channels: Channels;
  readonly notifier: Pick<Notifier, 'shareOptimization' | 'refuseShare'>;
};
type JobOf<Kind extends AnswerJob['kind']> = Extract<AnswerJob, { kind: Kind }>;

/** Show what the optimizer came to, to who asked for it. */
export async function answerOptimization(
  ports: OptimizationAnswerPorts,
  job: JobOf<'optimization'>,
): Promise<void> {
  const { replyTo } = job;
  const answer = await readAnswer(ports, replyTo.personId, job);
  if (await isRepetition(ports, replyTo, answer.run)) return;
  await ports.notifier.optimization(replyTo, answer);
}

/** Post the same for a whole channel of our own organization: what who shares it may see. */
export async function shareOptimization(
  ports: SharePorts,
  job: JobOf<'share-optimization'>,
): Promise<void> {
  const { channelId, personId } = job;
  if (await ports.channels.isShared(channelId)) {
    return ports.notifier.refuseShare({ channelId, personId, responseUrl: null });
  }
  const answer = await readAnswer(ports, personId, { ...job, page: 1 });
  await ports.notifier.shareOptimization(channelId, personId, answer);
}

/** A run of the person's own, of which they may still see everything; `null` for any other. */
export async function readOwnRun(
  { runs, policies, people }: Pick<OptimizationAnswerPorts, 'runs' | 'policies' | 'people'>,
  personId: string,
  runId: string,
): Promise<OptimizationRun | null> {
  const [run, person, published] = await Promise.all([
    runs.run(runId),
    people.get(personId),
    policies.current(),
  ]);
  if (run === null || run.askedBy !== personId) return null;
  const sees = sightOf(published?.policy ?? null, person);
  return placesIn(run).every(sees) ? run : null;
}

/** Every account and Region that an answer names something of. */
function placesIn({ results }: OptimizationRun): readonly Scope[] {
  return results.flatMap(({ before, after, plan, beside }) => [
    ...hostsOf(before),
    ...hostsOf(after),
    ...plan,
    ...beside,
  ]);
}

function hostsOf(figures: EstateFigures | null): readonly Scope[] {
  return figures?.hosts ?? [];
}

async function readAnswer(
  ports: OptimizationAnswerPorts,
  personId: string,
  { runId, scenario, page }: Pick<JobOf<'optimization'>, 'runId' | 'scenario' | 'page'>,
): Promise<OptimizationAnswer> {
  const [run, accountNames, followed] = await Promise.all([
    readOwnRun(ports, personId, runId),
    readNames(ports),
    ports.recommendations.followed(),
  ]);
  return {
    run,
    scenario,
    page,
    accountNames,
    statuses: new Map(followed.map((one) => [one.recommendation.id, one.status])),
  };
}

/**
 * Where no message can be changed in its place, as after a command, people get the first answer and the
 * last, and none between.
 */
async function isRepetition(
  { cards, now }: OptimizationAnswerPorts,
  { replaces }: ReplyTo,
  run: OptimizationRun | null,
): Promise<boolean> {
  if (replaces === true || run === null || run.final) return false;
  const place = await cards.claim(run.id, 'once/first', 1, now());
  if (place !== null) return true;
  await cards.shown(run.id, 'once/first', 1, { channelId: '', ts: '' });
  return false;
}
