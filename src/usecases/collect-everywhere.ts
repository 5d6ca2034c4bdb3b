import type { CollectPorts } from '#usecases/collect-scope.ts';
import { scopesOf } from '#usecases/scopes.ts';

/** Put one collection per account and Region into the queue. Safe to repeat. */
export async function collectEverywhere(
  ports: Pick<CollectPorts, 'policies' | 'queues' | 'firstScopes'>,
): Promise<void> {
  const scopes = scopesOf(await ports.policies.current(), ports.firstScopes);
  await Promise.all(scopes.map((scope) => ports.queues.collect({ kind: 'collect', scope })));
}
