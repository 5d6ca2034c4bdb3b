import type { PublishedPolicy } from '#domain/policy/policy.ts';
import { type PolicyChange, policyChanges } from '#domain/policy/policy-changes.ts';
import {
  POLICY_STREAM,
  type PolicyProposal,
  type Proposing,
  proposePolicy,
  wasInForce,
} from '#domain/policy/policy-proposal.ts';
import type { Policies, PolicyPublisher } from '#ports/policies.ts';
import { type CommitPorts, decideAndCommit } from '#usecases/commit-change.ts';

export interface ProposePorts extends CommitPorts {
  readonly policies: Policies;
  readonly publisher: Pick<PolicyPublisher, 'store'>;
}

/** What came of it, and what the document changes in the policy that is published now. */
export type Proposed = Proposing & { readonly changes: readonly PolicyChange[] };

type Proposer = Pick<PolicyProposal, 'expected' | 'proposedBy' | 'principal'>;

/**
 * Store a document and propose it in place of the published one. The card goes to the administrators.
 *
 * @param document the YAML text and the policy that it says
 */
export async function proposeDocument(
  ports: ProposePorts,
  document: PublishedPolicy & { readonly text: string },
  proposer: Proposer,
): Promise<Proposed> {
  const trail = await ports.store.auditTrail(POLICY_STREAM);
  const rollBack = wasInForce(trail, document.hash);
  return propose(ports, document, { ...proposer, rollBack }, () =>
    ports.publisher.store(document.text),
  );
}

/** Propose a document again that was in force once; `null` when none of this hash was. */
export async function proposeRollBack(
  ports: ProposePorts,
  hash: string,
  proposer: Proposer,
): Promise<Proposed | null> {
  const trail = await ports.store.auditTrail(POLICY_STREAM);
  const document = wasInForce(trail, hash) ? await ports.policies.byHash(hash) : null;
  return document && propose(ports, document, { ...proposer, rollBack: true }, async () => {});
}

async function propose(
  ports: ProposePorts,
  { hash, policy }: PublishedPolicy,
  proposer: Proposer & Pick<PolicyProposal, 'rollBack'>,
  store: () => Promise<void>,
): Promise<Proposed> {
  const { policies, now, sha256 } = ports;
  const published = await policies.current({ fresh: true });
  const outcome = proposePolicy(published, { ...proposer, hash }, now(), sha256);
  if (outcome.kind === 'proposed') {
    await store();
    await decideAndCommit(ports, async () => outcome.step);
  }
  return { ...outcome, changes: policyChanges(published?.policy ?? null, policy) };
}
