import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import type { Scope } from '#domain/scope.ts';
import { type LaunchTerms, termsToRead } from '#domain/terms/terms-view.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import type { Snapshots } from '#ports/snapshots.ts';

interface Ports {
  readonly store: Pick<DecisionStore, 'termsLedgers'>;
  readonly snapshots: Pick<Snapshots, 'termsView' | 'launchRoleRefusedAt'>;
}

/**
 * What a decision on a request is judged on by the vendors' terms.
 *
 * @param scope where a plan is judged; `null`: nothing is, and only what the request holds is read
 */
export async function readTerms(
  { store, snapshots }: Ports,
  scope: Scope | null,
  request: Pick<LaunchRequest, 'evaluation'> | null,
): Promise<LaunchTerms> {
  const [view, launchRoleRefusedAt] =
    scope === null
      ? [null, null]
      : await Promise.all([
          snapshots.termsView(scope),
          snapshots.launchRoleRefusedAt(scope.account),
        ]);
  const ledgers = await store.termsLedgers(termsToRead(request, view));
  return { view, ledgers, launchRoleRefusedAt };
}
