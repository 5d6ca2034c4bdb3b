import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { decodeFailure } from '../../../../sandbox/aws/iam/authorization-message.ts';
import { administrator } from '../../../../sandbox/aws/iam/principal.ts';
import { associate } from '../../../../sandbox/aws/license-manager/associations.ts';
import { imageArn } from '../../../../sandbox/aws/license-manager/resource-arn.ts';
import { errorOf, HUB } from '../aws-world.ts';
import { aConfiguration } from '../license-manager/small-cloud.ts';
import {
  type Ec2World,
  ec2World,
  GROUP,
  IMAGE,
  putInstance,
  REGION,
  SHOWS,
  SUBNET,
} from './ec2-world.ts';

let world: Ec2World;
beforeEach(async () => {
  world = await ec2World();
});
afterEach(() => world.server.close());

const LAUNCHER = `arn:aws:iam::${HUB}:role/launcher`;
const ENGINEER = `arn:aws:iam::${HUB}:role/engineer`;

const LAUNCH = {
  ImageId: IMAGE,
  InstanceType: 'm5.xlarge',
  SubnetId: SUBNET,
  SecurityGroupIds: [GROUP],
  KeyName: 'ops',
  MinCount: 1,
  MaxCount: 1,
};

/** What IAM is asked, as `action resource`. */
const asked = (operation: string, input: unknown) =>
  world.service
    .authorize(operation, input, {
      service: 'ec2',
      operation,
      account: HUB,
      region: REGION,
      principal: administrator(HUB),
      requestId: 'r',
    })
    .map(({ action, resource }) => `${action} ${resource}`);

const call = (operation: string, input: unknown, principal: string) =>
  world.server.call({ service: 'ec2', operation, input, region: REGION, principal });

function role(arn: string, ...statements: readonly object[]): void {
  world.iam.registerRole({
    arn,
    trustPolicy: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Principal: { Service: 'lambda.amazonaws.com' },
          Action: 'sts:AssumeRole',
        },
      ],
    },
    policies: [{ Version: '2012-10-17', Statement: statements }],
  });
}

const MAY_ALL = { Effect: 'Allow', Action: ['ec2:*', 'iam:PassRole'], Resource: '*' };

function licensedImage(): string {
  const { LicenseConfigurationArn } = aConfiguration(world.region);
  associate(world.region, imageArn(REGION, IMAGE), {
    LicenseConfigurationArn,
    associationTime: new Date(),
    source: 'manual',
  });
  return LicenseConfigurationArn;
}

describe('what IAM is asked', () => {
  it('names everything that a launch makes and uses, licenses of the image included', () => {
    const license = licensedImage();
    const ec2 = `arn:aws:ec2:${REGION}:${HUB}`;

    expect(
      asked('RunInstances', {
        ...LAUNCH,
        IamInstanceProfile: { Name: 'sql' },
        TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'a', Value: 'b' }] }],
      }),
    ).toEqual([
      `ec2:RunInstances ${ec2}:instance/*`,
      `ec2:RunInstances ${ec2}:volume/*`,
      `ec2:RunInstances ${ec2}:network-interface/*`,
      `ec2:RunInstances arn:aws:ec2:${REGION}::image/${IMAGE}`,
      `ec2:RunInstances ${ec2}:subnet/${SUBNET}`,
      `ec2:RunInstances ${ec2}:security-group/${GROUP}`,
      `ec2:RunInstances ${ec2}:key-pair/ops`,
      `ec2:RunInstances ${license}`,
      `ec2:CreateTags ${ec2}:instance/*`,
      `iam:PassRole arn:aws:iam::${HUB}:role/sql`,
    ]);
  });

  it('is about everything for what only reads', () => {
    expect(asked('DescribeInstances', {})).toEqual(['ec2:DescribeInstances *']);
  });
});

describe('policies', () => {
  it('keep licensed launches and starts to the launch role', async () => {
    const license = licensedImage();
    role(LAUNCHER, MAY_ALL);
    role(ENGINEER, MAY_ALL, {
      Effect: 'Deny',
      Action: ['ec2:RunInstances', 'ec2:StartInstances'],
      Resource: 'arn:aws:license-manager:*:*:license-configuration:*',
    });

    const refused = await errorOf(call('RunInstances', LAUNCH, ENGINEER));
    expect(refused.name).toBe('UnauthorizedOperation');
    const encoded = refused.message.split(' ').at(-1) ?? '';
    expect(decodeFailure(encoded)).toContain(license);
    await call('RunInstances', LAUNCH, LAUNCHER);

    world.pass(SHOWS);
    const InstanceIds = [...world.region.instances.keys()];
    const start = errorOf(call('StartInstances', { InstanceIds }, ENGINEER));
    expect((await start).name).toBe('UnauthorizedOperation');
    await call('StartInstances', { InstanceIds }, LAUNCHER);
  });

  it('may demand tags, a type and a tenancy', async () => {
    role(
      ENGINEER,
      { ...MAY_ALL, Action: 'ec2:CreateTags' },
      {
        Effect: 'Allow',
        Action: 'ec2:RunInstances',
        NotResource: 'arn:aws:ec2:*:*:instance/*',
      },
      {
        Effect: 'Allow',
        Action: 'ec2:RunInstances',
        Resource: 'arn:aws:ec2:*:*:instance/*',
        Condition: {
          StringEquals: { 'ec2:Tenancy': 'default', 'aws:RequestTag/request': 'R-1' },
          StringLike: { 'ec2:InstanceType': 'm5.*' },
        },
      },
    );
    const tagged = {
      ...LAUNCH,
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'request', Value: 'R-1' }] }],
    };
    const outcome = async (input: object) =>
      (await errorOf(call('RunInstances', input, ENGINEER))).message;

    expect(await outcome(LAUNCH)).toMatch(/not authorized/);
    expect(await outcome({ ...tagged, InstanceType: 'r5.large' })).toMatch(/not authorized/);
    expect(await outcome({ ...tagged, Placement: { Tenancy: 'dedicated' } })).toMatch(
      /not authorized/,
    );
    expect(await outcome(tagged)).toBe('the call succeeded');
  });

  it('may depend on the tags of an instance', async () => {
    role(ENGINEER, {
      Effect: 'Allow',
      Action: 'ec2:StopInstances',
      Resource: '*',
      Condition: { StringEquals: { 'aws:ResourceTag/stage': 'dev' } },
    });
    const dev = putInstance(world.region, { Tags: [{ Key: 'stage', Value: 'dev' }] });
    const prod = putInstance(world.region, { Tags: [{ Key: 'stage', Value: 'prod' }] });

    const both = errorOf(call('StopInstances', { InstanceIds: [dev, prod] }, ENGINEER));
    expect((await both).name).toBe('UnauthorizedOperation');
    await call('StopInstances', { InstanceIds: [dev] }, ENGINEER);
    expect(world.region.instances.get(dev)?.State?.Name).toBe('stopping');
  });
});
