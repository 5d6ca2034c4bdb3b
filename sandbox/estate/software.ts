/** One row of Systems Manager's `AWS:Application` inventory, as installers write it. */
export interface Application {
  readonly Name: string;
  readonly Publisher: string;
  readonly Version: string;
}

/** What the `Custom:SQLServer` inventory says of an instance, where the team collects it. */
export interface SqlServer {
  readonly Name: string;
  readonly Edition: string;
  readonly Version: string;
}

interface Software {
  readonly applications: readonly Application[];
  readonly sqlServer?: SqlServer;
}

const MICROSOFT = 'Microsoft Corporation';
const BUILDS = {
  2014: '12.3.6024.0',
  2016: '13.3.6419.1',
  2017: '14.0.3456.2',
  2019: '15.0.4375.4',
  2022: '16.0.4125.3',
};

/** Software by the short name that images and server rows use. */
export const SOFTWARE = {
  'sql-2014-standard': sqlServer(2014, 'Standard Edition: Core-based Licensing'),
  'sql-2016-standard': sqlServer(2016, 'Standard Edition: Core-based Licensing'),
  'sql-2017-enterprise': sqlServer(2017, 'Enterprise Edition: Core-based Licensing (64-bit)'),
  'sql-2017-standard': sqlServer(2017, 'Standard Edition (64-bit)'),
  'sql-2019-enterprise': sqlServer(2019, 'Enterprise Edition: Core-based Licensing (64-bit)'),
  'sql-2019-standard': sqlServer(2019, 'Standard Edition (64-bit)'),
  'sql-2019-web': sqlServer(2019, 'Web Edition (64-bit)'),
  'sql-2019-developer': sqlServer(2019, 'Developer Edition (64-bit)'),
  'sql-2022-developer': sqlServer(2022, 'Developer Edition (64-bit)'),
  'sql-2019-express': sqlServer(2019, 'Express Edition (64-bit)'),
  // Its name contains "SQL Server", yet it needs no license.
  'sql-client': installed('Microsoft ODBC Driver 17 for SQL Server', MICROSOFT, '17.10.6.1'),
  'reporting-services': installed(
    'Microsoft SQL Server 2019 Reporting Services',
    MICROSOFT,
    '15.0.8863.34217',
  ),
  'oracle-19c-ee': installed('oracle-database-ee-19c', 'Oracle America', '1.0'),
  'oracle-19c-se2': installed('oracle-database-preinstall-19c', 'Oracle America', '1.0'),
  'oracle-windows': installed(
    'Oracle Database 19c Enterprise Edition',
    'Oracle Corporation',
    '19.0.0.0.0',
  ),
  weblogic: installed('Oracle WebLogic Server 14.1.1', 'Oracle Corporation', '14.1.1.0.0'),
  sap: installed('saphostagent', 'SAP SE', '7.22'),
  hana: installed('sap-hana-client', 'SAP SE', '2.20'),
  db2: installed('DB2 - DB2COPY1', 'IBM', '11.5.9000.352'),
  websphere: installed(
    'IBM WebSphere Application Server Network Deployment V9.0',
    'IBM',
    '9.0.5.18',
  ),
  tableau: installed('Tableau Server 2023.3 (20233.24.0215.1209)', 'Tableau Software', '23.3.149'),
  'visual-studio': installed('Visual Studio Professional 2022', MICROSOFT, '17.8.34330.188'),
  backup: installed('Veeam Agent for Microsoft Windows', 'Veeam Software Group GmbH', '6.1.2.1781'),
} satisfies Record<string, Software>;

export type SoftwareName = keyof typeof SOFTWARE;

/** What is on every server of a system. */
export const ON_EVERY_SERVER: Readonly<Record<'windows' | 'linux', readonly Application[]>> = {
  windows: [
    { Name: 'Amazon SSM Agent', Publisher: 'Amazon Web Services', Version: '3.3.987.0' },
    { Name: 'CrowdStrike Windows Sensor', Publisher: 'CrowdStrike, Inc.', Version: '7.16.18613.0' },
    {
      Name: 'Microsoft Visual C++ 2015-2022 Redistributable (x64) - 14.38.33130',
      Publisher: MICROSOFT,
      Version: '14.38.33130.0',
    },
  ],
  linux: [
    { Name: 'amazon-ssm-agent', Publisher: 'Amazon.com', Version: '3.3.987.0' },
    { Name: 'falcon-sensor', Publisher: 'CrowdStrike, Inc.', Version: '7.16.0' },
    { Name: 'openssl', Publisher: 'OpenSSL <https://www.openssl.org/>', Version: '3.0.7' },
  ],
};

/** The edition is in no application's name, which is why teams collect it themselves. */
function sqlServer(release: keyof typeof BUILDS, edition: string): Software {
  const version = BUILDS[release];
  return {
    applications: [
      { Name: `Microsoft SQL Server ${release} (64-bit)`, Publisher: MICROSOFT, Version: version },
      {
        Name: `SQL Server ${release} Database Engine Services`,
        Publisher: MICROSOFT,
        Version: version,
      },
    ],
    sqlServer: { Name: 'MSSQLSERVER', Edition: edition, Version: version },
  };
}

function installed(Name: string, Publisher: string, Version: string): Software {
  return { applications: [{ Name, Publisher, Version }] };
}
