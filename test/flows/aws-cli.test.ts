import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { Flow } from './sandbox-client.ts';
import { openSandbox } from './sandbox-client.ts';

/** Debian's package awscli: a client that shares no code with the product or the sandbox. */
const AWS = '/usr/bin/aws';
const missing = !existsSync(AWS);
// biome-ignore lint/suspicious/noConsole: a skipped test is said aloud
if (missing) console.warn(`${AWS} is missing: the sandbox is not tried with the AWS CLI.`);

const run = promisify(execFile);
let flow: Flow;

/** What a command prints, as JSON. */
async function aws(...command: string[]): Promise<unknown> {
  const { stdout } = await run(
    AWS,
    [
      '--endpoint-url',
      flow.sandbox.awsUrl,
      '--region',
      'us-east-1',
      '--output',
      'json',
      ...command,
    ],
    {
      env: {
        PATH: '/usr/bin:/bin',
        HOME: '/nonexistent',
        AWS_ACCESS_KEY_ID: 'anybody',
        AWS_SECRET_ACCESS_KEY: 'anything',
        AWS_EC2_METADATA_DISABLED: 'true',
      },
      maxBuffer: 64 * 1024 * 1024,
    },
  );
  return JSON.parse(stdout);
}

const Configurations = z.object({
  LicenseConfigurations: z.array(
    z.object({
      LicenseConfigurationArn: z.string(),
      Name: z.string(),
      LicenseCountingType: z.string(),
      LicenseCount: z.number(),
      ConsumedLicenses: z.number(),
    }),
  ),
});
const Usage = z.object({
  LicenseConfigurationUsageList: z.array(
    z.object({ ResourceArn: z.string(), ResourceType: z.string(), ConsumedLicenses: z.number() }),
  ),
});
const Hosts = z.object({
  Hosts: z.array(
    z.object({
      HostId: z.string(),
      HostProperties: z.object({ InstanceFamily: z.string(), Cores: z.number() }),
      Instances: z.array(z.object({ InstanceId: z.string() })),
    }),
  ),
});
const Instances = z.object({
  Reservations: z.array(
    z.object({
      Instances: z.array(z.object({ InstanceId: z.string(), InstanceType: z.string() })),
    }),
  ),
});
const Nodes = z.object({
  InstanceInformationList: z.array(
    z.object({ InstanceId: z.string(), PlatformName: z.string(), PingStatus: z.string() }),
  ),
});
const Inventory = z.object({
  Entities: z.array(z.object({ Id: z.string(), Data: z.record(z.string(), z.unknown()) })),
});

async function instanceIds(): Promise<string[]> {
  const { Reservations } = Instances.parse(await aws('ec2', 'describe-instances'));
  return Reservations.flatMap((one) => one.Instances.map(({ InstanceId }) => InstanceId));
}

describe.skipIf(missing)('the AWS CLI against the sandbox', () => {
  beforeAll(async () => {
    flow = await openSandbox({ seed: 'small' });
  });
  afterAll(() => flow.sandbox.close());

  it('lists license configurations, and what draws on one', async () => {
    const { LicenseConfigurations } = Configurations.parse(
      await aws('license-manager', 'list-license-configurations'),
    );

    const standard = LicenseConfigurations.find(({ Name }) =>
      Name.startsWith('SQL Server Standard'),
    );
    expect(standard).toMatchObject({ LicenseCountingType: 'vCPU', LicenseCount: 64 });
    const arn = standard?.LicenseConfigurationArn ?? '';
    const list = 'list-usage-for-license-configuration';
    const usage = Usage.parse(
      await aws('license-manager', list, '--license-configuration-arn', arn),
    ).LicenseConfigurationUsageList;
    const sum = usage.reduce((total, { ConsumedLicenses }) => total + ConsumedLicenses, 0);
    expect(sum).toBe(standard?.ConsumedLicenses);
    const running = new Set(await instanceIds());
    for (const { ResourceArn, ResourceType } of usage) {
      expect(ResourceType).toBe('EC2_INSTANCE');
      expect(running).toContain(ResourceArn.replace(/.*\//, ''));
    }
  });

  it('describes Dedicated Hosts and instances that fit together', async () => {
    const { Hosts: hosts } = Hosts.parse(await aws('ec2', 'describe-hosts'));

    expect(hosts).toHaveLength(1);
    expect(hosts[0]?.HostProperties).toEqual({ InstanceFamily: 'r5', Cores: 48 });
    const all = await instanceIds();
    const onHost = hosts[0]?.Instances.map(({ InstanceId }) => InstanceId) ?? [];
    expect(onHost).toHaveLength(3);
    expect(all).toEqual(expect.arrayContaining(onHost));
    expect(all).toHaveLength(20);
  });

  it('finds managed nodes and the software on them', async () => {
    const { InstanceInformationList } = Nodes.parse(
      await aws('ssm', 'describe-instance-information'),
    );
    const { Entities } = Inventory.parse(await aws('ssm', 'get-inventory'));

    const nodes = InstanceInformationList.map(({ InstanceId }) => InstanceId);
    expect(nodes.filter((id) => id.startsWith('mi-'))).toHaveLength(2);
    expect(InstanceInformationList.map(({ PlatformName }) => PlatformName).join()).toContain(
      'Windows Server 2016',
    );
    expect(Entities.map(({ Id }) => Id)).toEqual(expect.arrayContaining(nodes));
    const named = 'Key=AWS:Application.Name,Values=Microsoft SQL Server,Type=BeginWith';
    const withSql = Inventory.parse(await aws('ssm', 'get-inventory', '--filters', named)).Entities;
    expect(withSql.length).toBeGreaterThan(5);
    expect(withSql.length).toBeLessThan(Entities.length);
  });
});
