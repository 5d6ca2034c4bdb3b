import { afterEach, describe, expect, it } from 'vitest';
import { linuxSubscriptions } from '#adapters/aws/linux-subscriptions.ts';
import type { RestCall } from '#adapters/aws/signed-rest-client.ts';
import { userSubscriptions } from '#adapters/aws/user-subscriptions.ts';
import { Unavailable } from '#src/errors.ts';
import { awsWorld } from '../../sandbox/aws/aws-world.ts';
import { PAGED_EVIDENCE_LISTS } from './paged-evidence-lists.ts';
import { PAGED_LICENSE_LISTS } from './paged-license-lists.ts';
import type { PageAt } from './paged-list.ts';
import { PAGED_MACHINE_LISTS } from './paged-machine-lists.ts';
import { PAGED_OTHER_LISTS } from './paged-other-lists.ts';

const PAGED_LISTS = [
  ...PAGED_LICENSE_LISTS,
  ...PAGED_MACHINE_LISTS,
  ...PAGED_OTHER_LISTS,
  ...PAGED_EVIDENCE_LISTS,
];

const PAGE = 3;

/** A list of so many items in pages of three; its tokens are the number of the next item. */
function pagesOf(length: number): PageAt {
  return (token) => {
    const start = Number(token ?? 0);
    const end = Math.min(start + PAGE, length);
    const items = Array.from({ length: end - start }, (_, index) => start + index);
    return { items, next: end < length ? String(end) : undefined };
  };
}

const repeating: PageAt = () => ({ items: [0], next: 'again' });

const LENGTHS = [0, 1, PAGE, PAGE + 1];

describe.each(PAGED_LISTS)('the list of $name', ({ serve, read }) => {
  const stops: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });
  async function readAll(at: PageAt): Promise<readonly unknown[]> {
    const world = await awsWorld(() => [serve(at)]);
    stops.push(world.server.close);
    return read(world.client());
  }

  it.each(LENGTHS)('is whole with %i items', async (length) => {
    const found = await readAll(pagesOf(length));

    expect(new Set(found.map((item) => JSON.stringify(item))).size).toBe(length);
    expect(found).toHaveLength(length);
  });

  it('is given up when AWS repeats a token', async () => {
    await expect(readAll(repeating)).rejects.toBeInstanceOf(Unavailable);
  });
});

const directory = { ActiveDirectoryIdentityProvider: { DirectoryId: 'd-1' } };
const one = (user: string) => ({ Username: user, Product: 'OFFICE_STANDARD', Status: 'ACTIVE' });

/** The answers of a subscription service; of one path in pages. */
function answering(path: string, key: string, item: (n: number) => object, at: PageAt): RestCall {
  const fixed: Record<string, object> = {
    '/subscription/GetServiceSettings': { LinuxSubscriptionsDiscovery: 'Enabled' },
    '/identity-provider/ListIdentityProviders': {
      IdentityProviderSummaries: [{ IdentityProvider: directory }],
    },
    '/instance/ListInstances': { InstanceSummaries: [{ InstanceId: 'i-1' }] },
    '/user/ListProductSubscriptions': { ProductUserSummaries: [one('anna')] },
    '/user/ListUserAssociations': {},
  };
  return async (asked, input) => {
    if (asked !== path) return fixed[asked];
    const token = 'NextToken' in input ? input.NextToken : undefined;
    const { items, next } = at(typeof token === 'string' ? token : undefined);
    return { [key]: items.map(item), NextToken: next ?? null };
  };
}

describe.each([
  {
    name: 'Linux subscriptions',
    path: '/subscription/ListLinuxSubscriptionInstances',
    key: 'Instances',
    item: (n: number) => ({ InstanceID: `i-${n}`, AccountID: '222233334444', Region: 'us-east-1' }),
    read: linuxSubscriptions,
  },
  {
    name: 'product subscriptions',
    path: '/user/ListProductSubscriptions',
    key: 'ProductUserSummaries',
    item: (n: number) => one(`user-${n}`),
    read: userSubscriptions,
  },
  {
    name: 'instances of a user',
    path: '/user/ListUserAssociations',
    key: 'InstanceUserSummaries',
    item: (n: number) => ({ ...one('anna'), InstanceId: `i-${n}` }),
    read: async (call: RestCall) =>
      (await userSubscriptions(call)).flatMap(({ instanceIds }) => instanceIds),
  },
  {
    name: 'directories',
    path: '/identity-provider/ListIdentityProviders',
    key: 'IdentityProviderSummaries',
    item: (n: number) => ({ IdentityProvider: { DirectoryId: `d-${n}` } }),
    read: userSubscriptions,
    lengths: LENGTHS.slice(1),
  },
])('the list of $name', ({ path, key, item, read, lengths = LENGTHS }) => {
  it.each(lengths)('is whole with %i items', async (length) => {
    expect(await read(answering(path, key, item, pagesOf(length)))).toHaveLength(length);
  });

  it('is given up when AWS repeats a token', async () => {
    const reading = read(answering(path, key, item, repeating));

    await expect(reading).rejects.toBeInstanceOf(Unavailable);
  });
});
