import {
  EC2Client,
  RunInstancesCommand,
  StartInstancesCommand,
  StopInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  GetLicenseConfigurationCommand,
  LicenseManagerClient,
} from '@aws-sdk/client-license-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ec2Service } from '../../../../sandbox/aws/ec2/service.ts';
import { createIam } from '../../../../sandbox/aws/iam/iam.ts';
import { licensing } from '../../../../sandbox/aws/license-manager/licensing.ts';
import { licenseManagerService } from '../../../../sandbox/aws/license-manager/service.ts';
import { type AwsServer, serveAws } from '../../../../sandbox/aws/server.ts';
import { createCallLog } from '../../../../sandbox/call-log.ts';
import { buildEstate } from '../../../../sandbox/estate/estate.ts';
import { createFaultPlan } from '../../../../sandbox/faults.ts';
import { aConfiguration, HUB, REGION, stoppedClock } from './small-cloud.ts';

const MINUTE = 60_000;

const clock = stoppedClock();
const cloud = buildEstate('default', clock);
const state = cloud.region(HUB, REGION);
let server: AwsServer;
let ec2: EC2Client;
let licenseManager: LicenseManagerClient;

beforeAll(async () => {
  server = await serveAws({
    services: [ec2Service(cloud, licensing(cloud)), licenseManagerService(cloud)],
    iam: createIam({ hubAccount: HUB, clock }),
    clock,
    calls: createCallLog(),
    faults: createFaultPlan(),
  });
  const settings = {
    endpoint: server.url,
    region: REGION,
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIAUNKNOWN', secretAccessKey: 'unknown' },
  };
  ec2 = new EC2Client(settings);
  licenseManager = new LicenseManagerClient(settings);
});

afterAll(async () => {
  ec2.destroy();
  licenseManager.destroy();
  await server.close();
});

describe('License Manager over EC2', () => {
  it('counts launches, stops and starts, late, and refuses by what really runs', async () => {
    const { LicenseConfigurationArn } = aConfiguration(state, {
      LicenseCountingType: 'vCPU',
      LicenseCount: 4,
      LicenseCountHardLimit: true,
    });
    const [ImageId] = [...state.images.keys()].filter(
      (id) => !state.licenseSpecifications.has(`arn:aws:ec2:${REGION}::image/${id}`),
    );
    const [SubnetId] = state.subnets.keys();
    const run = () =>
      ec2.send(
        new RunInstancesCommand({
          ImageId,
          SubnetId,
          InstanceType: 'm5.xlarge',
          MinCount: 1,
          MaxCount: 1,
          LicenseSpecifications: [{ LicenseConfigurationArn }],
        }),
      );
    const consumed = async () => {
      const answer = await licenseManager.send(
        new GetLicenseConfigurationCommand({ LicenseConfigurationArn }),
      );
      return answer.ConsumedLicenses;
    };

    const first = await run();
    const InstanceIds = (first.Instances ?? []).flatMap(({ InstanceId }) => InstanceId ?? []);
    expect(await consumed()).toBe(0);
    await expect(run()).rejects.toThrow(/No licenses available/);
    clock.advance(MINUTE);
    expect(await consumed()).toBe(4);

    await ec2.send(new StopInstancesCommand({ InstanceIds }));
    clock.advance(5 * MINUTE);
    const second = await run();
    expect(second.Instances).toHaveLength(1);
    await expect(ec2.send(new StartInstancesCommand({ InstanceIds }))).rejects.toThrow(
      /No licenses available/,
    );
    clock.advance(MINUTE);
    expect(await consumed()).toBe(4);
  });
});
