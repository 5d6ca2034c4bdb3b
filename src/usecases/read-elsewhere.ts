import type { LaunchChoice } from '#domain/launch/launch-plan.ts';
import { type Elsewhere, placesElsewhere } from '#domain/launch/places-elsewhere.ts';
import type { Policy } from '#domain/policy/policy.ts';
import { poolsToRead } from '#domain/requests/decision-outcome.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import type { Snapshots } from '#ports/snapshots.ts';
import { readTerms } from '#usecases/read-terms.ts';

interface Ports {
  readonly store: Pick<DecisionStore, 'ledgers' | 'termsLedgers'>;
  readonly snapshots: Pick<Snapshots, 'shard' | 'termsView' | 'launchRoleRefusedAt'>;
}

/** What is known of other accounts where a launch may go; those that were never collected are left out. */
export async function readElsewhere(
  ports: Ports,
  policy: Policy,
  choice: LaunchChoice,
): Promise<readonly Elsewhere[]> {
  const places = placesElsewhere(policy, choice).map(async (scope): Promise<Elsewhere[]> => {
    const [shard, terms] = await Promise.all([
      ports.snapshots.shard(scope),
      readTerms(ports, scope, null),
    ]);
    if (shard === null) return [];
    return [{ shard, terms, ledgers: await ports.store.ledgers(poolsToRead(null, shard)) }];
  });
  return (await Promise.all(places)).flat();
}
