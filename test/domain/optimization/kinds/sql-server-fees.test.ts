import { describe, expect, it } from 'vitest';
import type { Instance } from '#domain/estate/instance.ts';
import { nameWithoutNumber } from '#domain/optimization/kinds/sql-servers.ts';
import { standbyWaiver } from '#domain/optimization/kinds/standby-waiver.ts';
import { vendorMinimum } from '#domain/optimization/kinds/vendor-minimum.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import { ACCOUNT, aShard, NOW, REGION } from '../../../builders.ts';
import { anEntitlement } from '../../../register-builders.ts';
import type { Deployed } from '../../vendors/deployed.ts';
import {
  aMachine,
  anEstate,
  installed,
  LI_ENTERPRISE,
  LI_STANDARD,
  LI_WEB,
  LI_WINDOWS,
  SQL_BROUGHT,
} from './machine-builders.ts';

const STANDARD = installed('sql-server', { edition: 'standard' });

function small(
  id: string,
  instance: Partial<Instance> = {},
  products: readonly Deployed[] = STANDARD,
): Machine {
  return aMachine({
    products,
    instance: {
      instanceId: id,
      instanceType: 'r6i.large',
      usageOperation: LI_STANDARD,
      ...instance,
    },
  });
}

function brought(id: string, products = installed('sql-server', {}, SQL_BROUGHT)): Machine {
  return small(id, { usageOperation: LI_WINDOWS }, products);
}

describe('vendorMinimum', () => {
  it('puts two machines with 2 vCPUs on one, which saves the fee of one', () => {
    const [finding, another] = vendorMinimum.find(anEstate([small('i-1'), small('i-2')]));

    expect(another).toBeUndefined();
    expect(finding).toMatchObject({
      kind: 'vendor-minimum',
      account: ACCOUNT,
      region: REGION,
      subjects: [{ kind: 'instance', id: 'i-1' }, { id: 'i-2' }],
      change: null,
      savings: {
        // 4 vCPUs x 0.12 USD x 730 hours
        monthly: { micros: 350_400_000, currency: 'USD' },
        basis: 'list',
        licenses: [],
      },
      gate: [],
      risk: 'high',
      effort: 'project',
      downtime: true,
      ownerMustValidate: true,
      steps: [
        { do: 'by-hand', task: 'merge-instances', on: 'i-2', to: 'i-1' },
        { do: 'stop', instanceId: 'i-2' },
      ],
      rollback: [{ do: 'start', instanceId: 'i-2' }],
    });
    expect(finding?.evidence).toMatchObject([
      { measure: 'active-vcpus', value: 4, unit: 'vcpu' },
      { measure: 'vcpus-paid', value: 8, unit: 'vcpu' },
      { measure: 'vendor-minimum' },
    ]);
  });

  it('saves licenses where these are brought, and says no money', () => {
    const [finding] = vendorMinimum.find(anEstate([brought('i-1'), brought('i-2')]));

    expect(finding?.savings).toEqual({
      monthly: null,
      basis: 'unknown',
      afterCommitments: null,
      licenses: [{ product: 'sql-server', edition: 'enterprise', metric: 'core', units: 4 }],
    });
  });

  it('fills 4 vCPUs at a time, the larger machines first', () => {
    const one = { cpuOptions: { coreCount: 1, threadsPerCore: 1 } };
    const machines = [
      small('i-1', one),
      small('i-2'),
      small('i-3', one),
      small('i-4'),
      small('i-5'),
    ];

    const found = vendorMinimum.find(anEstate(machines));

    expect(found.map(({ subjects }) => subjects.map(({ id }) => id))).toEqual([
      ['i-2', 'i-4'],
      ['i-5', 'i-1', 'i-3'],
    ]);
    expect(found[1]?.savings.monthly?.micros).toBe(2 * 350_400_000);
  });

  it.each`
    other                                                                                            | why
    ${small('i-2', { availabilityZone: 'us-east-1b' })}                                              | ${'it is in another zone'}
    ${small('i-2', { tenancy: 'dedicated' })}                                                        | ${'it is of another tenancy'}
    ${small('i-2', { instanceType: 'r6i.xlarge' })}                                                  | ${'it uses what it pays for'}
    ${small('i-2', { instanceType: 'r6i.xlarge', cpuOptions: { coreCount: 3, threadsPerCore: 1 } })} | ${'it leaves no room'}
    ${small('i-2', { state: 'stopped' })}                                                            | ${'it is stopped'}
    ${small('i-2', { usageOperation: LI_ENTERPRISE }, installed('sql-server'))}                      | ${'it is of another edition'}
    ${small('i-2', {}, installed('sql-server', { role: 'passive' }, STANDARD))}                      | ${'it stands by for another'}
    ${{ ...small('i-2'), environment: 'non-production' }}                                            | ${'it is no production'}
    ${{ ...small('i-2'), scope: { account: '999988887777', region: REGION } }}                       | ${'it is in another account'}
    ${brought('i-2', installed('sql-server', { edition: null }, SQL_BROUGHT))}                       | ${'its edition is not known'}
    ${brought('i-2', installed('sql-server', { licensing: 'free', edition: 'express' }))}            | ${'it is free'}
  `('puts nothing together where $why', ({ other }) => {
    expect(vendorMinimum.find(anEstate([small('i-1'), other]))).toEqual([]);
    expect(vendorMinimum.find(anEstate([other, small('i-1')]))).toEqual([]);
  });

  it('leaves alone what a marketplace sells', () => {
    const sold = installed('sql-server', { licensing: 'marketplace' });

    expect(vendorMinimum.find(anEstate([brought('i-1', sold), brought('i-2', sold)]))).toEqual([]);
  });

  it.each`
    lines                                                | found | why
    ${[{ metric: 'server' }]}                            | ${0}  | ${'server licenses have no least size'}
    ${[{ metric: 'server', edition: null }]}             | ${0}  | ${'server licenses of any edition'}
    ${[{ metric: 'server' }, { metric: 'core' }]}        | ${1}  | ${'some are core licenses'}
    ${[{ metric: 'server', edition: 'standard' }]}       | ${1}  | ${'they are of another edition'}
    ${[{ metric: 'server', product: 'windows-server' }]} | ${1}  | ${'they are of another product'}
  `('finds $found with $lines: $why', ({ lines, found }) => {
    const entitlements = lines.map((line: object) =>
      anEntitlement({ product: 'sql-server', edition: 'enterprise', ...line }),
    );
    const machines = [brought('i-1'), brought('i-2')];

    expect(vendorMinimum.find(anEstate(machines, { entitlements }))).toHaveLength(found);
  });
});

const PASSIVE = installed('sql-server', { role: 'passive' });
const PRIMARY = installed('sql-server', { role: 'primary' });
const LOOKED = { 'sql-ha-states': { asOf: NOW, error: null, state: 'read' as const } };

function node(
  id: string,
  products: readonly Deployed[],
  instance: Partial<Instance> = {},
): Machine {
  return aMachine({ products, instance: { instanceId: id, name: `sql-${id}`, ...instance } });
}

function managed(...ids: string[]) {
  const servers = ids.map((id) => ({
    id,
    computerName: null,
    platformName: null,
    platformVersion: null,
    pingStatus: 'Online',
    lastPingAt: null,
    applications: [],
    sqlServers: [],
    hardware: null,
  }));
  return [aShard({ managedServers: servers, sources: LOOKED })];
}

const PAIR = [node('i-1', PRIMARY), node('i-2', PASSIVE)];

describe('standbyWaiver', () => {
  it('saves the SQL Server fee of a passive node', () => {
    const [finding, another] = standbyWaiver.find(anEstate(PAIR, { shards: managed('i-2') }));

    expect(another).toBeUndefined();
    expect(finding).toMatchObject({
      kind: 'standby-waiver',
      account: ACCOUNT,
      subjects: [{ kind: 'instance', id: 'i-2', name: 'sql-i-2' }],
      change: null,
      // 16 vCPUs x 0.375 USD x 730 hours
      savings: { monthly: { micros: 4_380_000_000, currency: 'USD' }, basis: 'list', licenses: [] },
      risk: 'none',
      effort: 'decision',
      downtime: false,
      ownerMustValidate: false,
      steps: [
        { do: 'by-hand', task: 'enable-standby-waiver', on: 'i-2', to: null },
        { do: 'by-hand', task: 'enable-standby-waiver', on: 'i-1', to: null },
      ],
      rollback: [],
    });
    expect(finding?.gate.every(({ holds }) => holds === true)).toBe(true);
  });

  it('counts the vCPUs that are on', () => {
    const cpuOptions = { coreCount: 4, threadsPerCore: 1 };
    const machines = [node('i-1', PRIMARY), node('i-2', PASSIVE, { cpuOptions })];

    expect(standbyWaiver.find(anEstate(machines))[0]?.savings.monthly?.micros).toBe(1_095_000_000);
  });

  it.each`
    machines                                                                           | shards            | open
    ${PAIR}                                                                            | ${[]}             | ${['systems-manager-agent', 'not-waived-yet']}
    ${PAIR}                                                                            | ${managed('i-1')} | ${['systems-manager-agent']}
    ${[PAIR[1]]}                                                                       | ${managed('i-2')} | ${['two-nodes']}
    ${[node('i-2', PASSIVE, { name: null })]}                                          | ${managed('i-2')} | ${['two-nodes']}
    ${[...PAIR, node('i-3', PRIMARY)]}                                                 | ${managed('i-2')} | ${['two-nodes']}
    ${[PAIR[0], node('i-2', installed('sql-server', { version: null }, PASSIVE))]}     | ${managed('i-2')} | ${['sql-server-2017']}
    ${[PAIR[0], node('i-2', installed('windows-server', { version: null }, PASSIVE))]} | ${managed('i-2')} | ${['windows-2019']}
    ${[PAIR[0], node('i-2', PASSIVE.slice(1))]}                                        | ${managed('i-2')} | ${['windows-2019']}
  `('leaves open what nobody knows: $open', ({ machines, shards, open }) => {
    const [finding] = standbyWaiver.find(anEstate(machines, { shards }));

    const unknown = finding?.gate.filter(({ holds }) => holds === null).map(({ code }) => code);

    expect(unknown).toEqual(open);
  });

  it('tells pairs by their group', () => {
    const tags = { 'ha:group': 'erp' };
    const machines = [
      node('i-1', PRIMARY, { name: 'a', tags }),
      node('i-2', PASSIVE, { name: 'b', tags }),
    ];

    const [finding] = standbyWaiver.find(anEstate(machines, { shards: managed('i-2') }));

    expect(finding?.gate.find(({ code }) => code === 'two-nodes')?.holds).toBe(true);
  });

  it.each`
    passive                                                                                                                       | why
    ${node('i-2', installed('windows-server', { version: '2016' }, PASSIVE))}                                                     | ${'Windows is older than 2019'}
    ${node('i-2', installed('sql-server', { version: '2016' }, PASSIVE))}                                                         | ${'SQL Server is older than 2017'}
    ${node('i-2', installed('sql-server', { role: 'readable' }))}                                                                 | ${'somebody reads from it'}
    ${node('i-2', installed('sql-server', { role: null }))}                                                                       | ${'nobody says that it is passive'}
    ${node('i-2', [])}                                                                                                            | ${'nothing is installed'}
    ${node('i-2', PASSIVE, { usageOperation: LI_WEB })}                                                                           | ${'it is Web'}
    ${node('i-2', PASSIVE, { usageOperation: LI_WINDOWS })}                                                                       | ${'its license is brought'}
    ${node('i-2', PASSIVE, { usageOperation: 'RunInstances:0100' })}                                                              | ${'it is on Linux'}
    ${node('i-2', PASSIVE, { state: 'stopped' })}                                                                                 | ${'it is stopped'}
    ${{ ...PAIR[1], evidence: { ...PAIR[1]?.evidence, sqlHa: { instanceId: 'i-2', state: 'standby', licenseUsage: 'waived' } } }} | ${'it is waived'}
  `('proposes nothing where $why', ({ passive }) => {
    expect(standbyWaiver.find(anEstate([node('i-1', PRIMARY), passive]))).toEqual([]);
  });

  it('proposes nothing for three nodes', () => {
    expect(standbyWaiver.find(anEstate([...PAIR, node('i-3', PASSIVE)]))).toEqual([]);
  });
});

describe('nameWithoutNumber', () => {
  it.each`
    name            | stem
    ${'ERP-sql-02'} | ${'erp-sql-'}
    ${'erp-sql'}    | ${null}
    ${'42'}         | ${null}
    ${null}         | ${null}
  `('makes $stem of $name', ({ name, stem }) => {
    expect(nameWithoutNumber(name)).toBe(stem);
  });
});
