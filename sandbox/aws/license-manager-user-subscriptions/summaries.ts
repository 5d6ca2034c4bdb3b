import type { DirectoryRecord, RegionState } from '../cloud/cloud.ts';
import type { CallContext } from '../wire/service.ts';

/** A directory as every answer names it. */
function identityProvider({ directoryId, domain }: DirectoryRecord) {
  return {
    ActiveDirectoryIdentityProvider: {
      DirectoryId: directoryId,
      ActiveDirectoryType: 'AWS_MANAGED',
      ActiveDirectorySettings: { DomainName: domain },
      IsSharedActiveDirectory: false,
    },
  };
}

/** One for each product that a directory is registered for. */
export function providerSummaries(directory: DirectoryRecord, context: CallContext) {
  const { directoryId, products, subnets, securityGroup } = directory;
  return products.map((Product) => ({
    DirectoryId: directoryId,
    IdentityProvider: identityProvider(directory),
    Settings: { Subnets: subnets, SecurityGroupId: securityGroup },
    Product,
    Status: 'REGISTERED',
    IdentityProviderArn: arn(context, 'identity-provider', directoryId, Product),
    OwnerAccountId: context.account,
  }));
}

/** The instances that provide a directory's products; a terminated one is gone. */
export function instanceSummaries(directory: DirectoryRecord, { account, instances }: RegionState) {
  return directory.instances.flatMap((InstanceId) => {
    const status = instances.get(InstanceId)?.State?.Name;
    if (status === undefined || status === 'terminated') return [];
    return [
      {
        InstanceId,
        Status: status === 'running' ? 'ACTIVE' : 'INACTIVE',
        Products: directory.products,
        OwnerAccountId: account,
        IdentityProvider: identityProvider(directory),
      },
    ];
  });
}

/** Every subscription of a user; one that was ended is billed through the month. */
export function productUsers(directory: DirectoryRecord, context: CallContext, now: number) {
  return directory.users.map(({ username, product, subscribedAt, unsubscribedAt }) => ({
    Username: username,
    Product: product,
    IdentityProvider: identityProvider(directory),
    Status:
      unsubscribedAt === null || unsubscribedAt.getTime() > now ? 'SUBSCRIBED' : 'UNSUBSCRIBED',
    ProductUserArn: arn(context, 'product-user', username, product),
    Domain: directory.domain,
    SubscriptionStartDate: subscribedAt.toISOString(),
    SubscriptionEndDate: unsubscribedAt?.toISOString(),
  }));
}

/** Who may use one instance; a user of two products is one user. */
export function instanceUsers(
  directory: DirectoryRecord,
  instanceId: string,
  context: CallContext,
) {
  const users = directory.users.flatMap(({ username, associations }) => {
    const since = associations.get(instanceId);
    return since === undefined ? [] : [[username, since] as const];
  });
  return [...new Map(users)].map(([Username, since]) => ({
    Username,
    InstanceId: instanceId,
    IdentityProvider: identityProvider(directory),
    Status: 'ASSOCIATED',
    InstanceUserArn: arn(context, 'instance-user', Username, instanceId),
    Domain: directory.domain,
    AssociationDate: since.toISOString(),
  }));
}

function arn({ account, region }: CallContext, kind: string, ...id: string[]): string {
  const name = id.join('.').replaceAll('_', '-').toLowerCase();
  return `arn:aws:license-manager-user-subscriptions:${region}:${account}:${kind}/${name}`;
}
