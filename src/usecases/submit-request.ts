import { poolsToRead, type SubmitCommand, wasAnswered } from '#domain/decision-outcome.ts';
import { submit } from '#domain/submit.ts';
import type { People } from '#ports/people.ts';
import type { Policies } from '#ports/policies.ts';
import type { Snapshots } from '#ports/snapshots.ts';
import { type CommitPorts, decideAndCommit } from '#usecases/commit-change.ts';
import { readTerms } from '#usecases/read-terms.ts';

interface Ports extends CommitPorts {
  readonly policies: Policies;
  readonly snapshots: Snapshots;
  readonly people: People;
}

/** Plan, evaluate and place a new request; a repeat finds it placed. */
export async function submitRequest(ports: Ports, command: SubmitCommand): Promise<void> {
  const { store, policies, snapshots, people, now, sha256 } = ports;
  const requester = await people.get(command.by);
  await decideAndCommit(ports, async () => {
    const [existing, trail, shard, terms, published, quota] = await Promise.all([
      store.request(command.requestId),
      store.auditTrail(`request/${command.requestId}`),
      snapshots.shard(command.choice),
      readTerms(ports, command.choice, null),
      policies.current(),
      store.quota(command.by),
    ]);
    if (wasAnswered(trail, command)) return null;
    const ledgers = await store.ledgers(poolsToRead(existing, shard));
    const state = { existing, ledgers, terms, quota, shard, published, requester };
    const outcome = submit(state, command, now(), sha256);
    return outcome.kind === 'ignored' ? null : outcome.step;
  });
}
