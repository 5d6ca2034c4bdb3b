import * as dynamodb from '@aws-sdk/client-dynamodb';
import * as ec2 from '@aws-sdk/client-ec2';
import * as licenseManager from '@aws-sdk/client-license-manager';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { awsWorld, errorOf, HUB } from './aws-world.ts';
import { effects, SERVICES } from './example-services.ts';

let world: Awaited<ReturnType<typeof awsWorld>>;
beforeAll(async () => {
  world = await awsWorld(() => SERVICES);
});
afterAll(() => world.server.close());
beforeEach(() => {
  world.calls.clear();
  world.faults.replace([]);
  effects.launches = 0;
});

const launch = () =>
  new ec2.EC2Client(world.client()).send(
    new ec2.RunInstancesCommand({ ImageId: 'ami-1', MinCount: 1, MaxCount: 1 }),
  );

describe('faults', () => {
  it.each([
    ['throttle', undefined, 'RequestLimitExceeded', 503],
    ['throttle', 'Throttling', 'Throttling', 503],
    ['error', undefined, 'InternalError', 500],
    ['error', 'InsufficientInstanceCapacity', 'InsufficientInstanceCapacity', 500],
    ['error', 'InvalidSubnetID.NotFound', 'InvalidSubnetID.NotFound', 400],
  ] as const)(
    '%s with code %s answers %s %i before any effect',
    async (effect, code, name, status) => {
      world.faults.replace([
        { service: 'ec2', operation: 'RunInstances', effect, ...(code !== undefined && { code }) },
      ]);

      const error = await errorOf(launch());

      expect(error).toMatchObject({ name, $metadata: { httpStatusCode: status } });
      expect(effects.launches).toBe(0);
    },
  );

  it.each([
    ['license-manager', 'RateLimitExceededException', 400],
    ['dynamodb', 'ProvisionedThroughputExceededException', 400],
  ])('throttles %s in its own words', async (service, name, status) => {
    world.faults.replace([{ service, operation: '*', effect: 'throttle' }]);
    const call =
      service === 'dynamodb'
        ? new dynamodb.DynamoDBClient(world.client()).send(
            new dynamodb.DescribeTableCommand({ TableName: 'abc' }),
          )
        : new licenseManager.LicenseManagerClient(world.client()).send(
            new licenseManager.GetServiceSettingsCommand({}),
          );

    expect(await errorOf(call)).toMatchObject({ name, $metadata: { httpStatusCode: status } });
  });

  it('loses a request before it has an effect', async () => {
    world.faults.replace([{ service: 'ec2', operation: '*', effect: 'lose_request' }]);

    const error = await errorOf(launch());

    expect(error).not.toHaveProperty('$response');
    expect(effects.launches).toBe(0);
    expect(world.calls.list('ec2')).toMatchObject([{ operation: 'RunInstances', status: 0 }]);
  });

  it('loses a response after the effect', async () => {
    world.faults.replace([{ service: 'ec2', operation: '*', effect: 'lose_response', nth: 1 }]);

    await errorOf(launch());

    expect(effects.launches).toBe(1);
    expect(world.calls.list('ec2')).toMatchObject([{ operation: 'RunInstances', status: 200 }]);
    await expect(launch()).resolves.toMatchObject({ OwnerId: HUB });
  });

  it('delays', async () => {
    world.faults.replace([{ service: 'ec2', operation: '*', effect: 'delay', ms: 60 }]);
    const started = performance.now();

    await launch();

    expect(performance.now() - started).toBeGreaterThan(55);
  });
});
