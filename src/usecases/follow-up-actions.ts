import type { Unrequested } from '#domain/follow-up.ts';
import type { FollowUpJob } from '#domain/job.ts';
import { type Effect, noteEffect } from '#domain/unrequested.ts';
import type { FollowUpActions } from '#ports/follow-up-actions.ts';
import { type CommitPorts, decideAndCommit } from '#usecases/commit-change.ts';

export interface FollowUpActionPorts extends CommitPorts {
  readonly followUpActions: FollowUpActions;
}

/** Do in AWS what a follow-up's status says is to be done, and note what came of it. Safe to repeat. */
export async function actOnFollowUp(
  ports: FollowUpActionPorts,
  { followUpId }: FollowUpJob,
): Promise<void> {
  const followUp = await ports.store.followUp(followUpId);
  if (followUp?.kind !== 'unrequested') return;
  const effect = await effectOn(ports, followUp);
  if (effect === null) return;
  await decideAndCommit(ports, async () => {
    const current = await ports.store.followUp(followUpId);
    return current?.kind === 'unrequested' ? noteEffect(current, effect, ports.now()) : null;
  });
}

/** `null` when there is nothing to be done (any more). */
async function effectOn(
  { followUpActions }: FollowUpActionPorts,
  { id, account, region, status, resources, decisions }: Unrequested,
): Promise<Effect | null> {
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
