import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { operationWith, usageOperation } from '#domain/software/usage-operation.ts';

const BILLING_FIELDS = '../shared/data/aws/usage_operations.csv';
const hasData = existsSync(BILLING_FIELDS);
if (!hasData) {
  // biome-ignore lint/suspicious/noConsole: a skipped test says so.
  console.warn(`Skipped: ${BILLING_FIELDS} is absent, nothing is compared with AWS's table.`);
}

const RHEL = 'red-hat-enterprise-linux';
const SLES = 'suse-linux-enterprise';
const LI = 'license-included';

describe('usageOperation', () => {
  // EC2 User Guide, "AMI billing information fields", 2026-11.
  it.each`
    code                   | windows   | sqlServer       | linux           | licensing    | ha
    ${'RunInstances'}      | ${null}   | ${null}         | ${undefined}    | ${undefined} | ${undefined}
    ${'RunInstances:00g0'} | ${null}   | ${null}         | ${RHEL}         | ${'byol'}    | ${false}
    ${'RunInstances:0010'} | ${null}   | ${null}         | ${RHEL}         | ${LI}        | ${false}
    ${'RunInstances:1010'} | ${null}   | ${null}         | ${RHEL}         | ${LI}        | ${true}
    ${'RunInstances:1014'} | ${null}   | ${'standard'}   | ${RHEL}         | ${LI}        | ${true}
    ${'RunInstances:1110'} | ${null}   | ${'enterprise'} | ${RHEL}         | ${LI}        | ${true}
    ${'RunInstances:0014'} | ${null}   | ${'standard'}   | ${RHEL}         | ${LI}        | ${false}
    ${'RunInstances:0210'} | ${null}   | ${'web'}        | ${RHEL}         | ${LI}        | ${false}
    ${'RunInstances:0110'} | ${null}   | ${'enterprise'} | ${RHEL}         | ${LI}        | ${false}
    ${'RunInstances:0100'} | ${null}   | ${'enterprise'} | ${undefined}    | ${undefined} | ${undefined}
    ${'RunInstances:0004'} | ${null}   | ${'standard'}   | ${undefined}    | ${undefined} | ${undefined}
    ${'RunInstances:0200'} | ${null}   | ${'web'}        | ${undefined}    | ${undefined} | ${undefined}
    ${'RunInstances:000g'} | ${null}   | ${null}         | ${SLES}         | ${LI}        | ${false}
    ${'RunInstances:0g00'} | ${null}   | ${null}         | ${'ubuntu-pro'} | ${LI}        | ${false}
    ${'RunInstances:0002'} | ${LI}     | ${null}         | ${undefined}    | ${undefined} | ${undefined}
    ${'RunInstances:0800'} | ${'byol'} | ${null}         | ${undefined}    | ${undefined} | ${undefined}
    ${'RunInstances:0102'} | ${LI}     | ${'enterprise'} | ${undefined}    | ${undefined} | ${undefined}
    ${'RunInstances:0006'} | ${LI}     | ${'standard'}   | ${undefined}    | ${undefined} | ${undefined}
    ${'RunInstances:0202'} | ${LI}     | ${'web'}        | ${undefined}    | ${undefined} | ${undefined}
  `('reads $code, on demand and as Spot', ({ code, windows, sqlServer, linux, licensing, ha }) => {
    const operation = usageOperation(code, '');

    expect(operation).toMatchObject({ windows, sqlServer });
    expect(operation?.linux?.product).toBe(linux);
    expect(operation?.linux?.licensing).toBe(licensing);
    expect(operation?.linux?.highAvailability).toBe(ha);
    expect(usageOperation(`${code}:SV006`, '')).toBe(operation);
    expect(usageOperation('', operation?.platform ?? '')).toBe(operation);
  });

  it.each([
    'RunInstances:0803',
    'RunInstances:0012',
    'RunInstances:0002:',
    'RunInstances:0002:SV06',
    'RunInstances:SV0001',
    'runinstances:0002',
    'CreateVolume',
    '',
    '__proto__',
  ])('does not guess what %j is', (code) => {
    expect(usageOperation(code, 'Windows with SQL Server Business Intelligence')).toBeNull();
  });

  it('goes by the code when the platform details say something else', () => {
    expect(usageOperation('RunInstances:0800', 'Windows')).toMatchObject({ windows: 'byol' });
  });

  it.skipIf(!hasData)('has every code of the EC2 User Guide with its platform details', () => {
    const rows = readFileSync(BILLING_FIELDS, 'utf8').trim().split('\n').slice(1);

    expect(rows).toHaveLength(19);
    for (const row of rows) {
      const [code = '', platform = ''] = row.split(',');
      expect(usageOperation(code, '')?.platform, code).toBe(platform.replace(' (Linux)', ''));
    }
  });
});

describe('operationWith', () => {
  it.each`
    code                   | licenses                                | to
    ${'RunInstances:0102'} | ${{ sqlServer: 'standard' }}            | ${'RunInstances:0006'}
    ${'RunInstances:0102'} | ${{ sqlServer: null }}                  | ${'RunInstances:0002'}
    ${'RunInstances:0102'} | ${{ windows: 'byol', sqlServer: null }} | ${'RunInstances:0800'}
    ${'RunInstances:0800'} | ${{ windows: 'license-included' }}      | ${'RunInstances:0002'}
    ${'RunInstances:1110'} | ${{ sqlServer: 'standard' }}            | ${'RunInstances:1014'}
    ${'RunInstances'}      | ${{ sqlServer: 'web' }}                 | ${'RunInstances:0200'}
    ${'RunInstances:0002'} | ${{}}                                   | ${'RunInstances:0002'}
    ${'RunInstances:0102'} | ${{ windows: 'byol' }}                  | ${null}
    ${'RunInstances:000g'} | ${{ sqlServer: 'standard' }}            | ${null}
    ${'RunInstances:0803'} | ${{}}                                   | ${null}
  `('bills $code with $licenses under $to', ({ code, licenses, to }) => {
    expect(operationWith(code, licenses)).toBe(to);
  });
});
