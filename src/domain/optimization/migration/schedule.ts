import { DAY_MS, later, MINUTE_MS } from '#domain/instant.ts';
import type { JobBatch } from '#domain/optimization/migration/batches.ts';
import { openSpans, type Span } from '#domain/optimization/migration/maintenance-window.ts';
import type { Step } from '#domain/optimization/recommendation.ts';

/** How long a step takes at most, as a rule. License Manager takes up to an hour to convert. */
const MINUTES: Record<Step['do'], number> = {
  stop: 10,
  start: 10,
  resize: 20,
  move: 20,
  associate: 5,
  convert: 60,
  'allocate-host': 5,
  'release-host': 5,
  'by-hand': 60,
};

/** How far ahead windows are looked for. */
const HORIZON_MS = 90 * DAY_MS;

/** How long a batch takes: its jobs are done side by side, what is about no machine one after the other. */
export function minutesOf({ jobs }: Pick<JobBatch, 'jobs'>): number {
  const all = jobs.map(({ steps }) => steps.reduce((sum, { step }) => sum + MINUTES[step.do], 0));
  return Math.max(0, ...all);
}

/** A batch with its time. */
export interface Scheduled {
  readonly batch: JobBatch;
  readonly span: Span | null;
}

/**
 * The earliest time for each batch: one after the other, each within its windows; `null` where none is
 * long enough, or where what it waits for has none.
 */
export function schedule(batches: readonly JobBatch[], now: Date): readonly Scheduled[] {
  const unplaced = new Set<string>();
  let free = now;
  return batches.map((batch) => {
    const waits = batch.jobs.some(({ after }) => [...after].some((id) => unplaced.has(id)));
    const span = waits ? null : earliest(batch, free);
    if (span === null) for (const { id } of batch.jobs) unplaced.add(id);
    else free = span.to;
    return { batch, span };
  });
}

function earliest(batch: JobBatch, free: Date): Span | null {
  const { windows } = batch.opening;
  const length = minutesOf(batch) * MINUTE_MS;
  if (windows === null) return { from: free, to: later(free, length) };
  for (const open of openSpans(windows, free, later(free, HORIZON_MS))) {
    const from = open.from < free ? free : open.from;
    const to = later(from, length);
    if (to <= open.to) return { from, to };
  }
  return null;
}
