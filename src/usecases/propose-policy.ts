import type { PublishedPolicy } from '#domain/policy.ts';
import { type PolicyChange, policyChanges } from '#domain/policy-changes.ts';
import { type PolicyProposal, type Proposing, proposePolicy } from '#domain/policy-proposal.ts';
import type { Policies, PolicyPublisher } from '#ports/policies.ts';
import { type CommitPorts, decideAndCommit } from '#usecases/commit-change.ts';

export interface ProposePorts extends CommitPorts {
  readonly policies: Policies;
  readonly publisher: Pick<PolicyPublisher, 'store'>;
}

/** What came of it, and what the document changes in the policy that is published now. */
export type Proposed = Proposing & { readonly changes: readonly PolicyChange[] };

/**
 * Store a document and propose it in place of the published one. The card goes to the administrators.
 *
 * @param document the YAML text and the policy that it says
 */
export async function proposeDocument(
  ports: ProposePorts,
  document: PublishedPolicy & { readonly text: string },
  proposer: Pick<PolicyProposal, 'expected' | 'proposedBy' | 'principal'>,
): Promise<Proposed> {
  const { policies, publisher, now, sha256 } = ports;
  const published = await policies.current({ fresh: true });
  const proposed = { ...proposer, hash: document.hash };
  const outcome = proposePolicy(published, proposed, now(), sha256);
  if (outcome.kind === 'proposed') {
    await publisher.store(document.text);
    await decideAndCommit(ports, async () => outcome.step);
  }
  return { ...outcome, changes: policyChanges(published?.policy ?? null, document.policy) };
}
