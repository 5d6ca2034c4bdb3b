import { describe, expect, it } from 'vitest';
import { productMentions } from '#domain/software/product-mentions.ts';
import { someSettings, TABLEAU } from './software-builders.ts';

const mentions = productMentions(
  someSettings({ products: [TABLEAU, { ...TABLEAU, id: 'unnamed', name: '日本語' }] }),
);

describe('productMentions', () => {
  it.each`
    text                                                        | product                       | edition                 | version      | free
    ${'SQL Server Enterprise per core (Dedicated Hosts)'}       | ${'sql-server'}               | ${'enterprise'}         | ${null}      | ${false}
    ${'SQL Server 2014 Standard (no Software Assurance)'}       | ${'sql-server'}               | ${'standard'}           | ${'2014'}    | ${false}
    ${'SQL Server Developer (tracked only)'}                    | ${'sql-server'}               | ${'developer'}          | ${null}      | ${true}
    ${'MS-SQL Server Web until 2027'}                           | ${'sql-server'}               | ${'web'}                | ${null}      | ${false}
    ${'mssql'}                                                  | ${'sql-server'}               | ${null}                 | ${null}      | ${false}
    ${'SQL Server Standard on Windows Server 2022'}             | ${'sql-server'}               | ${'standard'}           | ${null}      | ${false}
    ${'Windows Server 2012 R2 Datacenter per processor'}        | ${'windows-server'}           | ${'datacenter'}         | ${'2012 R2'} | ${false}
    ${'Microsoft Windows Server 2019 Standard'}                 | ${'windows-server'}           | ${'standard'}           | ${'2019'}    | ${false}
    ${'Oracle Database Enterprise Edition per vCPU'}            | ${'oracle-database'}          | ${'enterprise'}         | ${null}      | ${false}
    ${'Oracle Database Standard Edition 2 per vCPU'}            | ${'oracle-database'}          | ${'standard-2'}         | ${null}      | ${false}
    ${'Oracle SE2 19c'}                                         | ${'oracle-database'}          | ${'standard-2'}         | ${'19c'}     | ${false}
    ${'Oracle WebLogic Suite per vCPU'}                         | ${'oracle-weblogic'}          | ${'suite'}              | ${null}      | ${false}
    ${'IBM Db2 Advanced per VPC'}                               | ${'ibm-db2'}                  | ${'advanced'}           | ${null}      | ${false}
    ${'IBM MQ Advanced'}                                        | ${'ibm-mq'}                   | ${'advanced'}           | ${null}      | ${false}
    ${'IBM WebSphere Application Server ND per vCPU'}           | ${'ibm-websphere'}            | ${'network-deployment'} | ${null}      | ${false}
    ${'SAP HANA nodes'}                                         | ${'sap-hana'}                 | ${null}                 | ${null}      | ${false}
    ${'SAP NetWeaver application servers'}                      | ${'sap-netweaver'}            | ${null}                 | ${null}      | ${false}
    ${'Red Hat Enterprise Linux (bring your own subscription)'} | ${'red-hat-enterprise-linux'} | ${null}                 | ${null}      | ${false}
    ${'RHEL for SAP with HA and US'}                            | ${'red-hat-enterprise-linux'} | ${'sap'}                | ${null}      | ${false}
    ${'SUSE Linux Enterprise for SAP per socket'}               | ${'suse-linux-enterprise'}    | ${'sap'}                | ${null}      | ${false}
    ${'SLES'}                                                   | ${'suse-linux-enterprise'}    | ${null}                 | ${null}      | ${false}
    ${'Ubuntu Pro'}                                             | ${'ubuntu-pro'}               | ${null}                 | ${null}      | ${false}
    ${'Tableau Server (8 vCPUs or more)'}                       | ${'tableau-server'}           | ${null}                 | ${null}      | ${false}
  `('reads "$text"', ({ text, ...expected }) => {
    expect(mentions(text)).toEqual(expected);
  });

  it.each([
    'Oracle Linux Premier',
    'Veeam Agent for Microsoft Windows (whole organization)',
    'SQL Server or Oracle Database',
    'MySQL Enterprise',
    'NoSQL Servers',
    'db2024',
    '日本語ライセンス',
    '',
  ])('finds no product in "%s"', (text) => {
    expect(mentions(text)).toBeNull();
  });
});
