import { describe, expect, it } from 'vitest';
import { installedSoftware } from '#domain/software/installed-software.ts';
import { softwareCatalog } from '#domain/software/software-catalog.ts';
import { anApplication, someSettings } from './software-builders.ts';

const installedOn = installedSoftware(softwareCatalog(someSettings()));

function rows(...names: readonly string[]) {
  return installedOn({
    applications: names.map((name) => anApplication({ name })),
    sqlServers: [],
  });
}

const ENGINE_2019 = 'SQL Server 2019 Database Engine Services';
const ENGINE_2014 = 'SQL Server 2014 Database Engine Services';
const REPORTING = 'Microsoft SQL Server 2022 Reporting Services';
const RELEASE_2019 = 'Microsoft SQL Server 2019 (64-bit)';
const EXPRESS_2019 = 'Microsoft SQL Server 2019 Express';
const EXPRESS_2014 = 'Microsoft SQL Server 2014 Express';
const STANDARD_2014 = 'Microsoft SQL Server 2014 Standard';
const STANDARD_2019 = 'Microsoft SQL Server 2019 Standard';
const ENTERPRISE_2014 = 'Microsoft SQL Server 2014 Enterprise';
const ENTERPRISE_2019 = 'Microsoft SQL Server 2019 Enterprise';
const NO_VERSION = 'mssql-server';
const DEVELOPER_2017 = 'Microsoft SQL Server 2017 Developer';

describe('rows of one product', () => {
  it.each`
    names                                      | edition         | version   | licensing | because
    ${[RELEASE_2019, ENGINE_2019]}             | ${null}         | ${'2019'} | ${'byol'} | ${'the engine says it all'}
    ${[ENGINE_2014, RELEASE_2019]}             | ${null}         | ${'2014'} | ${'byol'} | ${'a release alone proves nothing'}
    ${[ENGINE_2019, REPORTING]}                | ${null}         | ${'2019'} | ${'byol'} | ${'a component comes with the engine'}
    ${[RELEASE_2019, REPORTING]}               | ${null}         | ${'2022'} | ${'byol'} | ${'a component proves more than a release'}
    ${[ENGINE_2019, EXPRESS_2019]}             | ${'express'}    | ${'2019'} | ${'free'} | ${'one installation'}
    ${[EXPRESS_2019, ENGINE_2019]}             | ${'express'}    | ${'2019'} | ${'free'} | ${'one installation, in any order'}
    ${[NO_VERSION, STANDARD_2014]}             | ${'standard'}   | ${'2014'} | ${'byol'} | ${'an unknown version is the same one'}
    ${[STANDARD_2014, NO_VERSION]}             | ${'standard'}   | ${'2014'} | ${'byol'} | ${'an unknown version is the same one'}
    ${[EXPRESS_2014, ENGINE_2019]}             | ${null}         | ${'2019'} | ${'byol'} | ${'what may be paid for counts'}
    ${[ENGINE_2019, EXPRESS_2014]}             | ${null}         | ${'2019'} | ${'byol'} | ${'what may be paid for counts'}
    ${[STANDARD_2014, ENGINE_2019]}            | ${null}         | ${'2019'} | ${'byol'} | ${'the newer one has no known edition'}
    ${[ENGINE_2014, STANDARD_2019]}            | ${null}         | ${'2019'} | ${'byol'} | ${'the older one has no known edition'}
    ${[STANDARD_2019, ENTERPRISE_2014]}        | ${'enterprise'} | ${'2019'} | ${'byol'} | ${'highest edition, newest version'}
    ${[ENTERPRISE_2014, STANDARD_2019]}        | ${'enterprise'} | ${'2019'} | ${'byol'} | ${'highest edition, newest version'}
    ${[STANDARD_2019, ENTERPRISE_2019]}        | ${'enterprise'} | ${'2019'} | ${'byol'} | ${'the highest edition'}
    ${[ENTERPRISE_2019, STANDARD_2019]}        | ${'enterprise'} | ${'2019'} | ${'byol'} | ${'the highest edition'}
    ${[DEVELOPER_2017, EXPRESS_2019]}          | ${'developer'}  | ${'2019'} | ${'free'} | ${'both are free'}
    ${['oracle-xe', 'Oracle Database 11g']}    | ${null}         | ${'11g'}  | ${'byol'} | ${'one of them is paid for'}
    ${['oracle-xe', 'oracle-database-xe-21c']} | ${null}         | ${'21c'}  | ${'free'} | ${'both are free'}
  `('$names are one $licensing $edition $version: $because', ({ names, ...expected }) => {
    const { edition, version, licensing } = expected;

    expect(rows(...names)).toMatchObject([{ edition, version, licensing }]);
  });

  it('keep the reasons, without repeating one or listing them all', () => {
    const many = Array.from({ length: 100 }, (_, index) => `mssql-server-${index}`);
    const editions = many.map((name) => ({ name, edition: `Standard ${name}`, version: '15.0' }));
    const [repeated] = rows(ENGINE_2019, ENGINE_2019);
    const [listed] = installedOn({ applications: [], sqlServers: editions });

    expect(repeated?.evidence).toHaveLength(1);
    expect(listed?.evidence).toHaveLength(8);
  });
});
