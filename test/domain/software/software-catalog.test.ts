import { describe, expect, it } from 'vitest';
import { softwareCatalog } from '#domain/software/software-catalog.ts';
import { anApplication, someSettings, TABLEAU } from './software-builders.ts';

const catalog = softwareCatalog(someSettings());

function read(name: string, version = '', publisher = '') {
  return catalog({ name, version, publisher });
}

describe('softwareCatalog', () => {
  // Names as SQL Server's setup registers them under Uninstall, and Linux package names.
  // https://learn.microsoft.com/en-us/sql/sql-server/install/ (2025-11)
  it.each`
    name                                                       | version            | edition         | release      | free     | certainty
    ${'SQL Server 2019 Database Engine Services'}              | ${'15.0.4375.4'}   | ${null}         | ${'2019'}    | ${false} | ${'installed'}
    ${'SQL Server 2008 R2 SP2 Database Engine Services'}       | ${'10.51.2500.0'}  | ${null}         | ${'2008 R2'} | ${false} | ${'installed'}
    ${'Microsoft SQL Server 2012 Express'}                     | ${'11.0.2100.60'}  | ${'express'}    | ${'2012'}    | ${true}  | ${'installed'}
    ${'Microsoft SQL Server 2017 Enterprise Edition (64-bit)'} | ${''}              | ${'enterprise'} | ${'2017'}    | ${false} | ${'installed'}
    ${'Microsoft SQL Server 2016 Evaluation Edition'}          | ${''}              | ${'enterprise'} | ${'2016'}    | ${true}  | ${'installed'}
    ${'Microsoft SQL Server 2014 Business Intelligence'}       | ${''}              | ${null}         | ${'2014'}    | ${false} | ${'installed'}
    ${'mssql-server'}                                          | ${'16.0.4125.3-1'} | ${null}         | ${'2022'}    | ${false} | ${'installed'}
    ${'mssql-server'}                                          | ${'17.0.925.4-1'}  | ${null}         | ${'2025'}    | ${false} | ${'installed'}
    ${'mssql-server'}                                          | ${'10.50.1600'}    | ${null}         | ${'2008 R2'} | ${false} | ${'installed'}
    ${'mssql-server'}                                          | ${'99.1'}          | ${null}         | ${null}      | ${false} | ${'installed'}
    ${'mssql-server-is'}                                       | ${'15.0.2000'}     | ${null}         | ${'2019'}    | ${false} | ${'component'}
    ${'Microsoft SQL Server 2019 Reporting Services'}          | ${'15.0.8863'}     | ${null}         | ${'2019'}    | ${false} | ${'component'}
    ${'Microsoft SQL Server Reporting Services'}               | ${'14.0.601.20'}   | ${null}         | ${'2017'}    | ${false} | ${'component'}
    ${'SQL Server 2022 Integration Services'}                  | ${'16.0.1000.6'}   | ${null}         | ${'2022'}    | ${false} | ${'component'}
    ${'SQL Server 2016 Analysis Services'}                     | ${'13.3.6419.1'}   | ${null}         | ${'2016'}    | ${false} | ${'component'}
    ${'Microsoft SQL Server 2014 (64-bit)'}                    | ${''}              | ${null}         | ${'2014'}    | ${false} | ${'likely'}
    ${'Microsoft SQL Server 2005'}                             | ${''}              | ${null}         | ${'2005'}    | ${false} | ${'likely'}
  `('takes "$name" $version for SQL Server', ({ name, version, release, ...expected }) => {
    const { edition, free, certainty } = expected;
    expect(read(name, version, 'Microsoft Corporation')).toEqual({
      product: 'sql-server',
      edition,
      version: release,
      free,
      certainty,
      evidence: { source: expect.stringContaining('AWS:Application'), text: name },
    });
  });

  // Packages of yum.oracle.com (2026-11) and the Windows installers' names.
  it.each`
    name                                          | version         | product              | edition         | release     | free     | certainty
    ${'oracle-database-ee-19c'}                   | ${'1.0'}        | ${'oracle-database'} | ${'enterprise'} | ${'19c'}    | ${false} | ${'installed'}
    ${'oracle-database-se2-19c'}                  | ${'1.0'}        | ${'oracle-database'} | ${'standard-2'} | ${'19c'}    | ${false} | ${'installed'}
    ${'oracle-database-xe-21c'}                   | ${'1.0'}        | ${'oracle-database'} | ${null}         | ${'21c'}    | ${true}  | ${'installed'}
    ${'oracle-database-free-23ai'}                | ${'1.0'}        | ${'oracle-database'} | ${null}         | ${'23ai'}   | ${true}  | ${'installed'}
    ${'oracle-xe'}                                | ${'11.2.0'}     | ${'oracle-database'} | ${null}         | ${'11g'}    | ${true}  | ${'installed'}
    ${'Oracle Database 19c Enterprise Edition'}   | ${'19.0.0.0.0'} | ${'oracle-database'} | ${'enterprise'} | ${'19c'}    | ${false} | ${'installed'}
    ${'Oracle Database 12c Standard Edition 2'}   | ${'12.1.0.2.0'} | ${'oracle-database'} | ${'standard-2'} | ${'12c'}    | ${false} | ${'installed'}
    ${'Oracle Database 11g Standard Edition One'} | ${''}           | ${'oracle-database'} | ${'standard-1'} | ${'11g'}    | ${false} | ${'installed'}
    ${'Oracle Database 11g Standard Edition'}     | ${''}           | ${'oracle-database'} | ${'standard'}   | ${'11g'}    | ${false} | ${'installed'}
    ${'Oracle Database 11g Express Edition'}      | ${''}           | ${'oracle-database'} | ${null}         | ${'11g'}    | ${true}  | ${'installed'}
    ${'Oracle Database 12c'}                      | ${''}           | ${'oracle-database'} | ${null}         | ${'12c'}    | ${false} | ${'installed'}
    ${'oracle-database-preinstall-19c'}           | ${'1.0'}        | ${'oracle-database'} | ${null}         | ${'19c'}    | ${false} | ${'likely'}
    ${'oracle-database-server-12cR2-preinstall'}  | ${'1.0'}        | ${'oracle-database'} | ${null}         | ${'12c'}    | ${false} | ${'likely'}
    ${'oracle-rdbms-server-11gR2-preinstall'}     | ${'1.0'}        | ${'oracle-database'} | ${null}         | ${'11g'}    | ${false} | ${'likely'}
    ${'oracle-ai-database-preinstall-26ai'}       | ${'1.0'}        | ${'oracle-database'} | ${null}         | ${'26ai'}   | ${false} | ${'likely'}
    ${'Oracle WebLogic Server 14.1.1'}            | ${'14.1.1.0.0'} | ${'oracle-weblogic'} | ${null}         | ${'14.1.1'} | ${false} | ${'installed'}
    ${'Oracle WebLogic Server 12c (12.2.1.4.0)'}  | ${'12.2.1.4.0'} | ${'oracle-weblogic'} | ${null}         | ${'12.2.1'} | ${false} | ${'installed'}
    ${'WebLogic Suite'}                           | ${''}           | ${'oracle-weblogic'} | ${'suite'}      | ${null}     | ${false} | ${'installed'}
    ${'WebLogic Server Enterprise Edition'}       | ${''}           | ${'oracle-weblogic'} | ${'enterprise'} | ${null}     | ${false} | ${'installed'}
    ${'WebLogic Server Standard Edition'}         | ${''}           | ${'oracle-weblogic'} | ${'standard'}   | ${null}     | ${false} | ${'installed'}
  `('takes "$name" for Oracle\'s $product', ({ name, version, product, release, ...expected }) => {
    const { edition, free, certainty } = expected;
    expect(read(name, version)).toMatchObject({
      product,
      edition,
      version: release,
      free,
      certainty,
    });
  });

  // IBM's Windows installers, Installation Manager offerings and MQ's packages; SAP's, Red Hat's and SUSE's.
  it.each`
    name                                                          | version            | product            | edition                 | release   | free
    ${'DB2 - DB2COPY1'}                                           | ${'11.5.9000.352'} | ${'ibm-db2'}       | ${null}                 | ${'11.5'} | ${false}
    ${'DB2 Advanced Enterprise Server Edition - DB2COPY1'}        | ${'10.5.800.381'}  | ${'ibm-db2'}       | ${'advanced'}           | ${'10.5'} | ${false}
    ${'IBM Db2 11.5 Standard Edition'}                            | ${'11.5.8'}        | ${'ibm-db2'}       | ${'standard'}           | ${'11.5'} | ${false}
    ${'DB2 Express-C - DB2COPY1'}                                 | ${'11.1.0'}        | ${'ibm-db2'}       | ${null}                 | ${'11.1'} | ${true}
    ${'IBM Db2 Community Edition'}                                | ${'12.1.1'}        | ${'ibm-db2'}       | ${null}                 | ${'12.1'} | ${true}
    ${'IBM Db2'}                                                  | ${''}              | ${'ibm-db2'}       | ${null}                 | ${null}   | ${false}
    ${'IBM MQ (Installation1)'}                                   | ${'9.3.0.25'}      | ${'ibm-mq'}        | ${null}                 | ${'9.3'}  | ${false}
    ${'IBM WebSphere MQ (Installation1)'}                         | ${'8.0.0.5'}       | ${'ibm-mq'}        | ${null}                 | ${'8.0'}  | ${false}
    ${'IBM MQ Advanced 9.3'}                                      | ${'9.3.0.25'}      | ${'ibm-mq'}        | ${'advanced'}           | ${'9.3'}  | ${false}
    ${'IBM MQ Advanced for Developers'}                           | ${'9.4.0.0'}       | ${'ibm-mq'}        | ${'advanced'}           | ${'9.4'}  | ${true}
    ${'MQSeriesServer'}                                           | ${'9.3.0'}         | ${'ibm-mq'}        | ${null}                 | ${'9.3'}  | ${false}
    ${'MQSeriesServer_MQ930'}                                     | ${'9.3.0'}         | ${'ibm-mq'}        | ${null}                 | ${'9.3'}  | ${false}
    ${'ibmmq-server'}                                             | ${'9.4.1.0'}       | ${'ibm-mq'}        | ${null}                 | ${'9.4'}  | ${false}
    ${'IBM WebSphere Application Server Network Deployment V9.0'} | ${'9.0.5.18'}      | ${'ibm-websphere'} | ${'network-deployment'} | ${'9.0'}  | ${false}
    ${'IBM WebSphere Application Server - Base'}                  | ${'8.5.5.24'}      | ${'ibm-websphere'} | ${'base'}               | ${'8.5'}  | ${false}
    ${'IBM WebSphere Application Server for Developers'}          | ${'9.0.5.1'}       | ${'ibm-websphere'} | ${null}                 | ${'9.0'}  | ${true}
    ${'SAP HANA Database'}                                        | ${'2.00.077'}      | ${'sap-hana'}      | ${null}                 | ${null}   | ${false}
    ${'SAP HANA, express edition'}                                | ${'2.00.077'}      | ${'sap-hana'}      | ${null}                 | ${null}   | ${true}
    ${'SAP NetWeaver AS ABAP 7.52'}                               | ${''}              | ${'sap-netweaver'} | ${null}                 | ${null}   | ${false}
    ${'saphostagent'}                                             | ${'7.22'}          | ${'sap-netweaver'} | ${null}                 | ${null}   | ${false}
  `('takes "$name" for $product', ({ name, version, product, edition, release, free }) => {
    expect(read(name, version)).toMatchObject({ product, edition, version: release, free });
  });

  it.each`
    name                  | publisher                         | product
    ${'redhat-release'}   | ${'Red Hat, Inc.'}                | ${'red-hat-enterprise-linux'}
    ${'redhat-release'}   | ${'Oracle America'}               | ${undefined}
    ${'sles-release'}     | ${'SUSE LLC <https://suse.com/>'} | ${'suse-linux-enterprise'}
    ${'SLES_SAP-release'} | ${'SUSE LLC <https://suse.com/>'} | ${'suse-linux-enterprise'}
    ${'sles-release'}     | ${'Rebuild'}                      | ${undefined}
  `('takes "$name" by "$publisher" for $product', ({ name, publisher, product }) => {
    expect(read(name, '9.4', publisher)?.product).toBe(product);
  });

  it.each([
    'Microsoft ODBC Driver 17 for SQL Server',
    'Microsoft OLE DB Driver for SQL Server',
    'Microsoft SQL Server 2012 Native Client',
    'Microsoft SQL Server Management Studio - 18.12.1',
    'SQL Server Management Studio',
    'Browser for SQL Server 2019',
    'Microsoft VSS Writer for SQL Server 2019',
    'Microsoft SQL Server 2008 Setup Support Files',
    'Microsoft SQL Server 2019 Setup (English)',
    'Microsoft SQL Server 2019 LocalDB',
    'Microsoft SQL Server Compact 4.0 SP1 x64 ENU',
    'Microsoft SQL Server Data-Tier Application Framework (x86)',
    'SQL Server 2019 Client Tools',
    'SQL Server 2019 Common Files',
    'SQL Server 2019 Shared Management Objects',
    'Microsoft SQL Server 2012 Developer Training Kit',
    'Microsoft SQL Server Integration Services Projects',
    'Veeam Explorer for Microsoft SQL Server',
    'Monitoring of SQL Server 2019 Database Engine Services',
    'mssql-tools18',
    'msodbcsql17',
    'mssql-server-fts',
    'oracle-instantclient19.8-basic',
    'Oracle Database 19c Client',
    'Oracle SQL Developer',
    'Oracle VM VirtualBox 7.0.14',
    'oracle-database-gateway-19c',
    'Java 8 Update 401 by Oracle',
    'Oracle WebLogic Server Plug-In 12c',
    'IBM DB2 ODBC Driver - DB2COPY1',
    'IBM Data Server Client - DB2COPY1',
    'DB2 Connect Unlimited Edition',
    'MQSeriesClient',
    'IBM MQ Explorer',
    'Plug-ins for IBM WebSphere Application Server',
    'IBM WebSphere Application Server Client',
    'SAP GUI for Windows 7.70',
    'SAP HANA Studio',
    'sap-hana-client',
    'SAP NetWeaver Business Client',
    'saptune',
    'Windows Server Update Services',
    'sqlserver',
    '',
  ])('needs no license for "%s"', (name) => {
    expect(read(name, '15.0')).toBeNull();
  });

  it("recognizes the settings' own products first, whatever the case", () => {
    const settings = someSettings({
      products: [TABLEAU, { ...TABLEAU, id: 'constructor', installedAs: ['*Database Engine*'] }],
    });
    const own = softwareCatalog(settings);
    const tableau = anApplication({ name: 'TABLEAU Server 2023.3', version: '23.3.149' });

    expect(own(tableau)).toEqual({
      product: 'tableau-server',
      edition: null,
      version: '23.3.149',
      free: false,
      certainty: 'installed',
      evidence: { source: 'AWS:Application', text: 'TABLEAU Server 2023.3' },
    });
    expect(own({ ...tableau, version: '' })?.version).toBeNull();
    expect(own(anApplication({ name: 'SQL Server 2019 Database Engine Services' }))?.product).toBe(
      'constructor',
    );
  });

  it('tells rows of one name apart by version and publisher', () => {
    expect(read('mssql-server', '15.0.1')?.version).toBe('2019');
    expect(read('mssql-server', '14.0.1')?.version).toBe('2017');
  });
});
