import type { Sha256 } from '#domain/audit/audit-chain.ts';
import { later, SECOND_MS } from '#domain/instant.ts';
import type { OptimizeJob } from '#domain/jobs/optimize-job.ts';
import { estateNow } from '#domain/optimization/follow/estate-now.ts';
import { foundIn } from '#domain/optimization/follow/found-in.ts';
import type { OptimizationResult } from '#domain/optimization/optimization-result.ts';
import type {
  OptimizationRefusal,
  OptimizationRun,
} from '#domain/optimization/optimization-run.ts';
import { DEFAULT_OPTIMIZATION } from '#domain/optimization/optimization-settings.ts';
import { sightOf } from '#domain/policy/roles.ts';
import type { Scope } from '#domain/scope.ts';
import type { Consolidator } from '#ports/consolidator.ts';
import type { OptimizationRunKeeper } from '#ports/optimization-runs.ts';
import type { People } from '#ports/people.ts';
import type { Queues } from '#ports/queues.ts';
import { type KeepPorts, keepRecommendations } from '#usecases/keep-recommendations.ts';
import { optimizeEstate } from '#usecases/optimize-estate.ts';
import { type EstatePorts, type KnownEstate, readEstate } from '#usecases/read-estate.ts';
import type { Attempt } from '#usecases/tell-when-stuck.ts';

export interface OptimizationPorts extends EstatePorts, KeepPorts {
  readonly people: Pick<People, 'get'>;
  readonly consolidator: Consolidator;
  readonly runs: OptimizationRunKeeper;
  readonly queues: Pick<Queues, 'answer'>;
  readonly sha256: Sha256;
  /** Notes an error that a person was told of, under the reference that they were given. */
  readonly report: (reference: string, error: unknown) => void;
  /** Recommendations that are too large to be kept, by id. */
  readonly leftOut: (ids: readonly string[]) => void;
}

/** What somebody asks. */
export type ScenariosJob = Extract<OptimizeJob, { readonly kind: 'scenarios' }>;

/** For one question, whether it has one scenario or two: people wait for it. */
const SEARCH_MS = 60 * SECOND_MS;
/** A tenth of a percent of the cost: closer than prices are true. */
const RELATIVE_GAP = 0.001;

/**
 * Answer what somebody asks the optimizer: with the first plan as soon as there is one, with much better
 * ones as they come, and with the last. Whatever happens, they hear of it.
 *
 * @param until when there is no more time to search
 */
export async function runOptimization(
  ports: OptimizationPorts,
  job: ScenariosJob,
  { messageId, attempt }: Attempt,
  until: Date,
): Promise<void> {
  try {
    // What came once and was not answered took the function with it, and would again.
    if (attempt > 1) throw new Error('The optimizer ended without an answer');
    await answer(ports, job, until);
  } catch (error) {
    const reference = messageId.slice(0, 8);
    ports.report(reference, error);
    const { key, replyTo } = job;
    await ports.queues.answer({ kind: 'stuck', key, givenUp: true, reference, replyTo });
  }
}

async function answer(ports: OptimizationPorts, job: ScenariosJob, until: Date): Promise<void> {
  const { personId } = job.replyTo;
  const [known, person] = await Promise.all([readEstate(ports), ports.people.get(personId)]);
  const run: OptimizationRun = {
    id: `opt-${ports.sha256(job.key).slice(0, 10)}`,
    askedBy: personId,
    startedAt: known.now,
    final: true,
    results: [],
    refusal: null,
  };
  const sees = sightOf(known.published?.policy ?? null, person);
  const refusal = whyNot(known, sees);
  if (refusal !== null) return show(ports, job, { ...run, refusal });
  const results = await solve(ports, job, { known, sees, run, until });
  await follow(ports, results, known);
  const isEmpty = results.every(({ machines, fixed }) => machines + fixed.length === 0);
  await show(ports, job, isEmpty ? { ...run, refusal: 'nothing-licensed' } : { ...run, results });
}

/** What is true of the estate as it is can be accepted at once; only the nightly run says what is gone. */
async function follow(
  ports: OptimizationPorts,
  results: readonly OptimizationResult[],
  known: KnownEstate,
): Promise<void> {
  const { found } = foundIn(
    results,
    estateNow(known, known.published?.policy.optimization ?? DEFAULT_OPTIMIZATION),
  );
  const { tooLarge } = await keepRecommendations(ports, { found, complete: false });
  if (tooLarge.length > 0) ports.leftOut(tooLarge);
}

function whyNot(
  { published, shards }: KnownEstate,
  sees: (scope: Scope) => boolean,
): OptimizationRefusal | null {
  if (published === null) return 'no-policy';
  const isKnown = shards.some((shard) => sees(shard) && shard.sources.instances?.asOf != null);
  return isKnown ? null : 'no-inventory';
}

/** A question that is being answered. */
interface Question {
  readonly known: KnownEstate;
  readonly sees: (scope: Scope) => boolean;
  readonly run: OptimizationRun;
  readonly until: Date;
}

/** One scenario after the other, each with an even part of the time that is left. */
async function solve(
  ports: OptimizationPorts,
  job: ScenariosJob,
  { known, sees, run, until }: Question,
): Promise<readonly OptimizationResult[]> {
  const { published, ...input } = known;
  const settings = published?.policy.optimization ?? DEFAULT_OPTIMIZATION;
  const end = Math.min(until.getTime(), later(ports.now(), SEARCH_MS).getTime());
  const results: OptimizationResult[] = [];
  for (const [index, scenario] of job.scenarios.entries()) {
    const timeLeft = (end - ports.now().getTime()) / (job.scenarios.length - index);
    const limits = { seconds: Math.max(1, timeLeft / SECOND_MS), relativeGap: RELATIVE_GAP };
    let shown = Promise.resolve();
    const done = await optimizeEstate(
      ports,
      { input, settings, scenario, limits, sees },
      (better) => {
        if (!isCheaper(better)) return;
        const soFar = { ...run, final: false, results: [...results, better] };
        // What fails for good fails again with the last answer, which says all that this one would.
        shown = shown.then(() => show(ports, job, soFar)).catch(() => undefined);
      },
    );
    await shown;
    results.push(done);
  }
  return results;
}

/** A first plan may cost more than what is there: nobody is told of it. */
function isCheaper({ before, after }: OptimizationResult): boolean {
  return after !== null && after.monthly.micros < before.monthly.micros;
}

/** The whole answer from its beginning. */
const BOTH = { kind: 'optimization', scenario: null, page: 1 } as const;

async function show(
  { runs, queues }: OptimizationPorts,
  { key, replyTo }: ScenariosJob,
  run: OptimizationRun,
): Promise<void> {
  await runs.keep(run);
  await queues.answer({ ...BOTH, key, runId: run.id, replyTo });
}
