import type { DecisionCommand } from '#domain/jobs/decision-command.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { Line } from '#domain/requests/hold-caps.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { type Promotion, promote } from '#domain/requests/promote.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import type { Policies } from '#ports/policies.ts';
import { type CommitPorts, decideAndCommit } from '#usecases/commit-change.ts';

interface Ports extends CommitPorts {
  readonly policies: Policies;
}

/**
 * Serve the line of a pool or of terms: give the first request that can be served its holds. Its step
 * serves the next.
 */
export async function promoteWaiting(
  ports: Ports,
  command: Extract<DecisionCommand, { kind: 'promote' | 'promote-terms' }>,
): Promise<void> {
  const published = await ports.policies.current();
  if (published === null) return;
  const line: Line =
    command.kind === 'promote'
      ? { kind: 'pool', id: command.poolId }
      : { kind: 'terms', id: command.ledgerId };
  await decideAndCommit(ports, async () => {
    for (const requestId of await waitingIn(ports.store, line)) {
      const promotion = await consider(ports, line, requestId, published.policy);
      if (promotion.kind === 'promoted') return promotion.step;
      if (promotion.kind === 'first-in-line') return null;
    }
    return null;
  });
}

async function waitingIn(store: DecisionStore, { kind, id }: Line): Promise<readonly string[]> {
  const [ledger] = await (kind === 'pool' ? store.ledgers([id]) : store.termsLedgers([id]));
  return ledger?.waiting ?? [];
}

async function consider(
  { store, now }: Ports,
  line: Line,
  requestId: LaunchRequest['id'],
  policy: Policy,
): Promise<Promotion> {
  const request = await store.request(requestId);
  if (request === null) return { kind: 'skipped' };
  const { draws, terms: lines } = request.evaluation;
  const [ledgers, terms, quota] = await Promise.all([
    store.ledgers(draws.map(({ poolId }) => poolId)),
    store.termsLedgers(lines.map(({ ledgerId }) => ledgerId)),
    store.quota(request.requestedBy),
  ]);
  return promote({ line, request, ledgers, terms, quota, policy }, now());
}
