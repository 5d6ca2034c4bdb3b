import { beforeEach, describe, expect, it } from 'vitest';
import type { DirectoryRecord } from '../../../../sandbox/aws/cloud/cloud.ts';
import { administrator } from '../../../../sandbox/aws/iam/principal.ts';
import { userSubscriptionsService } from '../../../../sandbox/aws/license-manager-user-subscriptions/service.ts';
import { conforms, declaredErrors, modelsPresent } from '../conformance.ts';
import {
  become,
  DAY,
  HUB,
  launch,
  NOW,
  REGION,
  smallCloud,
} from '../license-manager/small-cloud.ts';

const SERVICE = 'license-manager-user-subscriptions';
const DIRECTORY = 'd-9067a1b2c3';
const IdentityProvider = { ActiveDirectoryIdentityProvider: { DirectoryId: DIRECTORY } };

let cloud: ReturnType<typeof smallCloud>;
let desktop: ReturnType<typeof launch>;
beforeEach(() => {
  cloud = smallCloud();
  const state = cloud.region(HUB, REGION);
  desktop = launch(cloud, state, []);
  const associations = new Map([[desktop.InstanceId ?? '', new Date(NOW - 90 * DAY)]]);
  const user = { subscribedAt: new Date(NOW - 100 * DAY), unsubscribedAt: null, associations };
  const directory: DirectoryRecord = {
    directoryId: DIRECTORY,
    domain: 'corp.example',
    products: ['VISUAL_STUDIO_PROFESSIONAL', 'OFFICE_PROFESSIONAL_PLUS'],
    subnets: ['subnet-0123456789abcdef0'],
    securityGroup: 'sg-0123456789abcdef0',
    instances: [desktop.InstanceId ?? ''],
    users: [
      { ...user, username: 'ada', product: 'VISUAL_STUDIO_PROFESSIONAL' },
      { ...user, username: 'ada', product: 'OFFICE_PROFESSIONAL_PLUS' },
      {
        ...user,
        username: 'bob',
        product: 'OFFICE_PROFESSIONAL_PLUS',
        associations: new Map(),
        unsubscribedAt: new Date(NOW - DAY),
      },
    ],
  };
  state.directories.set(DIRECTORY, directory);
});

/** Plays a call, and holds input and answer to AWS's model. */
async function play(operation: string, input: object = {}, region = REGION) {
  const output = await userSubscriptionsService(cloud).play(operation, input, {
    service: SERVICE,
    operation,
    account: HUB,
    region,
    principal: administrator(HUB),
    requestId: 'request',
  });
  expect(conforms(SERVICE, operation, 'input', input)).toEqual([]);
  expect(conforms(SERVICE, operation, 'output', output)).toEqual([]);
  return output;
}

describe('user subscriptions', () => {
  it('name a directory once for every product', async () => {
    expect(await play('ListIdentityProviders')).toMatchObject({
      IdentityProviderSummaries: [
        { Product: 'OFFICE_PROFESSIONAL_PLUS', Status: 'REGISTERED' },
        { Product: 'VISUAL_STUDIO_PROFESSIONAL', Status: 'REGISTERED' },
      ],
    });
    expect(await play('ListIdentityProviders', {}, 'eu-west-1')).toEqual({
      IdentityProviderSummaries: [],
    });
  });

  it('tell who is subscribed, and since when', async () => {
    expect(await play('ListProductSubscriptions', { IdentityProvider })).toMatchObject({
      ProductUserSummaries: [
        { Username: 'ada', Status: 'SUBSCRIBED', Domain: 'corp.example' },
        { Username: 'ada', Status: 'SUBSCRIBED' },
        {
          Username: 'bob',
          Status: 'UNSUBSCRIBED',
          SubscriptionEndDate: new Date(NOW - DAY).toISOString(),
        },
      ],
    });
  });

  it.each([
    [{ Product: 'VISUAL_STUDIO_PROFESSIONAL' }, 1],
    [{ Filters: [{ Attribute: 'Username', Operation: 'eq', Value: 'ada' }] }, 2],
    [{ Filters: [{ Attribute: 'Status', Operation: 'eq', Value: 'UNSUBSCRIBED' }] }, 1],
    [{ MaxResults: 1 }, 1],
  ])('by %o are %i', async (input, count) => {
    const answer = await play('ListProductSubscriptions', { IdentityProvider, ...input });

    expect(Reflect.get(Object(answer), 'ProductUserSummaries')).toHaveLength(count);
  });

  it('tell who may use an instance, each user once', async () => {
    const { InstanceId } = desktop;

    expect(await play('ListUserAssociations', { IdentityProvider, InstanceId })).toMatchObject({
      InstanceUserSummaries: [{ Username: 'ada', Status: 'ASSOCIATED', InstanceId }],
    });
  });

  it('list instances until they are terminated', async () => {
    const state = cloud.region(HUB, REGION);
    const running = await play('ListInstances');
    become(cloud, state, desktop, 'terminated');

    expect(running).toMatchObject({
      InstanceSummaries: [{ InstanceId: desktop.InstanceId, Status: 'ACTIVE' }],
    });
    expect(await play('ListInstances')).toEqual({ InstanceSummaries: [] });
  });

  it.each([
    [
      'ListProductSubscriptions',
      { IdentityProvider: { ActiveDirectoryIdentityProvider: { DirectoryId: 'd-0000000000' } } },
      'ResourceNotFoundException',
    ],
    ['ListUserAssociations', { IdentityProvider, InstanceId: 'i-0' }, 'ResourceNotFoundException'],
    [
      'ListInstances',
      { Filters: [{ Attribute: 'Domain', Operation: 'eq', Value: 'x' }] },
      'ValidationException',
    ],
    ['ListInstances', { MaxResults: 0 }, 'ValidationException'],
  ])('%s %o is refused', async (operation, input, code) => {
    await expect(play(operation, input)).rejects.toMatchObject({ code });
    if (modelsPresent) expect(declaredErrors(SERVICE, operation)).toContain(code);
  });

  it('say what they do not play', async () => {
    const Filters = [{ Attribute: 'Status', Operation: 'geq', Value: 'x' }];

    await expect(play('ListInstances', { Filters })).rejects.toMatchObject({
      code: 'NotSimulated',
    });
  });
});
