import { decidePolicy, type PolicyClick } from '#domain/policy/decide-policy.ts';
import { POLICY_STREAM } from '#domain/policy/policy-proposal.ts';
import { wasAnswered } from '#domain/requests/decision-outcome.ts';
import type { Channels } from '#ports/channels.ts';
import type { People } from '#ports/people.ts';
import type { Policies } from '#ports/policies.ts';
import type { PolicyProposals } from '#ports/policy-proposals.ts';
import { isClickedInShared } from '#usecases/click-place.ts';
import { type CommitPorts, decideAndCommit } from '#usecases/commit-change.ts';

interface Ports extends CommitPorts {
  readonly policies: Policies;
  readonly proposals: PolicyProposals;
  readonly people: People;
  readonly channels: Channels;
  /** Slack user ids that administer while no policy is published. */
  readonly firstAdministrators: readonly string[];
}

/** Confirm or reject a policy proposal, or tell the person why their click does not count. */
export async function decideProposal(ports: Ports, command: PolicyClick): Promise<void> {
  const { store, policies, proposals, firstAdministrators, now } = ports;
  const actor = await ports.people.get(command.by);
  const shared = await isClickedInShared(ports, command);
  await decideAndCommit(ports, async () => {
    const [proposal, trail] = await Promise.all([
      proposals.proposal(command.proposalId),
      store.auditTrail(POLICY_STREAM),
    ]);
    if (wasAnswered(trail, command)) return null;
    const [document, published] = await Promise.all([
      proposal && policies.byHash(proposal.hash),
      policies.current({ fresh: true }),
    ]);
    const state = { proposal, document, published, firstAdministrators, actor, shared };
    return decidePolicy(state, command, now()).step;
  });
}
