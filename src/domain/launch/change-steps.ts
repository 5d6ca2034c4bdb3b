import type { Instance } from '#domain/estate/instance.ts';

/** An instance as EC2 shows it now; `ours`: it is marked with the request that changes it. */
export interface Seen {
  readonly instance: Instance | null;
  readonly ours: boolean;
}

/** What is next for an instance that is stopped to be changed, beside the change itself. */
export type CommonStep =
  | 'stop'
  /** EC2 is changing its state: look again later. */
  | 'wait'
  | 'start'
  | 'done'
  /** It is not as it was approved, and not by our doing. */
  | 'changed'
  | 'gone';

/** How far a change is. */
export interface Progress<Step> {
  /** It is as it is to be. */
  readonly there: boolean;
  /** It is as it was when that was approved. */
  readonly asBefore: boolean;
  /** What to do to it while it is stopped. */
  readonly next: Step;
}

/**
 * The next step of a change. Each step leads to a state that tells itself from all others, so that
 * whoever comes after a crash goes on where it stopped. It is started only when all is done.
 *
 * @param running whether it ran when that was approved, and is to run again
 */
export function nextStep<Step>(
  seen: Seen,
  running: boolean,
  progress: Progress<Step>,
): Step | CommonStep {
  const { instance } = seen;
  if (instance === null) return 'gone';
  switch (instance.state) {
    case 'pending':
    case 'stopping':
      return seen.ours ? 'wait' : 'changed';
    case 'running':
      return whileRunning(seen, running, progress);
    case 'stopped':
      return whileStopped(seen, running, progress);
    case 'shutting-down':
    case 'terminated':
      return 'gone';
  }
}

function whileRunning(
  { ours }: Seen,
  running: boolean,
  { there, asBefore }: Progress<unknown>,
): CommonStep {
  if (there) return ours ? 'done' : 'changed';
  return running && asBefore ? 'stop' : 'changed';
}

/** Not by our doing it may only be as it was, and stopped as it was. */
function whileStopped<Step>(
  { ours }: Seen,
  running: boolean,
  { there, asBefore, next }: Progress<Step>,
): Step | CommonStep {
  if (!ours && (running || !asBefore)) return 'changed';
  return there ? endOf(running) : next;
}

/** The next step back, after a refusal: as before, and running if it ran. */
export function nextStepBack<Step>(
  { state }: Instance,
  running: boolean,
  { asBefore, next }: Omit<Progress<Step>, 'there'>,
): Step | CommonStep {
  switch (state) {
    case 'pending':
    case 'stopping':
      return 'wait';
    case 'running':
      return running && asBefore ? 'done' : 'changed';
    case 'stopped':
      return asBefore ? endOf(running) : next;
    case 'shutting-down':
    case 'terminated':
      return 'gone';
  }
}

function endOf(running: boolean): 'start' | 'done' {
  return running ? 'start' : 'done';
}
