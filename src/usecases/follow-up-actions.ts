import type { Unrequested } from '#domain/follow-ups/follow-up.ts';
import { noteEffect } from '#domain/follow-ups/unrequested.ts';
import { later, MINUTE_MS } from '#domain/instant.ts';
import type { FollowUpJob } from '#domain/jobs/launch-job.ts';
import type { EffectOutcome, FollowUpActions } from '#ports/follow-up-actions.ts';
import { type CommitPorts, decideAndCommit } from '#usecases/commit-change.ts';

export interface FollowUpActionPorts extends CommitPorts {
  readonly followUpActions: FollowUpActions;
}

/** How soon AWS is asked again for what it could not do yet, in seconds, and for how long; then the sweeper asks. */
const ASK_AGAIN_SECONDS = 10;
const ASK_FOR_MS = 2 * MINUTE_MS;

/** Do in AWS what a follow-up's status says is to be done, and note what came of it. Safe to repeat. */
export async function actOnFollowUp(ports: FollowUpActionPorts, job: FollowUpJob): Promise<void> {
  const { followUpId } = job;
  const followUp = await ports.store.followUp(followUpId);
  if (followUp?.kind !== 'unrequested') return;
  const effect = await effectOn(ports, followUp);
  if (effect === null) return;
  if (effect.kind === 'not-yet') {
    const soon = ports.now() < later(followUp.updatedAt, ASK_FOR_MS);
    return soon ? ports.queues.launch(job, ASK_AGAIN_SECONDS) : undefined;
  }
  await decideAndCommit(ports, async () => {
    const current = await ports.store.followUp(followUpId);
    return current?.kind === 'unrequested' ? noteEffect(current, effect, ports.now()) : null;
  });
}

/** `null` when there is nothing to be done (any more). */
async function effectOn(
  { followUpActions }: FollowUpActionPorts,
  { id, account, region, status, resources, decisions }: Unrequested,
): Promise<EffectOutcome | null> {
  const scope = { account, region };
  const action = decisions.at(-1)?.action;
  if (status === 'stopping' && action?.do === 'stop') {
    return followUpActions.stop(
      scope,
      resources.map((resource) => resource.id),
      id,
    );
  }
  if (status === 'associating' && action?.do === 'associate') {
    const arns = resources.map(({ arn }) => arn);
    return followUpActions.associate(scope, arns, action.configurationArn, id);
  }
  return null;
}
