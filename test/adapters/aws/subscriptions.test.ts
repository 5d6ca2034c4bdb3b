import { describe, expect, it } from 'vitest';
import type { RestCall } from '#adapters/aws/signed-rest-client.ts';
import { failureOf } from '#adapters/aws/source-failure.ts';
import { subscriptionSource } from '#adapters/aws/subscription-source.ts';
import { LinuxSubscription, UserSubscription } from '#domain/estate/subscriptions.ts';
import { expectDomain } from './expect-domain.ts';
import { SCOPE } from './paged-list.ts';

const unused: RestCall = async (path) => {
  throw new Error(`${path} was called`);
};

/** Answers by path; what is not there is not called. */
function answering(answers: Readonly<Record<string, unknown>>) {
  const inputs: (readonly [string, object])[] = [];
  const call: RestCall = async (path, input) => {
    if (!(path in answers)) return unused(path, input);
    inputs.push([path, input]);
    return answers[path];
  };
  return { call, inputs };
}

describe('Linux subscriptions', () => {
  const read = (call: RestCall) =>
    subscriptionSource({ linux: () => call, user: () => unused }).linuxSubscriptions(SCOPE);
  const on = { LinuxSubscriptionsDiscovery: 'Enabled' };

  it.each([['Disabled'], [undefined]])('are off while discovery is %s', async (discovery) => {
    const { call } = answering({
      '/subscription/GetServiceSettings': { LinuxSubscriptionsDiscovery: discovery },
    });
    const error = await read(call).catch((reason: unknown) => reason);

    expect(failureOf(error)).toEqual({ state: 'off', error: 'LinuxSubscriptionsDiscovery' });
  });

  it('say what runs where, and who is subscribed twice', async () => {
    const instance = { AccountID: '222233334444', Region: 'eu-west-1' };
    const { call } = answering({
      '/subscription/GetServiceSettings': on,
      '/subscription/ListLinuxSubscriptionInstances': {
        Instances: [
          {
            ...instance,
            InstanceID: 'i-1',
            SubscriptionName: 'Red Hat Enterprise Linux',
            UsageOperation: 'RunInstances:0010',
            OsVersion: '9.4',
            DualSubscription: 'True',
          },
          { ...instance, InstanceID: 'i-2', DualSubscription: 'False' },
        ],
      },
    });
    const found = await read(call);

    expect(found).toEqual([
      {
        instanceId: 'i-1',
        ownerAccount: '222233334444',
        region: 'eu-west-1',
        subscriptionName: 'Red Hat Enterprise Linux',
        usageOperation: 'RunInstances:0010',
        osVersion: '9.4',
        registeredTwice: true,
      },
      expect.objectContaining({ instanceId: 'i-2', osVersion: null, registeredTwice: false }),
    ]);
    expectDomain(LinuxSubscription, found);
  });
});

describe('user subscriptions', () => {
  const read = (call: RestCall) =>
    subscriptionSource({ linux: () => unused, user: () => call }).userSubscriptions(SCOPE);
  const directory = { ActiveDirectoryIdentityProvider: { DirectoryId: 'd-1' } };
  const anna = { Username: 'anna', Domain: 'corp.example.com' };

  it('are off where no directory is registered', async () => {
    const { call } = answering({
      '/identity-provider/ListIdentityProviders': { IdentityProviderSummaries: [] },
    });
    const error = await read(call).catch((reason: unknown) => reason);

    expect(failureOf(error)).toEqual({ state: 'off', error: 'IdentityProvider' });
  });

  it('say who may use what on which instances, asking each directory once', async () => {
    const { call, inputs } = answering({
      '/identity-provider/ListIdentityProviders': {
        IdentityProviderSummaries: [
          {
            IdentityProvider: directory,
            Product: 'OFFICE_PROFESSIONAL_PLUS',
            Status: 'REGISTERED',
          },
          {
            IdentityProvider: directory,
            Product: 'VISUAL_STUDIO_ENTERPRISE',
            Status: 'REGISTERED',
          },
        ],
      },
      '/instance/ListInstances': { InstanceSummaries: [{ InstanceId: 'i-1' }] },
      '/user/ListUserAssociations': {
        InstanceUserSummaries: [
          { ...anna, Username: 'Anna', InstanceId: 'i-1' },
          { Username: 'ben', InstanceId: 'i-1', DisassociationDate: '2026-10-01T00:00:00Z' },
        ],
      },
      '/user/ListProductSubscriptions': {
        ProductUserSummaries: [
          {
            ...anna,
            Product: 'VISUAL_STUDIO_ENTERPRISE',
            Status: 'SUBSCRIBED',
            SubscriptionStartDate: '2026-01-31T00:00:00Z',
          },
          { Username: 'ben', Product: 'OFFICE_PROFESSIONAL_PLUS', Status: 'A_NEW_WORD' },
        ],
      },
    });
    const found = await read(call);

    expect(found).toEqual([
      {
        username: 'anna',
        domain: 'corp.example.com',
        product: 'VISUAL_STUDIO_ENTERPRISE',
        status: 'SUBSCRIBED',
        startedAt: new Date('2026-01-31T00:00:00Z'),
        endsAt: null,
        instanceIds: ['i-1'],
      },
      expect.objectContaining({ username: 'ben', status: 'A_NEW_WORD', instanceIds: [] }),
    ]);
    expectDomain(UserSubscription, found);
    expect(inputs.filter(([path]) => path === '/user/ListProductSubscriptions')).toEqual([
      [expect.anything(), expect.objectContaining({ IdentityProvider: directory })],
    ]);
    expect(inputs).toHaveLength(4);
  });

  it('ask an instance for its own directory’s users', async () => {
    const other = { ActiveDirectoryIdentityProvider: { DirectoryId: 'd-2' } };
    const { call, inputs } = answering({
      '/identity-provider/ListIdentityProviders': {
        IdentityProviderSummaries: [{ IdentityProvider: directory }, { IdentityProvider: other }],
      },
      '/instance/ListInstances': {
        InstanceSummaries: [{ InstanceId: 'i-1', IdentityProvider: other }, { InstanceId: 'i-2' }],
      },
      '/user/ListUserAssociations': {},
      '/user/ListProductSubscriptions': {},
    });
    await read(call);

    const asked = inputs.filter(([path]) => path === '/user/ListUserAssociations');
    expect(asked.map(([, input]) => input)).toMatchObject([
      { InstanceId: 'i-1', IdentityProvider: other },
      { InstanceId: 'i-2', IdentityProvider: directory },
      { InstanceId: 'i-2', IdentityProvider: other },
    ]);
  });
});
