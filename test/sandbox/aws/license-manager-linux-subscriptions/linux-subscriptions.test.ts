import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signedRestClient } from '#adapters/aws/signed-rest-client.ts';
import { linuxSubscriptionsService } from '../../../../sandbox/aws/license-manager-linux-subscriptions/service.ts';
import { actingAs } from '../acting-as.ts';
import { errorOf } from '../aws-world.ts';
import { conforms } from '../conformance.ts';
import { servedCloud } from '../license-manager/served-cloud.ts';
import { become, DAY, HOUR, HUB, launch, NOW, REGION } from '../license-manager/small-cloud.ts';

const SERVICE = 'license-manager-linux-subscriptions';
const LONG_AGO = { LaunchTime: new Date(NOW - 30 * DAY) };

let world: Awaited<ReturnType<typeof servedCloud>>;
beforeEach(async () => {
  world = await servedCloud((cloud) => [linuxSubscriptionsService(cloud)]);
});
afterEach(() => world.server.close());

function rest(credentials = world.client.credentials) {
  return signedRestClient({
    service: SERVICE,
    region: REGION,
    endpoint: world.server.url,
    credentials,
  });
}

/** Calls as an administrator, and holds the answer to AWS's model. */
async function call(operation: string, input: object = {}) {
  const answer = await rest()(`/subscription/${operation}`, input);
  expect(conforms(SERVICE, operation, 'output', answer)).toEqual([]);
  return answer;
}

const linux = (UsageOperation: string, more = {}) =>
  launch(world.cloud, world.state, [], { UsageOperation, ...LONG_AGO, ...more });

describe('Linux subscription discovery', () => {
  it('is off until somebody switches it on, and then lists nothing', async () => {
    linux('RunInstances:0010');

    expect(await call('GetServiceSettings')).toEqual({ LinuxSubscriptionsDiscovery: 'Disabled' });
    expect(await call('ListLinuxSubscriptions')).toEqual({ Subscriptions: [] });
    expect(await call('ListLinuxSubscriptionInstances')).toEqual({ Instances: [] });
  });

  it('says where it looks', async () => {
    world.state.linuxDiscovery.enabled = true;

    expect(await call('GetServiceSettings')).toMatchObject({
      LinuxSubscriptionsDiscovery: 'Enabled',
      HomeRegions: [REGION],
      LinuxSubscriptionsDiscoverySettings: { SourceRegions: [REGION] },
    });
  });

  it('counts what runs commercial Linux, by what EC2 bills', async () => {
    world.state.linuxDiscovery.enabled = true;
    linux('RunInstances:0010');
    linux('RunInstances:00g0');
    linux('RunInstances:00g0');
    linux('RunInstances:0002');
    become(world.cloud, world.state, linux('RunInstances:000g'), 'stopped');

    expect(await call('ListLinuxSubscriptions')).toEqual({
      Subscriptions: [
        {
          Name: 'Red Hat Enterprise Linux Server',
          Type: 'EC2 subscription-included',
          InstanceCount: 1,
        },
        {
          Name: 'Red Hat Enterprise Linux Server BYOS',
          Type: 'Bring Your Own Subscription model (BYOS)',
          InstanceCount: 2,
        },
      ],
    });
  });

  it('does not know an instance in its first twelve hours', async () => {
    world.state.linuxDiscovery.enabled = true;
    const { InstanceId } = linux('RunInstances:0g00', { LaunchTime: new Date(NOW) });
    const before = await call('ListLinuxSubscriptionInstances');
    world.cloud.clock.advance(13 * HOUR);

    expect(before).toEqual({ Instances: [] });
    expect(await call('ListLinuxSubscriptionInstances')).toMatchObject({
      Instances: [{ InstanceID: InstanceId, SubscriptionName: 'Ubuntu Pro' }],
    });
  });

  it('sees that an instance is paid for twice once the Red Hat account is registered', async () => {
    const { linuxDiscovery } = world.state;
    linuxDiscovery.enabled = true;
    const billed = linux('RunInstances:0010');
    linux('RunInstances:00g0');
    linuxDiscovery.subscribedWithRedHat.add(billed.InstanceId ?? '');
    const twice = { Filters: [{ Name: 'DualSubscription', Operator: 'Equal', Values: ['true'] }] };
    const before = await call('ListLinuxSubscriptionInstances', twice);
    linuxDiscovery.redHatSecretArn = `arn:aws:secretsmanager:${REGION}:${HUB}:secret:redhat-a1b2c3`;

    expect(before).toEqual({ Instances: [] });
    expect(await call('ListLinuxSubscriptionInstances', twice)).toMatchObject({
      Instances: [
        {
          InstanceID: billed.InstanceId,
          DualSubscription: 'true',
          RegisteredWithSubscriptionProvider: 'RedHat',
        },
      ],
    });
    expect(await call('ListRegisteredSubscriptionProviders')).toMatchObject({
      RegisteredSubscriptionProviders: [{ SubscriptionProviderStatus: 'ACTIVE' }],
    });
  });
});

describe('the list of instances', () => {
  beforeEach(() => {
    world.state.linuxDiscovery.enabled = true;
    for (const type of ['m5.large', 'm5.xlarge', 't3.small'] as const) {
      linux('RunInstances:00g0', { InstanceType: type });
    }
  });

  it('goes page by page', async () => {
    const first = await call('ListLinuxSubscriptionInstances', { MaxResults: 2 });
    const NextToken = Reflect.get(Object(first), 'NextToken');
    const second = await call('ListLinuxSubscriptionInstances', { MaxResults: 2, NextToken });

    expect(Reflect.get(Object(first), 'Instances')).toHaveLength(2);
    expect(Reflect.get(Object(second), 'Instances')).toHaveLength(1);
    expect(second).not.toHaveProperty('NextToken');
  });

  it.each([
    ['Equal', ['m5.large'], 1],
    ['Equal', ['m5.large', 't3.small'], 2],
    ['NotEqual', ['m5.large'], 2],
    ['Contains', ['m5.'], 2],
  ])('filters by type %s %o', async (Operator, Values, count) => {
    const Filters = [{ Name: 'InstanceType', Operator, Values }];
    const answer = await call('ListLinuxSubscriptionInstances', { Filters });

    expect(Reflect.get(Object(answer), 'Instances')).toHaveLength(count);
  });

  it.each([
    [{ MaxResults: 0 }],
    [{ MaxResults: 101 }],
    [{ NextToken: 'next' }],
    [{ Filters: [{ Name: 'instanceType', Operator: 'Equal', Values: ['x'] }] }],
    [{ Filters: [{ Name: 'constructor', Operator: 'Equal', Values: ['x'] }] }],
    [{ Filters: [{ Name: 'Region', Operator: 'eq', Values: ['x'] }] }],
    [{ Filters: [{ Name: 'Region', Operator: 'Equal', Values: [] }] }],
  ])('refuses %o', async (input) => {
    expect(await errorOf(call('ListLinuxSubscriptionInstances', input))).toMatchObject({
      name: 'ValidationException',
      message: 'ValidationException (HTTP 400)',
    });
  });
});

describe('a REST-JSON service', () => {
  it.each([
    ['/subscription/GetServiceSetting', {}, 'UnknownOperationException (HTTP 404)'],
    ['/subscription/ListLinuxSubscriptions', { Max: 1 }, 'SerializationException (HTTP 400)'],
    [
      '/subscription/ListLinuxSubscriptions',
      { MaxResults: 'a' },
      'SerializationException (HTTP 400)',
    ],
  ])('refuses %s %o', async (path, input, message) => {
    expect((await errorOf(rest()(path, input))).message).toBe(message);
  });

  it('takes a call without a body, and only a POST', async () => {
    const url = `${world.server.url}/subscription/GetServiceSettings`;
    const authorization = `AWS4-HMAC-SHA256 Credential=AKIAUNKNOWN/20261122/${REGION}/${SERVICE}/aws4_request, SignedHeaders=host, Signature=${'0'.repeat(64)}`;
    const headers = { authorization };

    expect((await fetch(url, { method: 'POST', headers })).status).toBe(200);
    expect((await fetch(url, { headers })).status).toBe(404);
  });

  it.each([
    ['*', `${SERVICE}:List*`, 'Error'],
    ['*', `${SERVICE}:Get*`, 'AccessDeniedException'],
    [`arn:aws:${SERVICE}:*:*:*`, `${SERVICE}:List*`, 'AccessDeniedException'],
  ])('with a role that may on %s do %s: %s', async (Resource, Action, name) => {
    const credentials = actingAs(world.iam, HUB, { Action, Resource });
    const outcome = await errorOf(rest(credentials)('/subscription/ListLinuxSubscriptions', {}));

    expect(outcome.name).toBe(name);
  });

  it('holds issued keys to their signature', async () => {
    const issued = actingAs(world.iam, HUB, { Action: '*', Resource: '*' });
    const call = rest({ ...issued, secretAccessKey: 'forged' });

    expect((await errorOf(call('/subscription/GetServiceSettings', {}))).message).toBe(
      'InvalidSignatureException (HTTP 403)',
    );
  });
});
