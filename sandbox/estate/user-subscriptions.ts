import { daysAgo, type Ground } from './ground.ts';
import { directoryId, idOf } from './ids.ts';
import { securityGroupId, zone } from './network.ts';
import type { SubscribedUser, UserSubscriptionsPlan } from './site.ts';

/** The site's Active Directory with its subscribed users, and the servers that they use. */
export function addUserSubscriptions(ground: Ground): void {
  const { site, state } = ground;
  const plan = site.userSubscriptions;
  if (plan === undefined) return;
  const id = directoryId(site.account, site.region, plan.domain);
  state.directories.set(id, {
    directoryId: id,
    domain: plan.domain,
    products: plan.products,
    subnets: [zone(site, 0).subnetId, zone(site, 1).subnetId],
    securityGroup: securityGroupId(site, 'windows-servers'),
    instances: serversOf(ground, plan).map((hostname) => instanceId(ground, hostname)),
    users: plan.users.map((user) => directoryUser(ground, user)),
  });
}

function serversOf({ site }: Ground, { servers }: UserSubscriptionsPlan): string[] {
  const row = site.workloads
    .flatMap((workload) => workload.servers)
    .find(({ name }) => name === servers);
  if (row === undefined) throw new Error(`${site.account}/${site.region} has no ${servers}.`);
  return Array.from(
    { length: row.count },
    (_, index) => `${servers}-${String(index + 1).padStart(2, '0')}`,
  );
}

function directoryUser(ground: Ground, user: SubscribedUser) {
  const since = daysAgo(ground, user.sinceDaysAgo);
  return {
    username: user.name,
    product: user.product,
    subscribedAt: since,
    unsubscribedAt: user.endedDaysAgo === undefined ? null : daysAgo(ground, user.endedDaysAgo),
    associations: new Map(
      user.on.map((hostname) => [instanceId(ground, hostname), since] as const),
    ),
  };
}

function instanceId({ site }: Ground, hostname: string): string {
  return idOf('i', site.account, site.region, hostname);
}
