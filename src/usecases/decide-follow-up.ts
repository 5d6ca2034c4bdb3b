import {
  decideFollowUp,
  type FollowUpClick,
  type FollowUpDue,
} from '#domain/follow-ups/decide-follow-up.ts';
import { followUpStream } from '#domain/follow-ups/follow-up.ts';
import { poolsOfFollowUp } from '#domain/follow-ups/follow-up-reviewers.ts';
import type { Channels } from '#ports/channels.ts';
import type { People } from '#ports/people.ts';
import type { Policies } from '#ports/policies.ts';
import { isClickedInShared } from '#usecases/click-place.ts';
import { type CommitPorts, decideAndCommit } from '#usecases/commit-change.ts';

interface Ports extends CommitPorts {
  readonly policies: Policies;
  readonly people: People;
  readonly channels: Channels;
}

/** Record what a person or the clock decides on a follow-up, or tell the person why it does not count. */
export async function decideOnFollowUp(
  ports: Ports,
  command: FollowUpClick | FollowUpDue,
): Promise<void> {
  const { store, policies, people, now } = ports;
  const actor = command.kind === 'follow-up-due' ? 'clock' : await people.get(command.by);
  const shared = await isClickedInShared(ports, command);
  await decideAndCommit(ports, async () => {
    const followUp = await store.followUp(command.followUpId);
    const [ledgers, published, trail] = await Promise.all([
      followUp === null ? [] : store.ledgers(poolsOfFollowUp(followUp)),
      policies.current(),
      followUp === null ? [] : store.auditTrail(followUpStream(followUp)),
    ]);
    // Delivered again, a refusal stays one, whatever has changed since.
    const refused = trail.some(
      ({ event, details }) => event === 'follow-up.refused' && details['command'] === command.key,
    );
    if (refused) return null;
    const outcome = decideFollowUp({ followUp, ledgers, published, actor, shared }, command, now());
    return outcome.kind === 'ignored' ? null : outcome.step;
  });
}
