import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inapplicableRules, parseLicenseRules } from '#domain/licenses/license-rules.ts';

describe('parseLicenseRules', () => {
  it('finds nothing where there are no rules', () => {
    expect(parseLicenseRules([])).toEqual({
      allowedTenancy: null,
      minimumVcpus: null,
      maximumVcpus: null,
      minimumCores: null,
      maximumCores: null,
      minimumSockets: null,
      maximumSockets: null,
      licenseAffinityToHostDays: null,
      honorVcpuOptimization: false,
      unknown: [],
    });
  });

  it.each`
    rule                                                     | read
    ${'#allowedTenancy=EC2-Default'}                         | ${{ allowedTenancy: ['default'] }}
    ${'#allowedTenancy=EC2-DedicatedHost'}                   | ${{ allowedTenancy: ['host'] }}
    ${'#allowedTenancy=EC2-DedicatedInstance, EC2-Default'}  | ${{ allowedTenancy: ['default', 'dedicated'] }}
    ${'#allowedTenancy=EC2-DedicatedHost,EC2-DedicatedHost'} | ${{ allowedTenancy: ['host'] }}
    ${' # AllowedTenancy = ec2-dedicatedhost '}              | ${{ allowedTenancy: ['host'] }}
    ${' #ALLOWEDTENANCY = ec2-dedicatedhost '}               | ${{ allowedTenancy: ['host'] }}
    ${'#allowedTenancy=EC2-Default,EC2-Moon'}                | ${{ allowedTenancy: ['default'], unknown: ['#allowedTenancy=EC2-Default,EC2-Moon'] }}
    ${'#allowedTenancy=EC2-Moon'}                            | ${{ unknown: ['#allowedTenancy=EC2-Moon'] }}
    ${'#allowedTenancy='}                                    | ${{ unknown: ['#allowedTenancy='] }}
    ${'#minimumVcpus=4'}                                     | ${{ minimumVcpus: 4 }}
    ${'#maximumVcpus=96'}                                    | ${{ maximumVcpus: 96 }}
    ${'#minimumCores=2'}                                     | ${{ minimumCores: 2 }}
    ${'#maximumCores=64'}                                    | ${{ maximumCores: 64 }}
    ${'#minimumSockets=2'}                                   | ${{ minimumSockets: 2 }}
    ${'#maximumSockets=4'}                                   | ${{ maximumSockets: 4 }}
    ${'#minimumCores=two'}                                   | ${{ unknown: ['#minimumCores=two'] }}
    ${'#minimumCores=-1'}                                    | ${{ unknown: ['#minimumCores=-1'] }}
    ${'#minimumCores=1.5'}                                   | ${{ unknown: ['#minimumCores=1.5'] }}
    ${'#licenseAffinityToHost=1'}                            | ${{ licenseAffinityToHostDays: 1 }}
    ${'#licenseAffinityToHost=180'}                          | ${{ licenseAffinityToHostDays: 180 }}
    ${'#licenseAffinityToHost=0'}                            | ${{ unknown: ['#licenseAffinityToHost=0'] }}
    ${'#licenseAffinityToHost=181'}                          | ${{ unknown: ['#licenseAffinityToHost=181'] }}
    ${'#licenseAffinityToHost=a month'}                      | ${{ unknown: ['#licenseAffinityToHost=a month'] }}
    ${'#honorVcpuOptimization=True'}                         | ${{ honorVcpuOptimization: true }}
    ${'#honorVcpuOptimization=false'}                        | ${{ honorVcpuOptimization: false }}
    ${'#honorVcpuOptimization=yes'}                          | ${{ unknown: ['#honorVcpuOptimization=yes'] }}
    ${'#maximumMoons=1'}                                     | ${{ unknown: ['#maximumMoons=1'] }}
    ${'minimumCores=2'}                                      | ${{ unknown: ['minimumCores=2'] }}
    ${'#minimumCores'}                                       | ${{ unknown: ['#minimumCores'] }}
    ${''}                                                    | ${{ unknown: [''] }}
  `('reads $rule', ({ rule, read }) => {
    expect(parseLicenseRules([rule])).toEqual({ ...parseLicenseRules([]), ...read });
  });

  it('keeps every rule together, and of one given twice the last', () => {
    const rules = parseLicenseRules([
      '#minimumVcpus=4',
      '#later=1',
      '#maximumVcpus=8',
      '#minimumVcpus=2',
      '#other',
    ]);

    expect(rules).toMatchObject({
      minimumVcpus: 2,
      maximumVcpus: 8,
      unknown: ['#later=1', '#other'],
    });
  });

  it('never throws and never loses what it cannot read', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), (raw) => {
        const strange = raw.map((text) => `!${text}`);

        expect(parseLicenseRules(strange).unknown).toEqual(strange);
      }),
    );
  });
});

describe('inapplicableRules', () => {
  const all = parseLicenseRules([
    '#minimumVcpus=1',
    '#maximumVcpus=2',
    '#minimumCores=3',
    '#maximumCores=4',
    '#minimumSockets=5',
    '#maximumSockets=6',
    '#licenseAffinityToHost=7',
  ]);

  it.each`
    countingType  | slips
    ${'vCPU'}     | ${['#minimumCores=3', '#maximumCores=4', '#minimumSockets=5', '#maximumSockets=6', '#licenseAffinityToHost=7']}
    ${'Instance'} | ${['#licenseAffinityToHost=7']}
    ${'Core'}     | ${['#minimumVcpus=1', '#maximumVcpus=2', '#minimumSockets=5', '#maximumSockets=6']}
    ${'Socket'}   | ${['#minimumVcpus=1', '#maximumVcpus=2', '#minimumCores=3', '#maximumCores=4']}
  `('names the rules that mean nothing to $countingType', ({ countingType, slips }) => {
    expect(inapplicableRules(all, countingType)).toEqual(slips);
  });

  it('names none where none is set', () => {
    expect(inapplicableRules(parseLicenseRules([]), 'vCPU')).toEqual([]);
  });
});
