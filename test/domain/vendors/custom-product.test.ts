import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CustomProduct, LicensingSettings } from '#domain/estate/licensing-settings.ts';
import { customRequirement } from '#domain/vendors/custom-product.ts';
import { vendorTerms } from '#domain/vendors/vendor-terms.ts';
import {
  aCompute,
  aDeployment,
  aServer,
  findingsOf,
  ofVcpus,
  onHost,
  times,
  underTerms,
  unitsOf,
} from './deployed.ts';

const product = 'matlab-server';

function aProduct(changes: Readonly<Record<string, unknown>> = {}) {
  return CustomProduct.parse({
    id: product,
    name: 'MATLAB Parallel Server',
    vendor: 'MathWorks',
    installedAs: ['MATLAB*'],
    counts: 'vcpu',
    source: 'Contract 4711, annex B',
    asOf: '2026-01-31',
    ...changes,
  });
}

function required(changes: Readonly<Record<string, unknown>>, compute = ofVcpus(8), vms = 1) {
  const rule = customRequirement(aProduct(changes));
  return rule(times(vms, { product, edition: null, compute }), underTerms());
}

describe('a product that the settings describe', () => {
  const reduced = aCompute({ activeVcpus: 4, activeThreadsPerCore: 1 });
  it.each`
    changes                                        | compute                             | vms  | units   | because
    ${{}}                                          | ${ofVcpus(8)}                       | ${1} | ${8}    | ${'vCPUs'}
    ${{}}                                          | ${reduced}                          | ${1} | ${8}    | ${'of the type'}
    ${{ honorsCpuOptions: true }}                  | ${reduced}                          | ${1} | ${4}    | ${'that CPU options leave'}
    ${{ counts: 'core' }}                          | ${ofVcpus(9)}                       | ${1} | ${5}    | ${'two threads a core'}
    ${{ counts: 'core' }}                          | ${ofVcpus(8, 1)}                    | ${1} | ${8}    | ${'one thread a core'}
    ${{ counts: 'core', honorsCpuOptions: true }}  | ${reduced}                          | ${1} | ${4}    | ${'cores that CPU options leave'}
    ${{ counts: 'core' }}                          | ${aServer({ cores: 16 })}           | ${1} | ${16}   | ${'cores of a server'}
    ${{ counts: 'socket' }}                        | ${onHost(8)}                        | ${5} | ${2}    | ${'sockets once for all on the host'}
    ${{ counts: 'socket' }}                        | ${ofVcpus(8)}                       | ${1} | ${null} | ${'shared hardware has no sockets of ours'}
    ${{ counts: 'host' }}                          | ${onHost(8)}                        | ${5} | ${1}    | ${'the host once'}
    ${{ counts: 'host' }}                          | ${ofVcpus(8)}                       | ${1} | ${null} | ${'no host is known'}
    ${{ counts: 'instance' }}                      | ${ofVcpus(8)}                       | ${5} | ${5}    | ${'machines'}
    ${{ counts: 'memory-gib' }}                    | ${aCompute({ memoryMib: 65_000 })}  | ${1} | ${64}   | ${'GiB round up'}
    ${{ counts: 'memory-gib' }}                    | ${aCompute({ memoryMib: null })}    | ${1} | ${null} | ${'memory is not known'}
    ${{ minimum: 16 }}                             | ${ofVcpus(8)}                       | ${2} | ${32}   | ${'the minimum holds on each machine'}
    ${{ unitsPerLicense: 3 }}                      | ${ofVcpus(8)}                       | ${2} | ${6}    | ${'each machine rounds up'}
    ${{ unitsPerLicense: 3, roundedPer: 'host' }}  | ${onHost(8)}                        | ${2} | ${6}    | ${'16 / 3 rounds up once for the host'}
    ${{ unitsPerLicense: 5, roundedPer: 'host' }}  | ${onHost(8)}                        | ${2} | ${4}    | ${'once for the host'}
    ${{ unitsPerLicense: 5, roundedPer: 'vm' }}    | ${onHost(8)}                        | ${2} | ${4}    | ${'twice for two machines'}
    ${{ unitsPerLicense: 16, roundedPer: 'pool' }} | ${ofVcpus(8)}                       | ${1} | ${0.5}  | ${'the pool rounds up later'}
    ${{ counts: 'vcpu' }}                          | ${aCompute({ maximumVcpus: null })} | ${1} | ${null} | ${'the type is not known'}
  `('asks for $units: $because', ({ changes, compute, vms, units }) => {
    const asked = required(changes, compute, vms);

    expect(unitsOf(asked)).toBe(units);
    expect(findingsOf(asked)).toEqual(units === null ? ['size-unknown'] : []);
  });

  it('is a violation where its contract does not let it run', () => {
    const [asked] = required({ placements: ['on-premises'] });

    expect(asked?.findings).toMatchObject([
      { code: 'placement-not-allowed', severity: 'violation' },
    ]);
    expect(findingsOf(required({ placements: ['shared'] }))).toEqual([]);
  });

  it('names the contract', () => {
    expect(required({})[0]?.rule).toEqual({
      id: 'custom/matlab-server',
      text: 'MATLAB Parallel Server: at least 0 by vcpu on each machine, 1 to a license, rounded up by vm, in packs of 1.',
      source: 'Contract 4711, annex B',
      asOf: '2026-01-31',
      confidence: 'primary',
    });
  });

  it('rounds a pool up once, to whole packs', () => {
    const settings = LicensingSettings.parse({
      products: [aProduct({ unitsPerLicense: 3, roundedPer: 'pool', packSize: 5 })],
    });
    const terms = vendorTerms(settings).get(product);
    const asked = terms?.requirement(
      times(6, { product, edition: null, compute: ofVcpus(8) }),
      underTerms(),
    );

    expect(terms?.licenses(unitsOf(asked ?? []) ?? 0, 'vcpu')).toBe(20);
  });

  it('asks for no less when machines are counted one by one than when rounded up over the pool', () => {
    const machines = fc.array(fc.integer({ min: 1, max: 192 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(machines, fc.integer({ min: 1, max: 16 }), (sizes, unitsPerLicense) => {
        const deployments = sizes.map((vcpus, index) =>
          aDeployment({ product, edition: null, id: `i-${index}`, compute: ofVcpus(vcpus) }),
        );
        const [byMachine, byPool] = ['vm', 'pool'].map((roundedPer) =>
          unitsOf(
            customRequirement(aProduct({ unitsPerLicense, roundedPer }))(deployments, underTerms()),
          ),
        );

        expect(byMachine).toBeGreaterThanOrEqual((byPool ?? 0) - 1e-9);
      }),
    );
  });
});
