import { describe, expect, it } from 'vitest';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { DEFAULT_SETTINGS } from '#domain/estate/licensing-settings.ts';
import { declaredDeployments, deploymentsOf } from '#domain/software/deployments.ts';
import {
  ACCOUNT,
  aConfiguration,
  aHost,
  anImage,
  anInstance,
  aShard,
  aType,
  configurationArn,
  REGION,
} from '../../builders.ts';
import {
  aDeclaredServer,
  aLinuxServer,
  aLinuxSubscription,
  anApplication,
  aServer,
  DATABASE_ENGINE,
  someSettings,
} from './software-builders.ts';

const WINDOWS = { usageOperation: 'RunInstances:0002', platformDetails: 'Windows' } as const;
const LINUX = { usageOperation: 'RunInstances', platformDetails: 'Linux/UNIX' } as const;
const UNTRACKED = { licenseConfigurationArns: [] } as const;

function deploymentsIn(changes: Partial<InventoryShard>, settings = DEFAULT_SETTINGS) {
  return deploymentsOf(aShard(changes), settings);
}

/** The deployment of a product in a shard; fails the test when there is none, or another. */
function deploymentIn(product: string, changes: Partial<InventoryShard>) {
  const [deployment, ...others] = deploymentsIn(changes).filter((one) => one.product === product);
  expect(others).toEqual([]);
  return deployment;
}

function named(name: string) {
  return anApplication({ name });
}

describe('deploymentsOf', () => {
  it('says what runs on an instance, where, on what and why', () => {
    const host = aHost();
    const instance = anInstance({
      ...UNTRACKED,
      hostId: host.hostId,
      tenancy: 'host',
      name: 'erp-sql-01',
      tags: { Owner: ' finance-dba ', Environment: 'Prod', 'ha:role': 'Standby' },
    });
    const server = aServer({
      applications: [DATABASE_ENGINE],
      sqlServers: [
        { name: 'MSSQLSERVER', edition: 'Standard Edition (64-bit)', version: '15.0.1' },
      ],
    });

    expect(
      deploymentsIn({ instances: [instance], hosts: [host], managedServers: [server] }),
    ).toEqual([
      expect.objectContaining({
        product: 'windows-server',
        edition: 'datacenter',
        version: '2019',
      }),
      {
        product: 'sql-server',
        edition: 'standard',
        version: '2019',
        on: {
          kind: 'instance',
          id: instance.instanceId,
          arn: instance.arn,
          account: ACCOUNT,
          region: REGION,
          name: 'erp-sql-01',
          owner: 'finance-dba',
          running: true,
          compute: {
            placement: 'dedicated-host',
            instanceType: 'r6i.2xlarge',
            activeVcpus: 8,
            maximumVcpus: 8,
            activeThreadsPerCore: 2,
            defaultThreadsPerCore: 2,
            memoryMib: 65_536,
            host: { id: host.hostId, sockets: 2, cores: 64 },
          },
        },
        licensing: 'byol',
        environment: 'production',
        role: 'passive',
        options: [],
        evidence: [
          { source: 'Custom:SQLServer', text: 'Standard Edition (64-bit)' },
          { source: 'AWS:Application', text: 'SQL Server 2019 Database Engine Services' },
        ],
      },
    ]);
  });

  it.each`
    state              | running
    ${'pending'}       | ${true}
    ${'running'}       | ${true}
    ${'stopping'}      | ${true}
    ${'stopped'}       | ${false}
    ${'shutting-down'} | ${true}
  `('keeps an instance that is $state', ({ state, running }) => {
    const [deployment] = deploymentsIn({ instances: [anInstance({ state })] });

    expect(deployment?.on.running).toBe(running);
  });

  it('forgets a terminated instance, although its agent is still listed', () => {
    const instances = [anInstance({ state: 'terminated' })];
    const managedServers = [aServer({ applications: [DATABASE_ENGINE] })];

    expect(deploymentsIn({ instances, managedServers })).toEqual([]);
  });

  it('finds nothing to license on plain Linux', () => {
    const instances = [anInstance({ ...LINUX, ...UNTRACKED })];

    expect(deploymentsIn({ instances, managedServers: [aLinuxServer()] })).toEqual([]);
  });
});

describe('the machine', () => {
  it('has the vCPUs that CPU options leave on, beside those of its type', () => {
    const cpuOptions = { coreCount: 2, threadsPerCore: 1 };
    const [deployment] = deploymentsIn({ instances: [anInstance({ cpuOptions })] });

    expect(deployment?.on.compute).toMatchObject({
      activeVcpus: 2,
      maximumVcpus: 8,
      activeThreadsPerCore: 1,
      defaultThreadsPerCore: 2,
    });
  });

  it("has its type's defaults when AWS names no CPU options", () => {
    const [deployment] = deploymentsIn({ instances: [anInstance({ cpuOptions: null })] });

    expect(deployment?.on.compute).toMatchObject({ activeVcpus: 8, activeThreadsPerCore: 2 });
  });

  it('has an unknown size when nothing describes its type, not 0', () => {
    const instances = [
      anInstance({ instanceType: 'z9.mega', cpuOptions: null, tenancy: 'dedicated' }),
    ];
    const [deployment] = deploymentsIn({ instances });

    expect(deployment?.on.compute).toEqual({
      placement: 'dedicated-instance',
      instanceType: 'z9.mega',
      activeVcpus: null,
      maximumVcpus: null,
      activeThreadsPerCore: null,
      defaultThreadsPerCore: null,
      memoryMib: null,
      host: null,
    });
  });

  it('has no host when its Dedicated Host is not in the shard', () => {
    const instances = [anInstance({ hostId: 'h-elsewhere', tenancy: 'host' })];

    expect(deploymentsIn({ instances })[0]?.on.compute.host).toBeNull();
  });
});

describe('the operating system', () => {
  it.each`
    code                   | product                       | licensing
    ${'RunInstances:0002'} | ${'windows-server'}           | ${'license-included'}
    ${'RunInstances:0800'} | ${'windows-server'}           | ${'byol'}
    ${'RunInstances:0010'} | ${'red-hat-enterprise-linux'} | ${'license-included'}
    ${'RunInstances:00g0'} | ${'red-hat-enterprise-linux'} | ${'byol'}
    ${'RunInstances:000g'} | ${'suse-linux-enterprise'}    | ${'license-included'}
    ${'RunInstances:0g00'} | ${'ubuntu-pro'}               | ${'license-included'}
  `('is $product, $licensing, by $code', ({ code, product, licensing }) => {
    const instances = [anInstance({ ...UNTRACKED, usageOperation: code, platformDetails: 'x' })];

    expect(deploymentsIn({ instances })).toMatchObject([
      { product, licensing, evidence: [{ source: 'usage operation', text: `${code} (x)` }] },
    ]);
  });

  it('takes the High Availability Add-On along', () => {
    const instances = [anInstance({ ...UNTRACKED, usageOperation: 'RunInstances:1010' })];

    expect(deploymentsIn({ instances })[0]?.options).toEqual(['High Availability Add-On']);
  });

  it('is read from Systems Manager where EC2 sees plain Linux: brought along', () => {
    const instances = [anInstance({ ...LINUX, ...UNTRACKED })];
    const managedServers = [aServer({ platformName: 'SLES', platformVersion: '15.5' })];

    expect(deploymentIn('suse-linux-enterprise', { instances, managedServers })).toMatchObject({
      version: '15.5',
      licensing: 'byol',
      evidence: [{ source: 'AWS:InstanceInformation', text: 'SLES' }],
    });
  });

  it.each`
    platformDetails                 | product
    ${'Windows with Something New'} | ${'windows-server'}
    ${'SUSE Linux with Something'}  | ${'suse-linux-enterprise'}
    ${'Something New'}              | ${undefined}
  `('is $product, paid nobody knows how, by "$platformDetails"', ({ platformDetails, product }) => {
    const usageOperation = 'RunInstances:zzzz';
    const instances = [anInstance({ ...UNTRACKED, usageOperation, platformDetails })];
    const [deployment] = deploymentsIn({ instances });

    expect(deployment?.product).toBe(product);
    expect(deployment?.licensing ?? 'unknown').toBe('unknown');
  });

  it('is unknown in licensing when Systems Manager alone names it', () => {
    const instances = [anInstance({ ...UNTRACKED, usageOperation: 'x', platformDetails: '' })];
    const managedServers = [aServer({ platformVersion: null })];

    expect(deploymentIn('windows-server', { instances, managedServers })).toMatchObject({
      edition: 'datacenter',
      licensing: 'unknown',
    });
  });

  it('has its subscription from Linux subscriptions, registered twice or not', () => {
    const instances = [anInstance({ ...LINUX, ...UNTRACKED })];
    const deployment = (changes: Parameters<typeof aLinuxSubscription>[0]) =>
      deploymentIn('red-hat-enterprise-linux', {
        instances,
        linuxSubscriptions: [aLinuxSubscription(changes)],
      });

    expect(deployment({})).toMatchObject({
      edition: 'sap',
      version: '9.4',
      licensing: 'license-included',
      evidence: [{ source: 'Linux subscription', text: 'RHEL for SAP with HA and US' }],
    });
    expect(deployment({ usageOperation: null, registeredTwice: true })).toMatchObject({
      licensing: 'unknown',
      evidence: [{ source: 'Linux subscription, registered twice' }],
    });
    expect(deployment({ usageOperation: 'RunInstances:00g0' })?.licensing).toBe('byol');
    expect(deployment({ subscriptionName: 'Something New' })).toBeUndefined();
  });
});

describe('SQL Server', () => {
  const instances = [anInstance({ ...WINDOWS, ...UNTRACKED })];

  it('has the edition of its own rows rather than of names', () => {
    const server = aServer({
      applications: [named('Microsoft SQL Server 2019 Express')],
      sqlServers: [
        { name: 'A', edition: 'Enterprise Edition: Core-based Licensing', version: '15.0' },
      ],
    });

    expect(deploymentIn('sql-server', { instances, managedServers: [server] })).toMatchObject({
      edition: 'enterprise',
      version: '2019',
      licensing: 'byol',
    });
  });

  it.each`
    edition                                     | short           | licensing
    ${'Developer Edition (64-bit)'}             | ${'developer'}  | ${'free'}
    ${'Enterprise Developer Edition'}           | ${'developer'}  | ${'free'}
    ${'Standard Developer Edition'}             | ${'developer'}  | ${'free'}
    ${'Express Edition with Advanced Services'} | ${'express'}    | ${'free'}
    ${'Enterprise Evaluation Edition'}          | ${'enterprise'} | ${'free'}
    ${'Web Edition (64-bit)'}                   | ${'web'}        | ${'byol'}
    ${'Business Intelligence Edition'}          | ${null}         | ${'byol'}
  `('is $short and $licensing as "$edition"', ({ edition, short, licensing }) => {
    const managedServers = [aServer({ sqlServers: [{ name: 'A', edition, version: '2008 R2' }] })];

    expect(deploymentIn('sql-server', { instances, managedServers })).toMatchObject({
      edition: short,
      version: '2008 R2',
      licensing,
    });
  });

  it('is in the hourly price by its usage operation, with the version of inventory', () => {
    const included = [
      anInstance({ ...UNTRACKED, usageOperation: 'RunInstances:0006', platformDetails: '' }),
    ];
    const managedServers = [aServer({ applications: [DATABASE_ENGINE] })];

    expect(deploymentIn('sql-server', { instances: included, managedServers })).toMatchObject({
      edition: 'standard',
      version: '2019',
      licensing: 'license-included',
    });
  });

  it.each`
    edition         | expected
    ${'Standard'}   | ${['license-included standard']}
    ${'Web'}        | ${['license-included standard']}
    ${'Developer'}  | ${['license-included standard']}
    ${'Unheard-of'} | ${['license-included standard']}
    ${'Enterprise'} | ${['license-included standard', 'byol enterprise']}
  `('is $expected when $edition is installed where Standard is paid', ({ edition, expected }) => {
    const included = [
      anInstance({ ...UNTRACKED, usageOperation: 'RunInstances:0006', platformDetails: '' }),
    ];
    const managedServers = [
      aServer({
        applications: [DATABASE_ENGINE],
        sqlServers: [{ name: 'A', edition, version: '15.0.1' }],
      }),
    ];
    const found = deploymentsIn({ instances: included, managedServers });

    expect(
      found
        .filter(({ product }) => product === 'sql-server')
        .map(({ licensing, edition: short }) => `${licensing} ${short}`),
    ).toEqual(expected);
  });

  it('needs a license for Reporting Services without a database engine', () => {
    const name = 'Microsoft SQL Server 2019 Reporting Services';
    const managedServers = [aServer({ applications: [named(name)] })];

    expect(deploymentIn('sql-server', { instances, managedServers })).toMatchObject({
      edition: null,
      version: '2019',
      licensing: 'byol',
      evidence: [{ source: 'AWS:Application, a component', text: name }],
    });
  });
});

describe('names of license configurations', () => {
  const tracked = { ...WINDOWS, licenseConfigurationArns: [configurationArn('1')] };

  function configured(...names: readonly string[]) {
    return names.map((name, index) => aConfiguration({ digit: String(index + 1), name }));
  }

  it('say what runs on an instance that Systems Manager does not know', () => {
    const configurations = configured('SQL Server 2019 Enterprise per vCPU');
    const shard = { instances: [anInstance(tracked)], configurations };

    expect(deploymentIn('sql-server', shard)).toMatchObject({
      edition: 'enterprise',
      version: '2019',
      licensing: 'byol',
      evidence: [
        { source: 'license configuration name', text: 'SQL Server 2019 Enterprise per vCPU' },
      ],
    });
  });

  it('do not bring back what inventory does not find', () => {
    const configurations = configured('SQL Server Enterprise');
    const shard = { instances: [anInstance(tracked)], configurations, managedServers: [aServer()] };

    expect(deploymentIn('sql-server', shard)).toBeUndefined();
  });

  it('tell the edition that inventory does not', () => {
    const configurations = configured('SQL Server Developer (tracked only)');
    const managedServers = [aServer({ applications: [DATABASE_ENGINE] })];
    const shard = { instances: [anInstance(tracked)], configurations, managedServers };

    expect(deploymentIn('sql-server', shard)).toMatchObject({
      edition: 'developer',
      licensing: 'free',
    });
  });

  it('do not make a free installation one to pay for', () => {
    const configurations = configured('Oracle Database Enterprise Edition per vCPU');
    const managedServers = [aLinuxServer({ applications: [named('oracle-database-xe-21c')] })];
    const instances = [anInstance({ ...tracked, ...LINUX })];

    expect(
      deploymentIn('oracle-database', { instances, configurations, managedServers }),
    ).toMatchObject({
      edition: null,
      licensing: 'free',
    });
  });

  it('tell no edition when two of them disagree', () => {
    const configurations = configured('SQL Server Standard', 'SQL Server 2014 Enterprise');
    const licenseConfigurationArns = [configurationArn('1'), configurationArn('2')];
    const instances = [anInstance({ ...WINDOWS, licenseConfigurationArns })];

    expect(deploymentIn('sql-server', { instances, configurations })).toMatchObject({
      edition: null,
      version: null,
      licensing: 'byol',
      evidence: [{ text: 'SQL Server Standard' }, { text: 'SQL Server 2014 Enterprise' }],
    });
  });

  it('agree on what two of them say alike', () => {
    const configurations = configured('SQL Server 2014 Developer A', 'SQL Server 2014 Developer B');
    const licenseConfigurationArns = [configurationArn('1'), configurationArn('2')];
    const instances = [anInstance({ ...WINDOWS, licenseConfigurationArns })];

    expect(deploymentIn('sql-server', { instances, configurations })).toMatchObject({
      edition: 'developer',
      version: '2014',
      licensing: 'free',
    });
  });

  it.each`
    platform     | name                             | found    | because
    ${'linux'}   | ${'Oracle Database EE per vCPU'} | ${true}  | ${"Oracle's installer leaves no package"}
    ${'linux'}   | ${'SAP HANA nodes'}              | ${true}  | ${"SAP's installer leaves no package"}
    ${'linux'}   | ${'SQL Server Standard'}         | ${false} | ${'SQL Server on Linux is a package'}
    ${'linux'}   | ${'IBM MQ per VPC'}              | ${false} | ${'MQ on Linux is a package'}
    ${'windows'} | ${'Oracle Database EE per vCPU'} | ${false} | ${'installers register on Windows'}
    ${'linux'}   | ${'Red Hat Enterprise Linux'}    | ${false} | ${'Systems Manager names the system'}
    ${'linux'}   | ${'Everything of last year'}     | ${false} | ${'it names no product'}
  `(
    'with an agent on $platform "$name" is believed: $found, for $because',
    ({ platform, name, found }) => {
      const configurations = configured(name);
      const windows = platform === 'windows';
      const instances = [anInstance({ ...tracked, ...(windows ? WINDOWS : LINUX) })];
      const managedServers = [windows ? aServer() : aLinuxServer()];
      const products = deploymentsIn({ instances, configurations, managedServers });

      expect(products.some(({ product }) => product !== 'windows-server')).toBe(found);
    },
  );

  it.each`
    code                   | name                          | found
    ${'RunInstances'}      | ${'Red Hat Enterprise Linux'} | ${true}
    ${'RunInstances'}      | ${'Windows Server 2019'}      | ${false}
    ${'RunInstances:000g'} | ${'Red Hat Enterprise Linux'} | ${false}
    ${'RunInstances:0002'} | ${'Red Hat Enterprise Linux'} | ${false}
    ${'RunInstances:zzzz'} | ${'Windows Server 2019'}      | ${true}
  `('without an agent "$name" is believed on $code: $found', ({ code, name, found }) => {
    const configurations = configured(name);
    const instances = [anInstance({ ...tracked, usageOperation: code, platformDetails: '' })];
    const evidence = deploymentsIn({ instances, configurations }).flatMap((one) => one.evidence);

    expect(evidence.some(({ text }) => text === name)).toBe(found);
  });

  it('count for nothing while the configuration is not in the shard', () => {
    expect(
      deploymentIn('sql-server', { instances: [anInstance(tracked)], configurations: [] }),
    ).toBe(undefined);
  });
});

describe('signs that prove nothing', () => {
  const instances = [anInstance({ ...LINUX, ...UNTRACKED })];

  it('make Oracle Database likely where its preinstall package is, and say so', () => {
    const applications = [named('oracle-database-preinstall-19c')];

    expect(
      deploymentIn('oracle-database', {
        instances,
        managedServers: [aLinuxServer({ applications })],
      }),
    ).toMatchObject({
      edition: null,
      version: '19c',
      evidence: [{ source: 'AWS:Application, no proof by itself' }],
    });
  });

  it('give way to the product itself, which may be free', () => {
    const applications = [
      named('oracle-database-preinstall-23ai'),
      named('oracle-database-free-23ai'),
    ];

    expect(
      deploymentIn('oracle-database', {
        instances,
        managedServers: [aLinuxServer({ applications })],
      }),
    ).toMatchObject({ licensing: 'free', evidence: [{}, {}] });
  });

  it("make NetWeaver likely where SAP's host agent is, but not beside HANA", () => {
    const agent = named('saphostagent');
    const server = (...applications: readonly ReturnType<typeof named>[]) => ({
      instances,
      managedServers: [aLinuxServer({ applications })],
    });
    const products = (shard: Partial<InventoryShard>) =>
      deploymentsIn(shard).map(({ product }) => product);

    expect(products(server(agent))).toEqual(['sap-netweaver']);
    expect(products(server(agent, named('SAP HANA Database')))).toEqual(['sap-hana']);
    expect(products(server(agent, named('SAP HANA Database'), named('SAP NetWeaver 7.5')))).toEqual(
      ['sap-netweaver', 'sap-hana'],
    );
  });
});

describe('AMIs of the marketplace', () => {
  const instances = [
    anInstance({ ...LINUX, ...UNTRACKED, productCodes: ['aw0evgkw8e5c1q413zgy5pjce'] }),
  ];
  const license = {
    arn: 'arn:aws:license-manager::111122223333:license:l-1',
    name: 'l',
    productName: 'IBM Db2 Standard Edition',
    productSku: 'aw0evgkw8e5c1q413zgy5pjce',
    issuer: 'IBM',
    status: 'AVAILABLE',
    grantStatus: 'ACTIVE',
    validFrom: null,
    validTo: null,
    entitlements: [],
  };

  it('are what the license that came with them says', () => {
    expect(deploymentIn('ibm-db2', { instances, receivedLicenses: [license] })).toMatchObject({
      edition: 'standard',
      licensing: 'marketplace',
      evidence: [
        {
          source: 'marketplace product code',
          text: 'aw0evgkw8e5c1q413zgy5pjce (IBM Db2 Standard Edition)',
        },
      ],
    });
    expect(
      deploymentIn('ibm-db2', { instances, receivedLicenses: [{ ...license, productSku: null }] }),
    ).toBeUndefined();
  });

  it.each`
    owner                | name                                 | licensing
    ${'679593333241'}    | ${'Oracle Database 19c EE on Linux'} | ${'marketplace'}
    ${'aws-marketplace'} | ${'Oracle Database 19c EE BYOL'}     | ${'byol'}
    ${'aws-marketplace'} | ${'Hardened Linux'}                  | ${undefined}
    ${ACCOUNT}           | ${'Oracle Database 19c EE'}          | ${undefined}
    ${null}              | ${'Oracle Database 19c EE'}          | ${undefined}
  `('make "$name" of $owner $licensing', ({ owner, name, licensing }) => {
    const images = [anImage({ owner, name })];

    expect(deploymentIn('oracle-database', { instances, images })?.licensing).toBe(licensing);
  });

  it('pay for what inventory finds', () => {
    const managedServers = [aLinuxServer({ applications: [named('DB2 - DB2COPY1')] })];

    expect(
      deploymentIn('ibm-db2', { instances, receivedLicenses: [license], managedServers }),
    ).toMatchObject({ edition: 'standard', licensing: 'marketplace' });
  });

  it('say nothing when nobody describes them', () => {
    expect(deploymentsIn({ instances, images: [] })).toEqual([]);
  });
});

describe('user subscriptions', () => {
  it('are products of their instances, in the price, as AWS names them', () => {
    const subscription = {
      username: 'ada',
      domain: null,
      product: 'VISUAL_STUDIO_PROFESSIONAL',
      status: 'SUBSCRIBED',
      startedAt: null,
      endsAt: null,
      instanceIds: ['i-0000000000000000a'],
    };
    const shard = {
      instances: [anInstance({ ...WINDOWS, ...UNTRACKED })],
      userSubscriptions: [
        subscription,
        { ...subscription, username: 'bob' },
        { ...subscription, product: '<!channel>' },
      ],
    };

    expect(deploymentsIn(shard).map(({ product }) => product)).toEqual([
      'windows-server',
      'visual-studio-professional',
    ]);
    expect(deploymentIn('visual-studio-professional', shard)).toMatchObject({
      licensing: 'license-included',
      evidence: [{ source: 'user subscription', text: 'VISUAL_STUDIO_PROFESSIONAL' }],
    });
  });
});

describe('nodes of Kubernetes', () => {
  it.each`
    tags                                                   | cluster
    ${{ 'eks:cluster-name': 'shop' }}                      | ${'shop'}
    ${{ Name: 'x', 'kubernetes.io/cluster/pay': 'owned' }} | ${'pay'}
  `('are marked as derived: $cluster', ({ tags, cluster }) => {
    const instances = [anInstance({ ...WINDOWS, ...UNTRACKED, tags })];

    expect(deploymentsIn({ instances })[0]?.evidence.at(-1)).toEqual({
      source: 'Kubernetes node: derived, not tracked by License Manager',
      text: cluster,
    });
  });
});

describe('tags', () => {
  it.each`
    tag                 | environment
    ${'prod'}           | ${'production'}
    ${'PRODUCTION'}     | ${'production'}
    ${'dr'}             | ${'production'}
    ${' Dev '}          | ${'non-production'}
    ${'Non Production'} | ${'non-production'}
    ${'NON_PRODUCTION'} | ${'non-production'}
    ${'nonprod'}        | ${'non-production'}
    ${'UAT'}            | ${'non-production'}
    ${' '}              | ${null}
    ${undefined}        | ${null}
  `('make "$tag" $environment', ({ tag, environment }) => {
    const tags = tag === undefined ? {} : { Environment: tag };

    expect(deploymentsIn({ instances: [anInstance({ tags })] })[0]?.environment).toBe(environment);
  });

  it.each`
    tag            | role
    ${'PRIMARY'}   | ${'primary'}
    ${'standby'}   | ${'passive'}
    ${'passive'}   | ${'passive'}
    ${'Readable '} | ${'readable'}
    ${'secondary'} | ${null}
  `('make "$tag" the role $role', ({ tag, role }) => {
    const tags = { 'ha:role': tag };

    expect(deploymentsIn({ instances: [anInstance({ tags })] })[0]?.role).toBe(role);
  });

  it('are read by the keys of the settings, whatever these are', () => {
    const settings = someSettings({ ownerTag: 'constructor', environmentTag: 'stage' });
    const instances = [anInstance({ tags: { Owner: 'x', stage: 'qa' } })];

    expect(deploymentsIn({ instances }, settings)[0]).toMatchObject({
      on: { owner: null },
      environment: 'non-production',
    });
  });
});

describe('servers outside AWS', () => {
  it('have the hardware and software that Systems Manager finds', () => {
    const server = aServer({
      id: 'mi-1',
      applications: [DATABASE_ENGINE],
      hardware: { sockets: 2, cores: 12, hyperThreading: true },
    });

    expect(deploymentsIn({ managedServers: [server] })).toMatchObject([
      { product: 'sql-server', licensing: 'byol' },
      {
        product: 'windows-server',
        licensing: 'byol',
        environment: null,
        role: null,
        on: {
          kind: 'managed-server',
          id: 'mi-1',
          arn: null,
          name: 'erp-sql-01',
          owner: null,
          running: true,
          compute: {
            placement: 'on-premises',
            activeVcpus: null,
            maximumVcpus: 24,
            activeThreadsPerCore: 2,
            host: { id: 'mi-1', sockets: 2, cores: 12 },
          },
        },
      },
    ]);
  });

  it.each`
    hardware                                           | maximumVcpus | threads
    ${{ sockets: 1, cores: 8, hyperThreading: false }} | ${8}         | ${1}
    ${null}                                            | ${null}      | ${null}
  `('have $maximumVcpus vCPUs at most with $hardware', ({ hardware, maximumVcpus, threads }) => {
    const server = aServer({
      id: 'mi-1',
      hardware,
      platformName: 'Red Hat Enterprise Linux Server',
    });

    expect(deploymentsIn({ managedServers: [server] })[0]?.on.compute).toMatchObject({
      maximumVcpus,
      defaultThreadsPerCore: threads,
    });
  });

  it.each`
    platformName                                | found
    ${'Oracle Linux Server'}                    | ${true}
    ${null}                                     | ${true}
    ${'Microsoft Windows Server 2019 Standard'} | ${false}
  `('are believed their configuration on $platformName: $found', ({ platformName, found }) => {
    const managedServers = [aServer({ id: 'mi-1', platformName, platformVersion: null })];
    const association = {
      configurationArn: configurationArn('1'),
      resourceArn: `arn:aws:ssm:${REGION}:${ACCOUNT}:managed-instance/mi-1`,
      resourceType: 'SYSTEMS_MANAGER_MANAGED_INSTANCE' as const,
      ownerAccount: ACCOUNT,
      associatedAt: null,
    };
    const associations = [
      association,
      { ...association, configurationArn: configurationArn('2') },
      { ...association, resourceType: 'RDS' as const },
    ];
    const configurations = [
      aConfiguration({ digit: '1', name: 'Oracle Database Enterprise Edition' }),
      aConfiguration({ digit: '2', name: 'Oracle Database EE 2' }),
    ];
    const deployment = deploymentIn('oracle-database', {
      managedServers,
      associations,
      configurations,
    });

    expect(deployment?.edition).toBe(found ? 'enterprise' : undefined);
  });

  it('are not confused with instances that are gone', () => {
    expect(
      deploymentsIn({ managedServers: [aServer({ applications: [DATABASE_ENGINE] })] }),
    ).toEqual([]);
  });
});

describe('declaredDeployments', () => {
  it('takes a whole server for what it was listed for', () => {
    expect(declaredDeployments([aDeclaredServer()])).toEqual([
      {
        product: 'oracle-database',
        edition: 'enterprise',
        version: '19c',
        on: {
          kind: 'declared-server',
          id: 'ohio-ora-01',
          arn: null,
          account: 'on-premises',
          region: 'Columbus',
          name: 'ohio-ora-01',
          owner: 'finance-dba',
          running: true,
          compute: {
            placement: 'on-premises',
            instanceType: null,
            activeVcpus: null,
            maximumVcpus: null,
            activeThreadsPerCore: null,
            defaultThreadsPerCore: null,
            memoryMib: null,
            host: { id: 'ohio-ora-01', sockets: 2, cores: 32 },
          },
        },
        licensing: 'byol',
        environment: 'production',
        role: null,
        options: [],
        users: 40,
        evidence: [{ source: 'listed server', text: 'ohio-ora-01, listed on 2026-10-01' }],
      },
    ]);
  });

  it('has the vCPUs of a virtual machine, and nothing to pay for free editions', () => {
    const server = aDeclaredServer({ vcpus: 4, product: 'sql-server', edition: 'express' });

    expect(declaredDeployments([server])).toMatchObject([
      { licensing: 'free', on: { compute: { activeVcpus: 4, maximumVcpus: 4 } } },
    ]);
  });
});

describe('an unknown type', () => {
  it('does not keep a known one from being read', () => {
    const instances = [
      anInstance({ instanceId: 'i-1', instanceType: 'z9.mega' }),
      anInstance({ instanceId: 'i-2', instanceType: 'm7a.large', cpuOptions: null }),
    ];
    const instanceTypes = [aType({ name: 'm7a.large', defaultVcpus: 2, defaultThreadsPerCore: 1 })];

    expect(
      deploymentsIn({ instances, instanceTypes })
        .filter(({ product }) => product === 'windows-server')
        .map(({ on }) => on.compute.maximumVcpus),
    ).toEqual([null, 2]);
  });
});
