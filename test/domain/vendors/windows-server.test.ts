import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Deployment } from '#domain/estate/deployment.ts';
import { microsoftLicenses } from '#domain/vendors/core-licenses.ts';
import { windowsServerRequirement } from '#domain/vendors/windows-server.ts';
import {
  aDeployment,
  answers,
  aServer,
  type Deployed,
  findingsOf,
  ofVcpus,
  onHost,
  times,
  underTerms,
  unitsOf,
} from './deployed.ts';

const BOUGHT_2018 = underTerms({
  subscription: false,
  softwareAssurance: true,
  purchasedOn: '2018-05-01',
});

const WINDOWS: Deployed = {
  product: 'windows-server',
  edition: 'datacenter',
  version: '2019',
  compute: onHost(4),
};

function windows(changes: Deployed = {}): Deployment {
  return aDeployment({ ...WINDOWS, ...changes });
}

function windowsVms(count: number, changes: Deployed = {}): readonly Deployment[] {
  return times(count, { ...WINDOWS, ...changes });
}

const PER_CORE = 'ServiceNow SAM documentation, microsoft-percore-withcal (2026-03-12)';
const HOST = { id: 'srv-1', sockets: 2, cores: 48 };
const SMALL = aServer({ sockets: 2, cores: 12 });

describe('windowsServerRequirement', () => {
  it.each`
    edition         | vms   | on                                       | cores  | because                                            | source
    ${'datacenter'} | ${5}  | ${onHost(4)}                             | ${48}  | ${'Datacenter covers every VM on an m5 host'}      | ${PER_CORE}
    ${'standard'}   | ${1}  | ${onHost(4)}                             | ${48}  | ${'one coverage is all cores'}                     | ${PER_CORE}
    ${'standard'}   | ${2}  | ${onHost(4)}                             | ${48}  | ${'one coverage serves two VMs'}                   | ${PER_CORE}
    ${'standard'}   | ${5}  | ${onHost(4)}                             | ${144} | ${'five VMs take three coverages'}                 | ${PER_CORE}
    ${null}         | ${5}  | ${onHost(4)}                             | ${144} | ${'an edition not known counts like Standard'}     | ${PER_CORE}
    ${'datacenter'} | ${1}  | ${SMALL}                                 | ${16}  | ${'two processors of 6 cores take 8 each'}         | ${PER_CORE}
    ${'datacenter'} | ${1}  | ${aServer({ sockets: 1, cores: 4 })}     | ${16}  | ${'a server takes 16 at least'}                    | ${PER_CORE}
    ${'datacenter'} | ${1}  | ${aServer({ sockets: 4, cores: 16 })}    | ${32}  | ${'four processors take 8 each'}                   | ${PER_CORE}
    ${'standard'}   | ${12} | ${aServer({ sockets: 1, cores: 16 }, 4)} | ${96}  | ${'twelve VMs on a server of ours, six coverages'} | ${PER_CORE}
  `('takes $cores for $vms VMs of $edition: $because ($source)', ({ edition, vms, on, cores }) => {
    const requirements = windowsServerRequirement(
      windowsVms(vms, { edition, compute: on }),
      BOUGHT_2018,
    );

    expect(requirements).toMatchObject([{ edition, metric: 'core', units: cores }]);
    expect(requirements[0]?.on).toHaveLength(vms);
  });

  it.each`
    licensing             | cores | because
    ${'byol'}             | ${48} | ${'it draws on licenses of ours'}
    ${'unknown'}          | ${48} | ${'nobody else is known to pay'}
    ${'license-included'} | ${0}  | ${'the hourly price pays'}
    ${'marketplace'}      | ${0}  | ${'the marketplace pays'}
  `('takes $cores when licensing is $licensing: $because', ({ licensing, cores }) => {
    expect(unitsOf(windowsServerRequirement([windows({ licensing })], BOUGHT_2018))).toBe(cores);
  });

  it('counts no license-included VM among those that Standard stacks', () => {
    const brought = windowsVms(2, { edition: 'standard' });
    const paid = windows({ id: 'i-paid', edition: 'standard', licensing: 'license-included' });

    expect(unitsOf(windowsServerRequirement([...brought, paid], BOUGHT_2018))).toBe(48);
  });

  it('covers Standard VMs by the Datacenter licenses of their host', () => {
    const standard = windowsVms(5, { edition: 'standard' });

    expect(
      windowsServerRequirement([...standard, windows({ id: 'i-datacenter' })], BOUGHT_2018),
    ).toMatchObject([{ edition: 'datacenter', units: 48 }]);
  });

  it('takes the known edition where some VMs of a host do not say theirs', () => {
    const [unknown, standard] = [
      windows({ id: 'i-unknown', edition: null }),
      windows({ id: 'i-standard', edition: 'standard' }),
    ];

    expect(windowsServerRequirement([unknown, standard], BOUGHT_2018)).toMatchObject([
      { edition: 'standard', units: 48 },
    ]);
  });

  it('licenses each host, and a VM once however often it is reported', () => {
    const other = windows({
      id: 'i-other',
      compute: onHost(4, { host: { id: 'h-2', sockets: 2, cores: 64 } }),
    });

    const requirements = windowsServerRequirement([windows(), windows(), other], BOUGHT_2018);

    expect(requirements.map(({ units, on }) => [units, on.map(({ id }) => id)])).toEqual([
      [48, ['i-1']],
      [64, ['i-other']],
    ]);
  });

  it('never takes a host of unknown size for 0', () => {
    const requirements = windowsServerRequirement(
      [windows({ compute: onHost(4, { host: null }) })],
      BOUGHT_2018,
    );

    expect(requirements).toMatchObject([{ units: null }]);
    expect(findingsOf(requirements)).toContain('size-unknown');
  });

  it.each`
    placement
    ${'shared'}
    ${'dedicated-instance'}
    ${'rds'}
  `('calls bringing it to $placement a violation, and counts the least a VM takes', (row) => {
    const requirements = windowsServerRequirement(
      [windows({ compute: ofVcpus(2, 2, { placement: row.placement }) })],
      BOUGHT_2018,
    );

    expect(requirements).toMatchObject([
      { units: 8, rule: { id: 'microsoft/windows-server/no-mobility' } },
    ]);
    expect(requirements[0]?.findings).toContainEqual(
      expect.objectContaining({ code: 'dedicated-host-only', severity: 'violation' }),
    );
  });

  it('finds nothing but client access to see to on a Dedicated Host by old perpetual licenses', () => {
    expect(findingsOf(windowsServerRequirement([windows()], BOUGHT_2018))).toEqual([
      'client-access-licenses',
    ]);
  });

  it('says that an edition is not known', () => {
    expect(
      findingsOf(windowsServerRequirement([windows({ edition: null })], BOUGHT_2018)),
    ).toContain('edition-unknown');
  });

  it.each`
    server  | vcpus   | byVm     | assurance | expected                             | because
    ${HOST} | ${2}    | ${false} | ${true}   | ${{ default: 48, other: 8 }}         | ${'the host counts, the VM is shown'}
    ${HOST} | ${2}    | ${true}  | ${true}   | ${{ default: 8, other: 48 }}         | ${'a VM takes 8 at least, and no 16 over the company'}
    ${HOST} | ${12}   | ${true}  | ${null}   | ${{ default: 12, other: 48 }}        | ${'a VM takes its virtual cores'}
    ${HOST} | ${2}    | ${true}  | ${false}  | ${{ default: 48, other: undefined }} | ${'without Software Assurance only the host may be licensed'}
    ${HOST} | ${null} | ${true}  | ${true}   | ${{ default: 48, other: undefined }} | ${'a server without VMs is licensed by its cores'}
    ${null} | ${2}    | ${false} | ${true}   | ${{ default: null, other: 8 }}       | ${'the host is not known, the VM is'}
  `('outside AWS: $because', ({ server, vcpus, byVm, assurance, expected }) => {
    const compute = { ...aServer(server ?? HOST, vcpus), host: server };
    const terms = underTerms({ softwareAssurance: assurance, switches: { windowsByVm: byVm } });

    const counted = answers(windowsServerRequirement, [windows({ compute })], terms);

    expect({ default: counted['default'], other: counted[`windowsByVm=${!byVm}`] }).toEqual(
      expected,
    );
  });

  it('never licenses one server both by its cores and by its VMs', () => {
    const vms = windowsVms(3, { edition: 'standard', compute: aServer(HOST, 2) });
    const terms = underTerms({ softwareAssurance: true, switches: { windowsByVm: true } });

    expect(windowsServerRequirement(vms, terms)).toMatchObject([
      { units: 24, rule: { id: 'microsoft/windows-server/by-vm' } },
    ]);
  });
});

const vmLists = fc.array(
  fc.record({
    id: fc.integer({ min: 1, max: 12 }).map((number) => `i-${number}`),
    compute: fc
      .record({
        vcpus: fc.integer({ min: 1, max: 96 }),
        host: fc.integer({ min: 0, max: 2 }),
      })
      .map(({ vcpus, host }) =>
        host === 0
          ? ofVcpus(vcpus)
          : onHost(vcpus, { host: { id: `h-${host}`, sockets: 2, cores: 24 * host } }),
      ),
  }),
  { minLength: 1, maxLength: 15 },
);
const editions = fc.constantFrom('datacenter', 'standard', null);

/** Every VM once: its first report. */
function distinct(vms: readonly Deployed[]): readonly Deployed[] {
  return vms.filter((vm, index) => vms.findIndex(({ id }) => id === vm.id) === index);
}

function requiredFor(vms: readonly Deployed[], edition: string | null): number {
  const deployments = vms.map((vm) => windows({ ...vm, edition }));
  return unitsOf(windowsServerRequirement(deployments, BOUGHT_2018)) ?? Number.NaN;
}

describe('windowsServerRequirement, whatever runs', () => {
  it('never falls when a VM is added', () => {
    fc.assert(
      fc.property(vmLists, editions, (list, edition) => {
        const vms = distinct(list);

        expect(requiredFor(vms.slice(1), edition)).toBeLessThanOrEqual(requiredFor(vms, edition));
      }),
    );
  });

  it('is never below 8 for a VM that is counted alone and 16 for a host', () => {
    fc.assert(
      fc.property(vmLists, editions, (list, edition) => {
        const deployments = distinct(list).map((vm) => windows({ ...vm, edition }));

        for (const { on, units } of windowsServerRequirement(deployments, BOUGHT_2018)) {
          const least = on[0]?.compute.host === null ? 8 : 16;
          expect(units).toBeGreaterThanOrEqual(least);
        }
      }),
    );
  });

  it('does not depend on the order of VMs', () => {
    fc.assert(
      fc.property(vmLists, editions, (list, edition) => {
        const vms = distinct(list);

        expect(requiredFor(vms.toReversed(), edition)).toBe(requiredFor(vms, edition));
      }),
    );
  });

  it('does not depend on the number of VMs with Datacenter', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), (count) => {
        expect(unitsOf(windowsServerRequirement(windowsVms(count), BOUGHT_2018))).toBe(48);
      }),
    );
  });
});

describe('microsoftLicenses', () => {
  it.each`
    units  | metric      | licenses
    ${7}   | ${'core'}   | ${8}
    ${144} | ${'core'}   | ${144}
    ${3}   | ${'server'} | ${3}
  `('makes $licenses $metric licenses of $units', ({ units, metric, licenses }) => {
    expect(microsoftLicenses(units, metric)).toBe(licenses);
  });
});
