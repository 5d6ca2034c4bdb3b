import type { Scope } from '#domain/scope.ts';
import type { Policies } from '#ports/policies.ts';
import type { Queues } from '#ports/queues.ts';
import { lookAtOrganization, type OrganizationPorts } from '#usecases/look-at-organization.ts';
import { scopesOf } from '#usecases/scopes.ts';

export interface EverywherePorts extends OrganizationPorts {
  readonly policies: Policies;
  readonly queues: Pick<Queues, 'collect'>;
  /** Accounts and Regions to collect before a policy names any. */
  readonly firstScopes: readonly Scope[];
}

/** As many messages at once as there are connections to the queue. */
const AT_ONCE = 50;

/** Put one collection per account and Region into the queue, all of one round. Safe to repeat. */
export async function collectEverywhere(ports: EverywherePorts): Promise<void> {
  const round = ports.now();
  const published = await ports.policies.current();
  const organization =
    published?.policy.organization === undefined
      ? null
      : await lookAtOrganization(ports, (view) => scopesOf(published, ports.firstScopes, view));
  const scopes = scopesOf(published, ports.firstScopes, organization);
  for (let start = 0; start < scopes.length; start += AT_ONCE) {
    const some = scopes.slice(start, start + AT_ONCE);
    await Promise.all(some.map((scope) => ports.queues.collect({ kind: 'collect', scope, round })));
  }
  // Of what is collected by then: the end of a round of thousands is nobody's to wait for.
  await ports.queues.collect({ kind: 'keep-terms' });
}
