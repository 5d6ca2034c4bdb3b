import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  countAll,
  countConsumption,
  countResources,
  isHostLicensed,
  licensesOf,
} from '#domain/licenses/license-counting.ts';
import {
  aConfiguration,
  aHost,
  anInstance,
  aShard,
  aType,
  aUsage,
  configurationArn,
} from '../../builders.ts';

const HONORS = ['#honorVcpuOptimization=True'];
const host = aHost({ cores: 48, sockets: 2 });
const onHost = { hostId: host.hostId, tenancy: 'host' } as const;

describe('licensesOf', () => {
  it.each`
    countingType  | rules     | on      | licenses | because
    ${'Instance'} | ${[]}     | ${null} | ${1}     | ${'an instance is one license'}
    ${'vCPU'}     | ${[]}     | ${null} | ${16}    | ${'vCPUs count as sold'}
    ${'vCPU'}     | ${HONORS} | ${null} | ${6}     | ${'only active vCPUs count'}
    ${'vCPU'}     | ${[]}     | ${host} | ${16}    | ${'a host changes nothing for vCPUs'}
    ${'Core'}     | ${[]}     | ${host} | ${48}    | ${'the whole host is licensed'}
    ${'Socket'}   | ${[]}     | ${host} | ${2}     | ${'the whole host is licensed'}
    ${'Core'}     | ${[]}     | ${null} | ${null}  | ${'shared tenancy has no cores to license'}
    ${'Socket'}   | ${[]}     | ${null} | ${null}  | ${'shared tenancy has no sockets to license'}
    ${'unknown'}  | ${[]}     | ${host} | ${null}  | ${'AWS added the unit since'}
  `('takes $licenses by $countingType: $because', ({ countingType, rules, on, licenses }) => {
    const configuration = aConfiguration({ countingType, rules });

    expect(licensesOf(configuration, { defaultVcpus: 16, activeVcpus: 6, host: on })).toBe(
      licenses,
    );
  });
});

describe('countConsumption', () => {
  const optimized = { coreCount: 2, threadsPerCore: 1 };

  it.each`
    instance                                               | rules     | licenses | because
    ${{}}                                                  | ${[]}     | ${8}     | ${'it runs'}
    ${{ spot: true }}                                      | ${[]}     | ${8}     | ${'Spot counts alike'}
    ${{ tenancy: 'dedicated' }}                            | ${[]}     | ${8}     | ${'a Dedicated Instance counts alike'}
    ${{ state: 'pending' }}                                | ${[]}     | ${8}     | ${'launching counts'}
    ${{ state: 'stopping' }}                               | ${[]}     | ${8}     | ${'it has not stopped yet'}
    ${{ state: 'shutting-down' }}                          | ${[]}     | ${8}     | ${'it has not ended yet'}
    ${{ state: 'stopped' }}                                | ${[]}     | ${0}     | ${'stopping frees'}
    ${{ state: 'terminated' }}                             | ${[]}     | ${0}     | ${'terminating frees'}
    ${{ licenseConfigurationArns: [] }}                    | ${[]}     | ${0}     | ${'it is not associated'}
    ${{ cpuOptions: optimized }}                           | ${[]}     | ${8}     | ${'CPU options are not honored'}
    ${{ cpuOptions: optimized }}                           | ${HONORS} | ${2}     | ${'CPU options are honored'}
    ${{ cpuOptions: null }}                                | ${HONORS} | ${8}     | ${'AWS said nothing, so the default holds'}
    ${{ instanceType: 'z9.large', cpuOptions: optimized }} | ${[]}     | ${2}     | ${'the type is unknown, so what is active counts'}
    ${{ instanceType: 'z9.large', cpuOptions: null }}      | ${[]}     | ${0}     | ${'nothing is known of its size'}
    ${{ ...onHost, licenseConfigurationArns: [] }}         | ${[]}     | ${0}     | ${'neither it nor its host is associated'}
  `('counts $licenses of $instance: $because', ({ instance, rules, licenses }) => {
    const shard = aShard({ instances: [anInstance(instance)], hosts: [host] });

    expect(countConsumption(shard, aConfiguration({ rules }))).toBe(licenses);
  });

  it.each`
    countingType  | licenses
    ${'Core'}     | ${48}
    ${'Socket'}   | ${2}
    ${'Instance'} | ${3}
    ${'vCPU'}     | ${24}
  `('counts three instances on one host as $licenses by $countingType', (row) => {
    const instances = ['a', 'b', 'c'].map((id) => anInstance({ ...onHost, instanceId: `i-${id}` }));
    const { countingType, licenses } = row;

    const shard = aShard({ instances, hosts: [host] });

    expect(countConsumption(shard, aConfiguration({ countingType }))).toBe(licenses);
  });

  it('counts what runs on an associated host as if it were associated itself', () => {
    const associated = aHost({ licenseConfigurationArns: [configurationArn('1')] });
    const instances = [anInstance({ ...onHost, licenseConfigurationArns: [] })];
    const shard = aShard({ instances, hosts: [associated] });

    expect(countResources(shard, aConfiguration())).toEqual([
      { resourceId: 'i-0000000000000000a', licenses: 8 },
    ]);
  });

  it('counts no cores for instances that are on no host', () => {
    const shard = aShard({ instances: [anInstance()] });

    expect(countConsumption(shard, aConfiguration({ countingType: 'Core' }))).toBe(0);
  });

  const AFFINE = ['#licenseAffinityToHost=90'];
  const elsewhere = { ownerAccount: '999999999999' };
  it.each`
    countingType  | rules     | usage                                                                          | licenses | because
    ${'vCPU'}     | ${[]}     | ${{ resourceType: 'RDS', resourceId: 'db' }}                                   | ${8}     | ${'databases count by vCPU'}
    ${'Instance'} | ${[]}     | ${{ resourceType: 'RDS', resourceId: 'db' }}                                   | ${0}     | ${'databases count by vCPU only'}
    ${'vCPU'}     | ${[]}     | ${{ resourceType: 'SYSTEMS_MANAGER_MANAGED_INSTANCE', resourceId: 'mi-1' }}    | ${8}     | ${'on-premises servers count by vCPU'}
    ${'Instance'} | ${[]}     | ${{ resourceType: 'SYSTEMS_MANAGER_MANAGED_INSTANCE', resourceId: 'mi-1' }}    | ${8}     | ${'on-premises servers count by instance, as listed'}
    ${'Core'}     | ${[]}     | ${{ resourceType: 'SYSTEMS_MANAGER_MANAGED_INSTANCE', resourceId: 'mi-1' }}    | ${0}     | ${'they have no hosts'}
    ${'vCPU'}     | ${[]}     | ${{ resourceType: 'EC2_AMI', resourceId: 'ami-1' }}                            | ${0}     | ${'images use nothing'}
    ${'vCPU'}     | ${[]}     | ${{}}                                                                          | ${0}     | ${'an instance here that we do not see running'}
    ${'vCPU'}     | ${[]}     | ${elsewhere}                                                                   | ${8}     | ${'an instance of another account'}
    ${'Core'}     | ${[]}     | ${elsewhere}                                                                   | ${0}     | ${'instances have no cores to license'}
    ${'Core'}     | ${[]}     | ${{ resourceType: 'EC2_HOST', resourceId: 'h-1', consumed: 48 }}               | ${0}     | ${'nothing runs on that host'}
    ${'Core'}     | ${AFFINE} | ${{ resourceType: 'EC2_HOST', resourceId: 'h-1', consumed: 48 }}               | ${48}    | ${'its licenses stay with the host'}
    ${'Core'}     | ${[]}     | ${{ ...elsewhere, resourceType: 'EC2_HOST', resourceId: 'h-1', consumed: 48 }} | ${48}    | ${'a host of another account'}
    ${'vCPU'}     | ${AFFINE} | ${{ resourceType: 'EC2_HOST', resourceId: 'h-1', consumed: 48 }}               | ${0}     | ${'vCPUs are not on hosts'}
    ${'vCPU'}     | ${[]}     | ${{ resourceType: 'UNKNOWN', resourceId: 'new-1' }}                            | ${8}     | ${'AWS added the type since'}
    ${'unknown'}  | ${[]}     | ${{}}                                                                          | ${8}     | ${'AWS added the unit since'}
    ${'vCPU'}     | ${[]}     | ${{ ...elsewhere, consumed: 0 }}                                               | ${0}     | ${'it uses nothing'}
    ${'vCPU'}     | ${[]}     | ${{ ...elsewhere, configurationArn: configurationArn('2') }}                   | ${0}     | ${'it uses another configuration'}
  `('takes $licenses from the list by $countingType: $because', (row) => {
    const configuration = aConfiguration({ countingType: row.countingType, rules: row.rules });

    expect(countConsumption(aShard({ usage: [aUsage(row.usage)] }), configuration)).toBe(
      row.licenses,
    );
  });

  it('counts nothing twice that it sees and License Manager lists', () => {
    const usage = [aUsage({ ownerAccount: '999999999999' })];
    const shard = aShard({ instances: [anInstance()], usage });

    expect(countConsumption(shard, aConfiguration())).toBe(8);
  });

  it('is never more by active vCPUs than by default ones', () => {
    const cpu = fc.record({
      coreCount: fc.integer({ min: 1, max: 4 }),
      threadsPerCore: fc.integer({ min: 1, max: 2 }),
    });
    fc.assert(
      fc.property(fc.array(cpu), (options) => {
        const instances = options.map((cpuOptions, index) =>
          anInstance({ instanceId: `i-${index}`, cpuOptions }),
        );
        const shard = aShard({ instances, instanceTypes: [aType()] });

        expect(countConsumption(shard, aConfiguration({ rules: HONORS }))).toBeLessThanOrEqual(
          countConsumption(shard, aConfiguration()),
        );
      }),
    );
  });
});

describe('countAll', () => {
  const strange = { instanceType: 'z9.large', cpuOptions: null };
  const listed = aUsage({ consumed: 16 });

  it.each`
    instance                                                           | countingType  | rules     | usage       | licenses | unknown  | because
    ${{}}                                                              | ${'vCPU'}     | ${[]}     | ${[listed]} | ${[8]}   | ${false} | ${'what is known counts by the rules'}
    ${strange}                                                         | ${'vCPU'}     | ${[]}     | ${[listed]} | ${[16]}  | ${true}  | ${'License Manager says'}
    ${strange}                                                         | ${'vCPU'}     | ${[]}     | ${[]}       | ${[]}    | ${true}  | ${'nobody says, which is not 0'}
    ${{ ...strange, cpuOptions: { coreCount: 9, threadsPerCore: 2 } }} | ${'vCPU'}     | ${[]}     | ${[listed]} | ${[18]}  | ${true}  | ${'it has more vCPUs than are listed'}
    ${{ ...strange, cpuOptions: { coreCount: 2, threadsPerCore: 2 } }} | ${'vCPU'}     | ${HONORS} | ${[listed]} | ${[4]}   | ${false} | ${'CPU options are all that this rule asks for'}
    ${strange}                                                         | ${'Instance'} | ${[]}     | ${[]}       | ${[1]}   | ${false} | ${'an instance is one license'}
    ${{ ...strange, state: 'stopped' }}                                | ${'vCPU'}     | ${[]}     | ${[]}       | ${[]}    | ${false} | ${'what is stopped takes nothing'}
  `('counts $licenses of $instance by $countingType: $because', (row) => {
    const shard = aShard({ instances: [anInstance(row.instance)], usage: row.usage });
    const configuration = aConfiguration({ countingType: row.countingType, rules: row.rules });

    const count = countAll(shard, configuration);

    expect(count.resources.map(({ licenses }) => licenses)).toEqual(row.licenses);
    expect(count.unknown).toEqual(row.unknown ? ['i-0000000000000000a'] : []);
  });

  it('takes time in proportion to the shard, however many configurations there are', () => {
    const digits = Array.from({ length: 2000 }, (_, index) => `${index}`);
    const configurations = digits.map((digit) => aConfiguration({ digit }));
    const instances = digits.flatMap((digit) =>
      Array.from({ length: 10 }, (_, index) =>
        anInstance({
          instanceId: `i-${digit}-${index}`,
          licenseConfigurationArns: [configurationArn(digit)],
        }),
      ),
    );
    const shard = aShard({ configurations, instances });

    const start = performance.now();
    const sum = configurations.reduce((total, one) => total + countConsumption(shard, one), 0);

    expect(sum).toBe(160_000);
    expect(performance.now() - start).toBeLessThan(1000);
  });
});

describe('isHostLicensed', () => {
  const core = aConfiguration({ countingType: 'Core' });
  const listed = aUsage({ resourceType: 'EC2_HOST', resourceId: host.hostId, consumed: 48 });

  it.each`
    shard                                                                  | licensed | because
    ${{ instances: [anInstance(onHost)] }}                                 | ${true}  | ${'something licensed runs there'}
    ${{ usage: [listed] }}                                                 | ${true}  | ${'License Manager lists it'}
    ${{ usage: [{ ...listed, consumed: 0 }] }}                             | ${false} | ${'it is listed with nothing'}
    ${{ usage: [{ ...listed, resourceId: 'h-other' }] }}                   | ${false} | ${'another host is listed'}
    ${{ usage: [{ ...listed, configurationArn: configurationArn('2') }] }} | ${false} | ${'it is licensed by another configuration'}
    ${{ instances: [anInstance({ ...onHost, state: 'stopped' })] }}        | ${false} | ${'what is there is stopped'}
    ${{ instances: [anInstance()] }}                                       | ${false} | ${'nothing runs there'}
  `('is $licensed when $because', ({ shard, licensed }) => {
    expect(isHostLicensed(aShard({ hosts: [host], ...shard }), core, host.hostId)).toBe(licensed);
  });
});
