import { getRow, type Table } from '#adapters/aws/table.ts';
import { proposalKey } from '#adapters/aws/table-item.ts';
import { PolicyProposal } from '#domain/policy/policy-proposal.ts';
import type { PolicyProposals } from '#ports/policy-proposals.ts';

/** Policy proposals in the table. */
export function dynamodbPolicyProposals(table: Table): PolicyProposals {
  return {
    async proposal(id) {
      const row = await getRow(table, proposalKey(id));
      return row === undefined ? null : PolicyProposal.parse(row['document']);
    },
  };
}
