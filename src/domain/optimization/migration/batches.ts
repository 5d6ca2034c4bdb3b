import type { Job } from '#domain/optimization/migration/jobs.ts';
import type { MaintenanceSettings } from '#domain/optimization/migration/maintenance-settings.ts';
import { type Opening, openingOf } from '#domain/optimization/migration/maintenance-settings.ts';
import type { Step } from '#domain/optimization/recommendation.ts';

/** Jobs that are done side by side. */
export interface JobBatch {
  readonly jobs: readonly Job[];
  readonly opening: Opening;
}

/** The jobs in batches, each after those that it waits for; `stuck` wait for each other. */
export interface Batching {
  readonly batches: readonly JobBatch[];
  readonly stuck: readonly Job[];
}

/** Nothing stands still: at any time. */
const ANY_TIME: Opening = { key: '', windows: null, unreadable: [] };

const STANDS_STILL: ReadonlySet<Step['do']> = new Set(['stop', 'resize', 'move', 'convert']);

/**
 * Wave by wave, what waits for nothing any more: what prepares first, then machines that are not
 * production, then the others, and what is given back last. A batch has at most so many machines, all
 * with the same windows; as machines of one group wait for each other, it never has two of them.
 */
export function batchesOf(jobs: readonly Job[], settings: MaintenanceSettings): Batching {
  const batches: JobBatch[] = [];
  const done = new Set<string>();
  let left = jobs;
  while (left.length > 0) {
    const ready = left.filter(({ after }) => [...after].every((id) => done.has(id)));
    const [turn] = ready.map(turnOf).toSorted((a, b) => a - b);
    const wave = ready.filter((job) => turnOf(job) === turn);
    if (wave.length === 0) break;
    batches.push(...batchesOfWave(wave, settings));
    for (const { id } of wave) done.add(id);
    left = left.filter(({ id }) => !done.has(id));
  }
  return { batches, stuck: left };
}

function turnOf({ phase, machine }: Job): number {
  if (machine === null) return phase === 'prepare' ? 0 : 3;
  return machine.facts.environment === 'non-production' ? 1 : 2;
}

function batchesOfWave(wave: readonly Job[], settings: MaintenanceSettings): readonly JobBatch[] {
  const opened = wave
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .map((job) => ({ job, opening: openingFor(job, settings) }));
  const groups = [...Map.groupBy(opened, ({ opening }) => opening.key)];
  return groups
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, same]) => chunks(same, settings.machinesPerBatch))
    .map((some) => ({
      jobs: some.map(({ job }) => job),
      opening: together(some.map(({ opening }) => opening)),
    }));
}

function openingFor({ machine, steps }: Job, settings: MaintenanceSettings): Opening {
  if (machine === null || !steps.some(({ step }) => STANDS_STILL.has(step.do))) return ANY_TIME;
  return openingOf(machine.id, machine.facts, settings);
}

/** The windows are the same; where they cannot be read differs. */
function together(openings: readonly Opening[]): Opening {
  const [first = ANY_TIME] = openings;
  return { ...first, unreadable: openings.flatMap(({ unreadable }) => unreadable) };
}

function chunks<Item>(items: readonly Item[], size: number): readonly (readonly Item[])[] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
