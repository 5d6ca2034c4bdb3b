import { decideFollowUp } from '#domain/follow-ups/decide-follow-up.ts';
import { type FollowUp, followUpStream } from '#domain/follow-ups/follow-up.ts';
import {
  type FollowUpClick,
  type FollowUpDue,
  othersOfFollowUp,
} from '#domain/follow-ups/follow-up-outcome.ts';
import { poolsOfFollowUp } from '#domain/follow-ups/follow-up-reviewers.ts';
import { wasAnswered } from '#domain/requests/decision-outcome.ts';
import type { Channels } from '#ports/channels.ts';
import type { People } from '#ports/people.ts';
import type { Policies } from '#ports/policies.ts';
import { isClickedInShared } from '#usecases/click-place.ts';
import { type CommitPorts, decideAndCommit } from '#usecases/commit-change.ts';
import { peopleStillKnown } from '#usecases/people-still-known.ts';

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
  const { store, people, now } = ports;
  const { followUpId } = command;
  const actor = command.kind === 'follow-up-due' ? 'clock' : await people.get(command.by);
  const shared = await isClickedInShared(ports, command);
  await decideAndCommit(ports, async () => {
    const [followUp, trail] = await Promise.all([
      store.followUp(followUpId),
      store.auditTrail(followUpStream({ id: followUpId })),
    ]);
    if (wasAnswered(trail, command)) return null;
    const read = await readAround(ports, followUp, command);
    const outcome = decideFollowUp({ followUp, ...read, actor, shared }, command, now());
    return outcome.kind === 'ignored' ? null : outcome.step;
  });
}

/** What a follow-up is judged by. */
async function readAround(
  { store, policies, people }: Ports,
  followUp: FollowUp | null,
  command: FollowUpClick | FollowUpDue,
) {
  const agreed = command.kind === 'follow-up' ? othersOfFollowUp(followUp, command) : [];
  const [request, ledgers, published, others] = await Promise.all([
    followUp?.kind === 'time-box' ? store.request(followUp.requestId) : null,
    followUp === null ? [] : store.ledgers(poolsOfFollowUp(followUp)),
    policies.current(),
    peopleStillKnown(people, agreed),
  ]);
  return { request, ledgers, published, others };
}
