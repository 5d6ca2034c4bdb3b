import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Deployment } from '#domain/estate/deployment.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { DEFAULT_SETTINGS } from '#domain/estate/licensing-settings.ts';
import { chooseHost } from '#domain/launch/host-choice.ts';
import { evaluateLaunch } from '#domain/launch/launch-evaluation.ts';
import { countConsumption, countResources } from '#domain/licenses/license-counting.ts';
import { parseLicenseRules } from '#domain/licenses/license-rules.ts';
import { matchesPattern } from '#domain/pattern.ts';
import { productCatalog } from '#domain/register/product-catalog.ts';
import { readRegister } from '#domain/register/read-register.ts';
import { deploymentsOf } from '#domain/software/deployments.ts';
import { usageOperation } from '#domain/software/usage-operation.ts';
import { NO_TERMS } from '#domain/terms/terms-view.ts';
import { oracleDatabaseRequirement } from '#domain/vendors/oracle-database.ts';
import { sqlServerRequirement } from '#domain/vendors/sql-server.ts';
import { vendorTerms } from '#domain/vendors/vendor-terms.ts';
import { windowsServerRequirement } from '#domain/vendors/windows-server.ts';
import {
  aConfiguration,
  aHost,
  aLedger,
  anImage,
  anInstance,
  aPlan,
  aPolicy,
  aRequest,
  aShard,
  aType,
  configurationArn,
  NOW,
} from '../../builders.ts';
import { sqlShard, withSqlServer } from '../estate/sql-shard.ts';
import {
  aCompute,
  aDeployment,
  aServer,
  ofVcpus,
  onHost,
  underTerms,
  unitsOf,
} from '../vendors/deployed.ts';

/*
 * Counting mistakes of other tools, each as a fact about ours that the mistake would break. Numbers are
 * those of the projects' issues; file names those of the samples that make them.
 */

const SQL = { product: 'sql-server', edition: 'enterprise', version: '2019' };
const ASSURED = underTerms({ softwareAssurance: true, purchasedOn: '2021-01-01' });

function sqlCores(deployments: readonly Deployment[]): number | null {
  return unitsOf(sqlServerRequirement(deployments, ASSURED));
}

function deploymentsIn(shard: InventoryShard, product: string): readonly Deployment[] {
  return deploymentsOf(shard, DEFAULT_SETTINGS).filter((found) => found.product === product);
}

describe('mistakes of microsoft/finops-toolkit', () => {
  it('#698: a scale set counts as one machine', () => {
    expect(sqlCores(deploymentsIn(sqlShard(3), 'sql-server'))).toBe(12);
  });

  it('#685: every database of an elastic pool counts the pool again', () => {
    const managedServers = [withSqlServer('i-0', ['MSSQLSERVER', 'REPORTING', 'ARCHIVE'])];

    expect(sqlCores(deploymentsIn(sqlShard(1, { managedServers }), 'sql-server'))).toBe(4);
  });

  it.each`
    vcpus | cores
    ${1}  | ${4}
    ${2}  | ${4}
    ${8}  | ${8}
    ${10} | ${10}
    ${16} | ${16}
    ${20} | ${20}
  `('#730: minimum and rounding make 64 of 16 ($vcpus vCPUs are $cores)', ({ vcpus, cores }) => {
    expect(sqlCores([aDeployment({ ...SQL, compute: ofVcpus(vcpus) })])).toBe(cores);
  });

  it('#483: a benefit is shown where none is used', () => {
    const included = { usageOperation: 'RunInstances:0102', platformDetails: 'Windows with SQL' };
    const instances = [anInstance({ ...included, licenseConfigurationArns: [] })];
    const found = deploymentsOf(aShard({ instances }), DEFAULT_SETTINGS);

    expect(found.map(({ product, licensing }) => [product, licensing])).toEqual([
      ['windows-server', 'license-included'],
      ['sql-server', 'license-included'],
    ]);
    expect(sqlCores(found)).toBe(0);
  });

  it('#1877: a string is added to a number', () => {
    const rows = [
      ['Contract', 'Product', 'Edition', 'Metric', 'Quantity', 'Kind', 'Purchased on'],
      ['EA-1', 'sql-server', 'enterprise', 'core', '20', 'perpetual', '2018-01-01'],
      ['EA-2', 'sql-server', 'enterprise', 'core', '4', 'perpetual', '2018-01-01'],
    ];
    const read = readRegister({ rows, decimalComma: false }, productCatalog(DEFAULT_SETTINGS));
    const entitlements = read.ok && 'entitlements' in read.part ? read.part.entitlements : [];

    expect(entitlements.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(24);
    expect(parseLicenseRules(['#minimumVcpus=08']).minimumVcpus).toBe(8);
  });

  it('#2067: the total says 336 and its list 129', () => {
    const uses = fc.array(
      fc.record({ vcpus: fc.integer({ min: 1, max: 96 }), ours: fc.boolean() }),
    );
    fc.assert(
      fc.property(uses, (sizes) => {
        const instances = sizes.map(({ vcpus, ours }, index) =>
          anInstance({
            instanceId: `i-${index}`,
            cpuOptions: { coreCount: vcpus, threadsPerCore: 1 },
            licenseConfigurationArns: [configurationArn(ours ? '1' : '2')],
          }),
        );
        const configuration = aConfiguration({ rules: ['#honorVcpuOptimization=True'] });
        const listed = countResources(aShard({ instances }), configuration);

        expect(countConsumption(aShard({ instances }), configuration)).toBe(
          listed.reduce((sum, { licenses }) => sum + licenses, 0),
        );
      }),
    );
  });

  it('#2292: SQL Server gets the minimum of Windows Server', () => {
    const terms = underTerms({ softwareAssurance: true, switches: { windowsByVm: true } });
    const compute = aServer({ sockets: 2, cores: 48 }, 2);
    const windows = aDeployment({ product: 'windows-server', edition: 'standard', compute });

    expect(unitsOf(windowsServerRequirement([windows], terms))).toBe(8);
    expect(sqlCores([aDeployment({ ...SQL, compute: ofVcpus(2) })])).toBe(4);
  });

  it('#2292: letter case decides what counts', () => {
    const rules = parseLicenseRules(['#HONORVCPUOPTIMIZATION=true', '#allowedtenancy=ec2-default']);
    const tags = { environment: 'x', Environment: 'Non Production' };
    const instances = [anInstance({ tags, licenseConfigurationArns: [] })];
    const found = deploymentsOf(aShard({ instances }), DEFAULT_SETTINGS);

    expect(rules).toMatchObject({ honorVcpuOptimization: true, allowedTenancy: ['default'] });
    expect(found.map(({ environment }) => environment)).toEqual(['non-production']);
  });

  it('#2292: what is not eligible gets a quantity', () => {
    const deployments = (['license-included', 'marketplace', 'free'] as const).map((licensing) =>
      aDeployment({ ...SQL, id: licensing, licensing }),
    );

    expect(sqlCores(deployments)).toBe(0);
  });

  it('#1819: what only developers use counts like production', () => {
    const developer = aDeployment({
      ...SQL,
      edition: 'developer',
      environment: 'non-production',
    });

    expect(sqlCores([developer])).toBe(0);
    expect(sqlCores([aDeployment({ ...SQL, environment: 'non-production' })])).toBe(8);
  });
});

describe('mistakes of GLPI', () => {
  it('#22231: a quota that may not be exceeded is, from the other side', () => {
    const question = {
      requestId: 'req-0000000001',
      interested: aRequest(),
      ledgers: [aLedger({ limit: 8, consumed: 8, hardLimit: true })],
      terms: NO_TERMS,
      policy: aPolicy(),
      now: NOW,
    };
    const licenseConfigurationArns = [configurationArn('1')];
    const byImage = aShard({ images: [anImage({ licenseConfigurationArns })] });
    const byHost = aShard({ hosts: [aHost({ licenseConfigurationArns })] });
    const plain = { licenseConfigurationArns: [] };
    const host = { ...plain, tenancy: 'host', hostId: aHost().hostId } as const;

    for (const [plan, shard] of [
      [aPlan(plain), byImage],
      [aPlan(host), byHost],
    ] as const) {
      expect(evaluateLaunch({ ...question, plan, shard })).toMatchObject({
        fits: false,
        reasons: [{ code: 'over-hard-limit' }, expect.anything()],
      });
    }
  });
});

describe('mistakes of Ercole', () => {
  it('#662: the core factor of servers is used in the cloud', () => {
    expect(
      unitsOf(oracleDatabaseRequirement([aDeployment({ compute: ofVcpus(8, 1) })], underTerms())),
    ).toBe(8);
    expect(
      unitsOf(oracleDatabaseRequirement([aDeployment({ compute: onHost(96) })], underTerms())),
    ).toBe(48);
  });

  it('#505, #658: an option counts on one node only', () => {
    const nodes = (['primary', 'passive'] as const).map((role) =>
      aDeployment({ id: 'erp', kind: 'database', role, options: ['Active Data Guard'] }),
    );
    const options = oracleDatabaseRequirement(nodes, underTerms()).filter(
      ({ edition }) => edition === 'active-data-guard',
    );

    expect(unitsOf(options)).toBe(8);
  });

  it('#886, #924, #944: a machine with fewer CPUs counts by itself and by its cluster', () => {
    const server = { sockets: 2, cores: 32 };
    const machines = [2, 8].map((vcpus) =>
      aDeployment({ id: `vm-${vcpus}`, compute: aServer(server, vcpus) }),
    );

    expect(unitsOf(oracleDatabaseRequirement(machines, underTerms()))).toBe(16);
  });

  it('#1817: the total is not what the machines need one by one', () => {
    const machine = fc.record({
      vcpus: fc.integer({ min: 1, max: 192 }),
      threads: fc.constantFrom(1, 2),
      product: fc.constantFrom(...vendorTerms(DEFAULT_SETTINGS).keys()),
      edition: fc.constantFrom('enterprise', 'standard', null),
    });
    fc.assert(
      fc.property(fc.array(machine, { maxLength: 8 }), (machines) => {
        const deployments = machines.map(({ vcpus, threads, ...software }, index) =>
          aDeployment({ ...software, id: `i-${index}`, compute: ofVcpus(vcpus, threads) }),
        );
        for (const [product, { requirement }] of vendorTerms(DEFAULT_SETTINGS)) {
          const those = deployments.filter((deployment) => deployment.product === product);
          const oneByOne = those.flatMap((deployment) => requirement([deployment], underTerms()));

          expect(unitsOf(requirement(those, underTerms()))).toBe(unitsOf(oneByOne));
        }
      }),
    );
  });
});

describe('mistakes of cost_allocator.py', () => {
  it('181: each host of a family is given what all of them are', () => {
    const hosts = ['h-1', 'h-2'].map((id) => ({ id, sockets: 2, cores: 48 }));
    const deployments = hosts.flatMap((host) =>
      ['a', 'b', 'c', 'd'].map((vm) =>
        aDeployment({ ...SQL, id: `${host.id}-${vm}`, compute: onHost(16, { host }) }),
      ),
    );
    const terms = underTerms({
      softwareAssurance: true,
      switches: { hostLevelVirtualization: 'yes' },
    });

    expect(sqlServerRequirement(deployments, terms).map(({ units }) => units)).toEqual([48, 48]);
  });

  it('a family is found in the names of others: m5 in m5d', () => {
    const host = aHost({ instanceFamily: 'm5', availableCapacity: { 'm5d.large': 9 } });
    const plan = aPlan({ instanceType: 'm5d.large', tenancy: 'host', hostId: host.hostId });
    const question = {
      requestId: 'req-0000000001',
      plan,
      interested: aRequest(),
      shard: aShard({ hosts: [host], instanceTypes: [aType({ name: 'm5d.large' })] }),
      ledgers: [aLedger()],
      terms: NO_TERMS,
      policy: aPolicy(),
      now: NOW,
    };

    expect(evaluateLaunch(question).reasons).toContainEqual({
      code: 'host-family-mismatch',
      hostId: host.hostId,
      family: 'm5',
    });
    expect(matchesPattern('m5.*', 'm5d.large')).toBe(false);
  });

  it('150: CPU options are ignored', () => {
    const compute = aCompute({ maximumVcpus: 16, activeVcpus: 8, activeThreadsPerCore: 1 });
    const instances = [anInstance({ cpuOptions: { coreCount: 2, threadsPerCore: 1 } })];
    const configuration = aConfiguration({ rules: ['#honorVcpuOptimization=True'] });

    expect(sqlCores([aDeployment({ ...SQL, compute })])).toBe(8);
    expect(countConsumption(aShard({ instances }), configuration)).toBe(2);
  });
});

describe('mistakes of packers of Dedicated Hosts', () => {
  const plan = aPlan({ tenancy: 'host', hostId: null });

  it('awsdedicatedcalculator: cores alone decide what fits', () => {
    const full = aHost({ availableVcpus: 64, availableCapacity: { 'r6i.2xlarge': 0 } });

    expect(chooseHost(plan, aShard({ hosts: [full] }))).toBeNull();
  });

  it('DedicatedHostSelector.cs 103: hosts are ruled out, and then all are used', () => {
    const ruledOut = aHost({ hostId: 'h-1', state: 'under-assessment' });
    const hosts = [ruledOut, aHost({ hostId: 'h-2' })];

    expect(chooseHost(plan, aShard({ hosts }))?.hostId).toBe('h-2');
  });
});

describe('mistakes of the samples for License Manager', () => {
  it('SQL Server Web is counted as Standard (license tracker, 341)', () => {
    const codes = ['0202', '0006', '0102'].map((code) => `RunInstances:${code}`);

    expect(codes.map((code) => usageOperation(code, '')?.sqlServer)).toEqual([
      'web',
      'standard',
      'enterprise',
    ]);
  });

  it('a list changes while it is gone through (license_switching_sample.py, 94)', () => {
    const shard = deeplyFrozen(sqlShard(3));
    const deployments = deeplyFrozen(deploymentsOf(shard, DEFAULT_SETTINGS));

    for (const { requirement } of vendorTerms(DEFAULT_SETTINGS).values()) {
      expect(() => requirement(deployments, ASSURED)).not.toThrow();
    }
  });
});

function deeplyFrozen<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) deeplyFrozen(part);
  }
  return value;
}
