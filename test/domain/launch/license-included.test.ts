import { describe, expect, it } from 'vitest';
import {
  billedVcpus,
  type LicenseIncludedInstance,
  licenseIncludedHourly,
  optimizeCpusFindings,
  ratesOf,
  sqlServerIncludedFindings,
} from '#domain/launch/license-included.ts';

/** An m5.large with Windows; `vcpus` of `of` are active. */
function included({
  vcpus = 2,
  of = vcpus,
  ...changes
}: Partial<LicenseIncludedInstance> & {
  readonly vcpus?: number;
  readonly of?: number;
} = {}): LicenseIncludedInstance {
  return {
    instanceType: 'm5.large',
    activeVcpus: vcpus,
    maximumVcpus: of,
    windows: true,
    sqlServer: null,
    sqlServerWaived: false,
    ...changes,
  };
}

const GUIDE = 'EC2 User Guide, Optimize CPUs';
const PRICE_LISTS = 'AWS price lists';

describe('licenseIncludedHourly', () => {
  it.each`
    instanceType         | vcpus | of    | windows  | sqlServer       | micros        | because                             | source
    ${'m5.large'}        | ${2}  | ${2}  | ${true}  | ${'standard'}   | ${572_000}    | ${'2 x 0.046 + 4 x 0.120'}          | ${PRICE_LISTS}
    ${'m5.large'}        | ${2}  | ${2}  | ${true}  | ${null}         | ${92_000}     | ${'2 x 0.046'}                      | ${PRICE_LISTS}
    ${'m5.large'}        | ${1}  | ${2}  | ${true}  | ${null}         | ${46_000}     | ${'Windows has no least'}           | ${GUIDE}
    ${'m5.2xlarge'}      | ${8}  | ${8}  | ${false} | ${'standard'}   | ${960_000}    | ${'SQL Server on Linux, 8 x 0.120'} | ${PRICE_LISTS}
    ${'m8i.16xlarge'}    | ${32} | ${64} | ${true}  | ${'web'}        | ${2_016_000}  | ${'32 x 0.063'}                     | ${GUIDE}
    ${'m8i.16xlarge'}    | ${64} | ${64} | ${true}  | ${'web'}        | ${4_025_600}  | ${'64 x 0.0629'}                    | ${PRICE_LISTS}
    ${'m8i.4xlarge'}     | ${8}  | ${16} | ${true}  | ${'standard'}   | ${1_328_000}  | ${'8 x 0.166'}                      | ${GUIDE}
    ${'r8i.16xlarge'}    | ${32} | ${64} | ${true}  | ${'enterprise'} | ${13_472_000} | ${'32 x 0.421'}                     | ${GUIDE}
    ${'m7i-flex.xlarge'} | ${4}  | ${4}  | ${true}  | ${'standard'}   | ${654_800}    | ${'4 x 0.1637'}                     | ${PRICE_LISTS}
    ${'m7i-flex.xlarge'} | ${4}  | ${4}  | ${true}  | ${'web'}        | ${242_400}    | ${'4 x 0.0606'}                     | ${PRICE_LISTS}
    ${'t3.nano'}         | ${2}  | ${2}  | ${true}  | ${null}         | ${4600}       | ${'2 x 0.0023'}                     | ${PRICE_LISTS}
    ${'t3a.medium'}      | ${2}  | ${2}  | ${true}  | ${null}         | ${18_400}     | ${'2 x 0.0092'}                     | ${PRICE_LISTS}
    ${'t3.large'}        | ${2}  | ${2}  | ${true}  | ${null}         | ${27_600}     | ${'2 x 0.0138'}                     | ${PRICE_LISTS}
    ${'t3.2xlarge'}      | ${8}  | ${8}  | ${true}  | ${'enterprise'} | ${3_147_200}  | ${'8 x 0.3934'}                     | ${PRICE_LISTS}
    ${'t3.9xlarge'}      | ${8}  | ${8}  | ${true}  | ${null}         | ${368_000}    | ${'a size that we do not know'}     | ${PRICE_LISTS}
    ${'unreadable'}      | ${8}  | ${8}  | ${true}  | ${null}         | ${368_000}    | ${'a type that we cannot read'}     | ${PRICE_LISTS}
  `('charges $micros micro-USD for $instanceType with $sqlServer: $because', (row) => {
    const { micros, source, because: _because, ...shape } = row;

    const instance = included(shape);

    expect(licenseIncludedHourly(instance)).toEqual({ micros, currency: 'USD' });
    expect(ratesOf(instance).rule.source).toContain(source);
  });
});

describe('billedVcpus', () => {
  it.each`
    instance                                                 | windows | sqlServer | because
    ${{ vcpus: 2, of: 8, sqlServer: 'standard' }}            | ${2}    | ${4}      | ${'SQL Server bills 4 at least'}
    ${{ vcpus: 1, of: 8, sqlServer: 'web' }}                 | ${1}    | ${4}      | ${'Web too'}
    ${{ vcpus: 8, sqlServer: 'enterprise' }}                 | ${8}    | ${8}      | ${'all that are active'}
    ${{ vcpus: 8 }}                                          | ${8}    | ${0}      | ${'it has no SQL Server'}
    ${{ vcpus: 8, windows: false, sqlServer: 'web' }}        | ${0}    | ${8}      | ${'it has no Windows'}
    ${{ vcpus: 8, sqlServer: 'web', sqlServerWaived: true }} | ${8}    | ${0}      | ${'AWS waives it on a passive node'}
  `('bills Windows for $windows and SQL Server for $sqlServer: $because', (row) => {
    const { instance, windows, sqlServer } = row;

    expect(billedVcpus(included(instance))).toEqual({ windows, sqlServer });
  });
});

describe('optimizeCpusFindings', () => {
  it.each`
    name              | bareMetal | reserved | found                     | severity
    ${'t3.2xlarge'}   | ${false}  | ${false} | ${['burstable']}          | ${['violation']}
    ${'t2.large'}     | ${false}  | ${null}  | ${['burstable']}          | ${['violation']}
    ${'m5.metal'}     | ${true}   | ${false} | ${['bare-metal']}         | ${['violation']}
    ${'trn1.2xlarge'} | ${false}  | ${false} | ${[]}                     | ${[]}
    ${'m7i.large'}    | ${false}  | ${false} | ${[]}                     | ${[]}
    ${'m7i.large'}    | ${false}  | ${true}  | ${['reserved-instances']} | ${['warning']}
    ${'m7i.large'}    | ${false}  | ${null}  | ${['reserved-instances']} | ${['warning']}
  `('finds $found for $name, Reserved Instances: $reserved', (row) => {
    const { name, bareMetal, reserved, found, severity } = row;

    const findings = optimizeCpusFindings({ name, bareMetal }, reserved);

    expect(findings.map(({ code }) => code)).toEqual(found);
    expect(findings.map((finding) => finding.severity)).toEqual(severity);
  });
});

describe('sqlServerIncludedFindings', () => {
  it.each`
    placement               | found
    ${'shared'}             | ${[]}
    ${'dedicated-instance'} | ${[]}
    ${'dedicated-host'}     | ${['sql-server-included-on-host']}
  `('finds $found on $placement', ({ placement, found }) => {
    expect(sqlServerIncludedFindings({ placement }).map(({ code }) => code)).toEqual(found);
  });
});
