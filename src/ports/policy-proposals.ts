import type { PolicyProposal } from '#domain/policy/policy-proposal.ts';

/** Policy proposals, for reading; they are written by `DecisionStore.commit` only. */
export interface PolicyProposals {
  /** Strongly consistent. */
  proposal(id: string): Promise<PolicyProposal | null>;
}
