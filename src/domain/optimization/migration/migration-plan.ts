import { type CalendarDate, dayAfter } from '#domain/calendar-date.ts';
import { targetOf } from '#domain/optimization/follow/step-order.ts';
import { batchesOf, type JobBatch } from '#domain/optimization/migration/batches.ts';
import { type Exclusion, exclusionsIn } from '#domain/optimization/migration/exclusions.ts';
import { type Job, jobsOf, type PlannedStep } from '#domain/optimization/migration/jobs.ts';
import type {
  MachineFacts,
  MaintenanceSettings,
  UnreadableWindow,
} from '#domain/optimization/migration/maintenance-settings.ts';
import { minutesOf, schedule } from '#domain/optimization/migration/schedule.ts';
import { type Sight, sightsOf } from '#domain/optimization/migration/sights.ts';
import type { Recommendation } from '#domain/optimization/recommendation.ts';

/** A step with what must be seen in EC2 or License Manager before and after it. */
export interface CheckedStep extends PlannedStep {
  readonly before: readonly Sight[];
  readonly after: readonly Sight[];
  /** False: the machine is stopped already, and stays so. */
  readonly running: boolean;
}

/** What is done together, and undone together. */
export interface Batch {
  /** From 1. */
  readonly number: number;
  /** Numbers of those that must be done before. */
  readonly after: readonly number[];
  readonly machines: readonly string[];
  readonly steps: readonly CheckedStep[];
  readonly rollback: readonly CheckedStep[];
  readonly minutes: number;
  /** The earliest; `null`: no window is long enough, or none can be read. */
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
  /** `late`: not before the day by which it has to be done is over. */
  readonly fits: 'in-time' | 'late' | 'never';
}

/** What is done when, so that recommendations come true. */
export interface MigrationPlan {
  readonly by: CalendarDate | null;
  /** In order. */
  readonly batches: readonly Batch[];
  /** Their machines are not touched before somebody corrects them. */
  readonly unreadable: readonly UnreadableWindow[];
}

/** A plan, or why there is none: recommendations that exclude each other, or wait for each other. */
export type Migration =
  | { readonly kind: 'planned'; readonly plan: MigrationPlan }
  | { readonly kind: 'excluded'; readonly exclusions: readonly Exclusion[] }
  | { readonly kind: 'circular'; readonly ids: readonly string[] };

export interface MigrationQuestion {
  readonly now: Date;
  readonly windows: MaintenanceSettings;
  /** The day by which all is to be done; `null`: whenever. */
  readonly by: CalendarDate | null;
  /** By instance id; machines that are not there are taken for production. */
  readonly machines: ReadonlyMap<string, MachineFacts>;
}

/** The steps of recommendations in an order that is safe, in batches that fit into maintenance windows. */
export function migrationPlan(
  recommendations: readonly Recommendation[],
  { now, windows, by, machines }: MigrationQuestion,
): Migration {
  const once = [...new Map(recommendations.map((one) => [one.id, one])).values()];
  const exclusions = exclusionsIn(once);
  if (exclusions.length > 0) return { kind: 'excluded', exclusions };
  const { batches, stuck } = batchesOf(jobsOf(once, machines), windows);
  if (stuck.length > 0) return { kind: 'circular', ids: idsOf(stuck) };
  const plan: MigrationPlan = {
    by,
    batches: schedule(batches, now).map(({ batch, span }, index) => ({
      number: index + 1,
      after: numbersBefore(batch, batches),
      machines: batch.jobs.flatMap(({ machine }) => machine?.id ?? []),
      steps: batch.jobs.flatMap((job) => job.steps.map((step) => checked(step, job))),
      rollback: rollbackOf(batch, once),
      minutes: minutesOf(batch),
      startsAt: span?.from ?? null,
      endsAt: span?.to ?? null,
      fits: fitsBy(span?.to ?? null, by),
    })),
    unreadable: unreadableIn(batches),
  };
  return { kind: 'planned', plan };
}

function idsOf(jobs: readonly Job[]): readonly string[] {
  const ids = jobs.flatMap(({ steps }) => steps.map(({ recommendationId }) => recommendationId));
  return [...new Set(ids)].toSorted();
}

/** Numbers of the batches that have something that this one waits for. */
function numbersBefore({ jobs }: JobBatch, batches: readonly JobBatch[]): readonly number[] {
  const waitsFor = new Set(jobs.flatMap(({ after }) => [...after]));
  return batches.flatMap((batch, index) =>
    batch.jobs.some(({ id }) => waitsFor.has(id)) ? [index + 1] : [],
  );
}

function checked(planned: PlannedStep, { machine }: Job): CheckedStep {
  return {
    ...planned,
    ...sightsOf(planned.step),
    running: machine === null || machine.facts.running,
  };
}

function fitsBy(endsAt: Date | null, by: CalendarDate | null): Batch['fits'] {
  if (endsAt === null) return 'never';
  return by === null || endsAt <= dayAfter(by) ? 'in-time' : 'late';
}

/** What undoes the batch: of its recommendations, the last first, what they say for its machines and hosts. */
function rollbackOf(
  { jobs }: JobBatch,
  recommendations: readonly Recommendation[],
): readonly CheckedStep[] {
  return jobs.flatMap((job) => {
    const targets = new Set(job.steps.map(({ step }) => targetOf(step)));
    return idsInOrder(job)
      .toReversed()
      .flatMap((id) => recommendations.filter((one) => one.id === id))
      .flatMap(({ id, rollback }) =>
        rollback.map((step, place) => ({ recommendationId: id, place, step })),
      )
      .filter(({ step }) => targets.has(targetOf(step)))
      .map((planned) => checked(planned, job));
  });
}

function idsInOrder({ steps }: Job): readonly string[] {
  return [...new Set(steps.map(({ recommendationId }) => recommendationId))];
}

/** Each once, however many machines it concerns. */
function unreadableIn(batches: readonly JobBatch[]): readonly UnreadableWindow[] {
  const all = batches.flatMap(({ opening }) => opening.unreadable);
  return [...new Map(all.map((one) => [`${one.where}\n${one.text}`, one])).values()];
}
