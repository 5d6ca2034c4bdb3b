import * as z from 'zod';
import { allPages } from '#adapters/aws/all-pages.ts';
import type { RestCall } from '#adapters/aws/signed-rest-client.ts';
import { SourceOff } from '#adapters/aws/source-failure.ts';
import { timeOf } from '#adapters/aws/time-text.ts';
import type { UserSubscription } from '#domain/estate/subscriptions.ts';

const MaxResults = 100;

const Token = { NextToken: z.string().nullish() };

/** A directory, sent back as AWS gave it wherever one has to be named. */
const Directory = z.record(z.string(), z.unknown());
type Directory = z.output<typeof Directory>;

const Directories = z.object({
  IdentityProviderSummaries: z.array(z.object({ IdentityProvider: Directory })).default([]),
  ...Token,
});

const Instances = z.object({
  InstanceSummaries: z
    .array(z.object({ InstanceId: z.string(), IdentityProvider: Directory.optional() }))
    .default([]),
  ...Token,
});

const User = { Username: z.string(), Domain: z.string().optional() };

const Associations = z.object({
  InstanceUserSummaries: z
    .array(z.object({ ...User, InstanceId: z.string(), DisassociationDate: z.string().optional() }))
    .default([]),
  ...Token,
});
type Association = z.output<typeof Associations>['InstanceUserSummaries'][number];

const Subscriptions = z.object({
  ProductUserSummaries: z
    .array(
      z.object({
        ...User,
        Product: z.string(),
        Status: z.string(),
        SubscriptionStartDate: z.string().optional(),
        SubscriptionEndDate: z.string().optional(),
      }),
    )
    .default([]),
  ...Token,
});
type Subscription = z.output<typeof Subscriptions>['ProductUserSummaries'][number];

/**
 * Users with a monthly subscription, and the instances that they may use it on.
 *
 * @see https://docs.aws.amazon.com/license-manager-user-subscriptions/latest/APIReference (API model of 2026-10-01)
 * @throws {SourceOff} where no directory is registered
 */
export async function userSubscriptions(call: RestCall): Promise<readonly UserSubscription[]> {
  const directories = await registeredDirectories(call);
  if (directories.length === 0) throw new SourceOff('IdentityProvider');
  const associations = await instanceUsers(call, directories);
  const subscriptions: UserSubscription[] = [];
  for (const IdentityProvider of directories) {
    const found = await list(
      call,
      '/user/ListProductSubscriptions',
      { IdentityProvider },
      (raw) => Subscriptions.parse(raw),
      (page) => page.ProductUserSummaries,
    );
    subscriptions.push(...found.map((aws) => subscriptionOf(aws, associations)));
  }
  return subscriptions;
}

/** Each once: AWS lists a directory for every product that it is registered for. */
async function registeredDirectories(call: RestCall): Promise<readonly Directory[]> {
  const found = await list(
    call,
    '/identity-provider/ListIdentityProviders',
    {},
    (raw) => Directories.parse(raw),
    (page) => page.IdentityProviderSummaries,
  );
  const byText = found.map(
    ({ IdentityProvider }) => [JSON.stringify(IdentityProvider), IdentityProvider] as const,
  );
  return [...new Map(byText).values()];
}

/** Who may use which instance, by user. */
async function instanceUsers(
  call: RestCall,
  directories: readonly Directory[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const instances = await list(
    call,
    '/instance/ListInstances',
    {},
    (raw) => Instances.parse(raw),
    (page) => page.InstanceSummaries,
  );
  const found: Association[] = [];
  for (const { InstanceId, IdentityProvider: own } of instances) {
    for (const IdentityProvider of own === undefined ? directories : [own]) {
      const users = await list(
        call,
        '/user/ListUserAssociations',
        { InstanceId, IdentityProvider },
        (raw) => Associations.parse(raw),
        (page) => page.InstanceUserSummaries,
      );
      found.push(...users.filter(({ DisassociationDate }) => DisassociationDate === undefined));
    }
  }
  const byUser = Map.groupBy(found, userKey);
  return new Map(
    [...byUser].map(([user, rows]) => [user, rows.map(({ InstanceId }) => InstanceId)]),
  );
}

function list<Answer extends { NextToken?: string | null | undefined }, Item>(
  call: RestCall,
  path: string,
  input: object,
  parse: (raw: unknown) => Answer,
  itemsOf: (answer: Answer) => readonly Item[],
): Promise<readonly Item[]> {
  return allPages(
    async (NextToken) => parse(await call(path, { ...input, MaxResults, NextToken })),
    (answer) => [itemsOf(answer), answer.NextToken ?? undefined],
  );
}

function subscriptionOf(
  aws: Subscription,
  associations: ReadonlyMap<string, readonly string[]>,
): UserSubscription {
  return {
    username: aws.Username,
    domain: aws.Domain ?? null,
    product: aws.Product,
    status: aws.Status,
    startedAt: timeOf(aws.SubscriptionStartDate),
    endsAt: timeOf(aws.SubscriptionEndDate),
    instanceIds: associations.get(userKey(aws)) ?? [],
  };
}

/** Active Directory tells no upper case from lower. */
function userKey({ Domain = '', Username }: { Domain?: string | undefined; Username: string }) {
  return `${Domain}\\${Username}`.toLowerCase();
}
