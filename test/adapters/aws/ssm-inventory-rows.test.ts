import { describe, expect, it } from 'vitest';
import { hardwareOf, sqlServersOf } from '#adapters/aws/ssm-inventory-rows.ts';

const SETUP =
  'HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Microsoft SQL Server\\MSSQL15.MSSQLSERVER\\Setup';
const value = (ValueName: string, Value: string, KeyPath = SETUP) => ({
  KeyPath,
  ValueName,
  Value,
  ValueType: 'REG_SZ',
});
const custom = (Name: string) => ({
  Name,
  Edition: 'Standard Edition (64-bit)',
  Version: '15.0.1',
});

describe('SQL Server instances of a server', () => {
  it('are those of the company’s own inventory', () => {
    expect(sqlServersOf([custom('MSSQLSERVER'), custom('REPORTS')], [])).toEqual([
      { name: 'MSSQLSERVER', edition: 'Standard Edition (64-bit)', version: '15.0.1' },
      { name: 'REPORTS', edition: 'Standard Edition (64-bit)', version: '15.0.1' },
    ]);
  });

  it('are those whose edition the registry names, with their version', () => {
    const named = SETUP.replace('MSSQL15.MSSQLSERVER', 'MSSQL10_50.ERP');
    const rows = [
      value('Edition', 'Enterprise Edition'),
      value('Version', '15.0.4375.4'),
      value('Edition', 'Developer Edition', named),
    ];

    expect(sqlServersOf([], rows)).toEqual([
      { name: 'MSSQLSERVER', edition: 'Enterprise Edition', version: '15.0.4375.4' },
      { name: 'ERP', edition: 'Developer Edition', version: '' },
    ]);
  });

  it('are counted once when both name them', () => {
    const found = sqlServersOf([custom('mssqlserver')], [value('Edition', 'Enterprise Edition')]);

    expect(found).toHaveLength(1);
    expect(found[0]?.edition).toBe('Standard Edition (64-bit)');
  });

  it.each([
    ['without an edition', value('Version', '15.0.4375.4')],
    ['of other software', value('Edition', 'Pro', 'HKEY_LOCAL_MACHINE\\SOFTWARE\\Acme\\Setup')],
    ['of shared parts', value('Edition', 'x', SETUP.replace('MSSQL15.MSSQLSERVER', '150\\Tools'))],
    ['without a key', { ValueName: 'Edition', Value: 'Enterprise Edition' }],
  ])('are not made of registry values %s', (_what, row) => {
    expect(sqlServersOf([], [row])).toEqual([]);
  });
});

describe('the hardware of a server', () => {
  const row = { CPUSockets: '2', CPUCores: '16', CPUHyperThreadEnabled: 'true' };

  it.each`
    differing                             | hardware
    ${{}}                                 | ${{ sockets: 2, cores: 16, hyperThreading: true }}
    ${{ CPUHyperThreadEnabled: 'false' }} | ${{ sockets: 2, cores: 16, hyperThreading: false }}
    ${{ CPUHyperThreadEnabled: '' }}      | ${{ sockets: 2, cores: 16, hyperThreading: false }}
    ${{ CPUCores: '' }}                   | ${null}
    ${{ CPUSockets: '0' }}                | ${null}
    ${{ CPUSockets: 'many' }}             | ${null}
  `('is $hardware with $differing', ({ differing, hardware }) => {
    expect(hardwareOf({ ...row, ...differing })).toEqual(hardware);
  });

  it('is not known where nothing is collected', () => {
    expect(hardwareOf(undefined)).toBeNull();
  });
});
