import { describe, expect, it } from 'vitest';
import { hostLayout, roomFor } from '../../../sandbox/aws/ec2/host-layout.ts';
import { INSTANCE_TYPES } from '../../../sandbox/aws/ec2/instance-types.ts';
import { licensing } from '../../../sandbox/aws/license-manager/licensing.ts';
import { imageArn } from '../../../sandbox/aws/license-manager/resource-arn.ts';
import { ESTATE, type RequestableTemplate } from '../../../sandbox/estate/company.ts';
import { countedPools, estateAt } from './census.ts';

const estate = estateAt('default');

/** What the default version of a template says, with the configurations that its launches draw on. */
function resolved(template: RequestableTemplate) {
  const state = estate.region(template.account, template.region);
  const [version] = state.launchTemplateVersions.get(template.launchTemplateId) ?? [];
  const data = version?.LaunchTemplateData;
  const arn = imageArn(template.region, data?.ImageId ?? '');
  const specifications = state.licenseSpecifications.get(arn) ?? data?.LicenseSpecifications ?? [];
  return {
    state,
    data,
    image: state.images.get(data?.ImageId ?? ''),
    host: state.hosts.get(data?.Placement?.HostId ?? ''),
    licenseConfigurationArns: specifications.flatMap(
      ({ LicenseConfigurationArn = [] }) => LicenseConfigurationArn,
    ),
  };
}

function admit(template: RequestableTemplate, instanceType = template.instanceType) {
  const { host, licenseConfigurationArns } = resolved(template);
  const type = INSTANCE_TYPES.get(instanceType);
  licensing(estate).admit(estate, {
    account: template.account,
    region: template.region,
    instanceType,
    count: 1,
    vcpus: type?.vcpus ?? 0,
    defaultVcpus: type?.vcpus ?? 0,
    cores: type?.cores ?? 0,
    tenancy: host ? 'host' : 'default',
    ...(host?.HostId ? { hostId: host.HostId } : {}),
    licenseConfigurationArns,
  });
}

const named = ESTATE.launchTemplates.map(
  (template) => [`${template.account}/${template.region}/${template.name}`, template] as const,
);

/** Its pool is full, with a hard limit. */
const FULL = `${ESTATE.hubAccount}/us-east-1/tools-sql-standard`;

describe('a requestable launch template', () => {
  it.each(named)(
    '%s draws on its pool, in a subnet, with security groups that exist',
    (_, template) => {
      const { state, data, image, licenseConfigurationArns } = resolved(template);
      const [network] = data?.NetworkInterfaces ?? [];

      expect(image?.State).toBe('available');
      expect(licenseConfigurationArns).toContain(template.licenseConfigurationArn);
      expect(state.licenseConfigurations.get(template.licenseConfigurationArn)?.Name).toBe(
        template.poolName,
      );
      expect(state.subnets.get(network?.SubnetId ?? '')?.AvailabilityZone).toBe(
        data?.Placement?.AvailabilityZone,
      );
      expect(network?.Groups?.every((id) => state.securityGroups.has(id))).toBe(true);
      expect(state.keyPairs.has(data?.KeyName ?? '')).toBe(true);
    },
  );

  it.each(named.filter(([name]) => name !== FULL))('%s is admitted as it stands', (_, template) => {
    expect(() => admit(template)).not.toThrow();
  });

  it.each(named.filter(([name]) => name === FULL))(
    '%s is refused by its hard limit',
    (_, template) => {
      expect(() => admit(template)).toThrow(/licen[sc]e/i);
    },
  );

  it.each(named.filter(([, template]) => resolved(template).host))(
    '%s finds a free slot on its licensed host',
    (_, template) => {
      const { state, host } = resolved(template);
      const layout = hostLayout(host?.HostProperties?.InstanceFamily ?? '');
      const guests = [...state.instances.values()].filter(
        ({ Placement }) => Placement?.HostId === host?.HostId,
      );

      expect(layout && roomFor(template.instanceType, layout, guests)).toBeGreaterThan(0);
      expect(
        guests.some(({ Licenses = [] }) =>
          Licenses.some((one) => one.LicenseConfigurationArn === template.licenseConfigurationArn),
        ),
      ).toBe(true);
    },
  );

  it('is there for every kind of license that people ask for', () => {
    const asked = new Set(ESTATE.launchTemplates.map(({ poolName }) => poolName));

    expect([...asked].sort()).toEqual([
      'Oracle Database Enterprise Edition per vCPU',
      'Oracle Database Standard Edition 2 per vCPU',
      'Red Hat Enterprise Linux (bring your own subscription)',
      'SAP NetWeaver application servers',
      'SQL Server Developer (tracked only)',
      'SQL Server Enterprise per core (Dedicated Hosts)',
      'SQL Server Standard per vCPU (License Mobility)',
      'Tableau Server (8 vCPUs or more)',
      'Windows Server 2019 Datacenter per core (Dedicated Hosts)',
    ]);
  });
});

describe('the first options of the request form', () => {
  const [account] = [...ESTATE.accounts].sort(byName);
  const [region] = ESTATE.scopes
    .filter((scope) => scope.account === account?.id)
    .map((scope) => scope.region)
    .sort();
  const state = estate.region(account?.id ?? '', region ?? '');
  const [pool] = countedPools(estate)
    .filter(({ record }) => state.licenseConfigurations.has(record.LicenseConfigurationArn))
    .filter(({ record }) => record.Name.toLowerCase().includes('sql'))
    .sort((one, other) => byName({ name: one.record.Name }, { name: other.record.Name }));
  const inScope = ESTATE.launchTemplates
    .filter((template) => template.account === account?.id && template.region === region)
    .sort(byName);

  it('lead to a pool with room, soft and far from its end', () => {
    expect(`${account?.name} / ${region} / ${pool?.record.Name}`).toBe(
      'data-platform / eu-west-1 / SQL Server Standard per vCPU (License Mobility)',
    );
    expect(pool?.record.LicenseCountHardLimit).toBe(false);
    expect(pool?.daysLeft).toBeGreaterThan(180);
  });

  it('lead to a launch template of that pool, whether or not templates are filtered by pool', () => {
    expect(inScope[0]?.licenseConfigurationArn).toBe(pool?.record.LicenseConfigurationArn);
  });

  it.each(['c5.large', 'c5.12xlarge', 'r6i.xlarge'])(
    'are admitted on %s and need less than half of what is free',
    (instanceType) => {
      const [template] = inScope;
      if (template === undefined) throw new Error('There is no launch template.');

      expect(() => admit(template, instanceType)).not.toThrow();
      expect((pool?.free ?? 0) / 2).toBeGreaterThanOrEqual(
        INSTANCE_TYPES.get(instanceType)?.vcpus ?? Number.POSITIVE_INFINITY,
      );
    },
  );
});

function byName(one: { readonly name: string }, other: { readonly name: string }): number {
  return one.name < other.name ? -1 : 1;
}
