import { noteStopping } from '#domain/follow-ups/time-box.ts';
import { later, MINUTE_MS } from '#domain/instant.ts';
import type { FollowUpJob } from '#domain/jobs/launch-job.ts';
import type { Stopper } from '#ports/launcher.ts';
import { Unavailable } from '#src/errors.ts';
import { type CommitPorts, decideAndCommit } from '#usecases/commit-change.ts';

export interface TimeBoxPorts extends CommitPorts {
  readonly stopper: Stopper;
}

/** How soon EC2 is asked again about what it is stopping, in seconds, and for how long; then the sweeper asks. */
const ASK_AGAIN_SECONDS = 15;
const ASK_FOR_MS = 2 * MINUTE_MS;

/** Stop what a time box is about when its end has come, and note what came of it. Safe to repeat. */
export async function endTimeBox(ports: TimeBoxPorts, job: FollowUpJob): Promise<void> {
  const { store, stopper, queues, now } = ports;
  const box = await store.followUp(job.followUpId);
  if (box?.kind !== 'time-box' || box.status !== 'stopping') return;
  const outcome = await stopper.stop(box, box.instanceIds, box.requestId);
  if (outcome.kind === 'unclear') throw new Unavailable(outcome.code);
  if (outcome.kind === 'under-way') {
    if (now() < later(box.updatedAt, ASK_FOR_MS)) await queues.launch(job, ASK_AGAIN_SECONDS);
    return;
  }
  await decideAndCommit(ports, async () => {
    const current = await store.followUp(job.followUpId);
    return current?.kind === 'time-box' ? noteStopping(current, outcome, now()) : null;
  });
}
