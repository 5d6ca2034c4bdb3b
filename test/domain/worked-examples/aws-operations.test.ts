import { ModifyInstanceCpuOptionsCommand } from '@aws-sdk/client-ec2';
import { CreateLicenseConfigurationCommand } from '@aws-sdk/client-license-manager';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Ec2World, ec2World, putInstance } from '../../sandbox/aws/ec2/ec2-world.ts';
import { licenseManagerWorld } from '../../sandbox/aws/license-manager/license-manager-world.ts';
import { OPERATION_CASES } from './aws-operations-cases.ts';

const licenseManager = licenseManagerWorld();
let world: Ec2World;
beforeEach(async () => {
  world = await ec2World();
});
afterEach(() => world.server.close());

const { rdsConfiguration, cpuOptionsAfterLaunch } = OPERATION_CASES;

describe('published examples of what AWS takes', () => {
  const create = (changes: object) =>
    licenseManager.client.send(
      new CreateLicenseConfigurationCommand({
        Name: 'RDS for Oracle',
        LicenseCountingType: 'vCPU',
        ProductInformationList: [
          {
            ResourceType: 'RDS',
            ProductInformationFilterList: [
              {
                ProductInformationFilterName: 'Engine Edition',
                ProductInformationFilterValue: ['oracle-ee'],
                ProductInformationFilterComparator: 'EQUALS',
              },
            ],
          },
        ],
        ...changes,
      }),
    );

  it.each([
    { LicenseCountingType: 'Core' },
    { LicenseCount: 8, LicenseCountHardLimit: true },
    { LicenseRules: ['#minimumVcpus=4'] },
  ])(`${rdsConfiguration.id}: refuses %o (${rdsConfiguration.source})`, async (changes) => {
    await expect(create(changes)).rejects.toMatchObject({
      name: 'InvalidParameterValueException',
    });
  });

  it(`${rdsConfiguration.id}: takes vCPUs without rules and limit`, async () => {
    await expect(create({})).resolves.toHaveProperty('LicenseConfigurationArn');
  });

  it(`${cpuOptionsAfterLaunch.id}: changes CPU options of a stopped instance, as it does since 2025`, async () => {
    const stopped = { Code: 80, Name: 'stopped' } as const;
    const InstanceId = putInstance(world.region, { State: stopped });
    const running = putInstance(world.region);
    const change = (id: string) =>
      world.ec2.send(
        new ModifyInstanceCpuOptionsCommand({ InstanceId: id, CoreCount: 2, ThreadsPerCore: 1 }),
      );

    await expect(change(InstanceId)).resolves.toMatchObject({ ThreadsPerCore: 1 });
    await expect(change(running)).rejects.toMatchObject({ name: 'IncorrectInstanceState' });
  });
});
