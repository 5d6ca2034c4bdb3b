import { linuxSubscriptions } from '#adapters/aws/linux-subscriptions.ts';
import type { RestCall } from '#adapters/aws/signed-rest-client.ts';
import { userSubscriptions } from '#adapters/aws/user-subscriptions.ts';
import type { Scope } from '#domain/scope.ts';
import type { SubscriptionSource } from '#ports/inventory-source.ts';

/** One service's calls in an account and Region. */
type RestCallOf = (scope: Scope) => RestCall;

/** License Manager's subscriptions, each kind a service of its own. */
export function subscriptionSource(services: {
  readonly linux: RestCallOf;
  readonly user: RestCallOf;
}): SubscriptionSource {
  return {
    linuxSubscriptions: (scope) => linuxSubscriptions(services.linux(scope)),
    userSubscriptions: (scope) => userSubscriptions(services.user(scope)),
  };
}
