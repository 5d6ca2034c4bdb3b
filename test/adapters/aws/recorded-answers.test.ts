import * as ec2 from '@aws-sdk/client-ec2';
import * as licenseManager from '@aws-sdk/client-license-manager';
import * as ssm from '@aws-sdk/client-ssm';
import { afterEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { ec2Source } from '#adapters/aws/ec2-source.ts';
import { licenseManagerSource } from '#adapters/aws/license-manager-source.ts';
import { ssmSource } from '#adapters/aws/ssm-source.ts';
import { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import { Instance } from '#domain/estate/instance.ts';
import { InstanceType } from '#domain/estate/instance-type.ts';
import { ManagedServer } from '#domain/estate/inventory.ts';
import { MachineImage } from '#domain/estate/machine-image.ts';
import {
  LicenseAssociation,
  LicenseConfiguration,
  LicenseUsage,
} from '#domain/licenses/license-configuration.ts';
import { type AwsService, awsService } from '../../../sandbox/aws/wire/service.ts';
import { awsWorld } from '../../sandbox/aws/aws-world.ts';
import { expectDomain } from './expect-domain.ts';
import { HAS_RECORDED_ANSWERS, printed, recorded } from './recorded-answers.ts';

const SCOPE = { account: '123456789012', region: 'us-west-2' };

/** The answer as a service plays it; what it says is for the adapters to judge. */
function answering<Output extends object>(answer: unknown): () => Output {
  const output = z.custom<Output>((value) => typeof value === 'object').parse(answer);
  return () => output;
}

describe.skipIf(!HAS_RECORDED_ANSWERS)(
  'AWS’s own answers, over the wire, through the adapters',
  () => {
    const stops: (() => Promise<void>)[] = [];
    afterEach(async () => {
      for (const stop of stops.splice(0)) await stop();
    });
    async function serving(service: AwsService) {
      const world = await awsWorld(() => [service]);
      stops.push(world.server.close);
      return world.client();
    }
    const compute = async (operations: Parameters<typeof awsService<typeof ec2>>[1]) => {
      const settings = await serving(awsService(ec2, operations));
      return ec2Source(() => new ec2.EC2Client(settings));
    };
    const licenses = async (
      operations: Parameters<typeof awsService<typeof licenseManager>>[1],
    ) => {
      const settings = await serving(awsService(licenseManager, operations));
      return licenseManagerSource(() => new licenseManager.LicenseManagerClient(settings));
    };
    const servers = async (operations: Parameters<typeof awsService<typeof ssm>>[1]) => {
      const settings = await serving(awsService(ssm, operations));
      return ssmSource(() => new ssm.SSMClient(settings));
    };

    describe('of EC2', () => {
      it.each([
        ['printed', () => printed('ec2.describe-hosts')],
        ['recorded', () => recorded('test_ec2_host_query.ec2.DescribeHosts_1')],
      ])('hosts, %s', async (_how, answer) => {
        const source = await compute({ DescribeHosts: answering(answer()) });
        const hosts = await source.hosts(SCOPE);

        expectDomain(DedicatedHost, hosts);
        expect(hosts[0]).toMatchObject({ state: 'available', allocatedAt: expect.any(Date) });
      });

      it.each([
        ['printed', () => printed('ec2.describe-instances')],
        ['recorded', () => recorded('test_ec2_reboot.ec2.DescribeInstances_1')],
        ['recorded', () => recorded('test_ec2_set_md_access.ec2.DescribeInstances_1')],
        ['recorded', () => recorded('test_action_filter_call.ec2.DescribeInstances_1')],
      ])('instances, %s', async (_how, answer) => {
        const source = await compute({ DescribeInstances: answering(answer()) });

        expectDomain(Instance, await source.instances(SCOPE));
      });

      it('instance types, printed', async () => {
        const answer = answering<ec2.DescribeInstanceTypesResult>(
          printed('ec2.describe-instance-types'),
        );
        const source = await compute({ DescribeInstanceTypes: answer });
        const types = await source.instanceTypes(SCOPE);

        expectDomain(InstanceType, types);
        expect(types[0]).toMatchObject({ name: 't2.micro', defaultVcpus: 1, spotSupported: true });
      });

      it('images, printed', async () => {
        const source = await compute({ DescribeImages: answering(printed('ec2.describe-images')) });
        const images = await source.images(SCOPE, ['ami-1234567890EXAMPLE']);

        expectDomain(MachineImage, images);
        expect(images[0]).toMatchObject({
          imageId: 'ami-1234567890EXAMPLE',
          platformDetails: 'Red Hat Enterprise Linux',
          usageOperation: 'RunInstances:0010',
        });
      });
    });

    describe('of License Manager', () => {
      it('license configurations, printed', async () => {
        const source = await licenses({
          ListLicenseConfigurations: answering(
            printed('license-manager.list-license-configurations'),
          ),
        });
        const configurations = await source.configurations(SCOPE);

        expectDomain(LicenseConfiguration, configurations);
        expect(configurations[0]).toMatchObject({
          account: '123456789012',
          name: 'my-license-configuration',
          countingType: 'Core',
          limit: 10,
          hardLimit: true,
          consumed: 0,
        });
      });

      it('usage, printed', async () => {
        const source = await licenses({
          ListUsageForLicenseConfiguration: answering(
            printed('license-manager.list-usage-for-license-configuration'),
          ),
        });
        const usage = await source.usage(SCOPE, 'arn:aws:license-manager:…');

        expectDomain(LicenseUsage, usage);
        expect(usage[0]).toMatchObject({
          resourceId: 'i-04a636d18e83cfacb',
          consumed: 2,
          associatedAt: new Date('2019-10-12T15:07:30.519Z'),
        });
      });

      it('associations, printed', async () => {
        const source = await licenses({
          ListAssociationsForLicenseConfiguration: answering(
            printed('license-manager.list-associations-for-license-configuration'),
          ),
        });
        const associations = await source.associations(SCOPE, 'arn:aws:license-manager:…');

        expectDomain(LicenseAssociation, associations);
        expect(associations[0]).toMatchObject({
          resourceArn: 'arn:aws:ec2:us-west-2::image/ami-1234567890abcdef0',
          resourceType: 'EC2_AMI',
          associatedAt: new Date('2019-09-18T16:45:18.617Z'),
        });
      });

      it.each([
        ['license-manager.get-service-settings.2', true],
        ['license-manager.get-service-settings', false],
      ])('service settings, printed: %s', async (name, on) => {
        const source = await licenses({ GetServiceSettings: answering(printed(name)) });

        expect(await source.discovery(SCOPE)).toEqual({
          organization: on,
          acrossAccounts: on,
          homeRegion: null,
          sourceRegions: [],
        });
      });
    });

    describe('of Systems Manager', () => {
      it.each([
        ['printed', () => printed('ssm.describe-instance-information')],
        ['recorded', () => recorded('test_ec2_ssm_filter.ssm.DescribeInstanceInformation_1')],
      ])('managed servers, %s', async (_how, answer) => {
        const source = await servers({
          DescribeInstanceInformation: answering(answer()),
          GetInventory: answering(printed('ssm.get-inventory')),
        });
        const found = await source.managedServers(SCOPE, () => true);

        expectDomain(ManagedServer, found);
        expect(found[0]).toMatchObject({ pingStatus: 'Online', lastPingAt: expect.any(Date) });
      });
    });
  },
);
