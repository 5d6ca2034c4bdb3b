import { ERP_PRODUCTION } from '../accounts.ts';
import { fleet, type Site } from '../site.ts';

/** The European half of ERP. Nobody made configurations for SAP and Oracle here. */
export const ERP_EU_WEST_1: Site = {
  account: ERP_PRODUCTION,
  region: 'eu-west-1',
  network: '10.21',
  linuxDiscovery: {},
  pools: {
    'sql-ent-core': { limit: 96, hard: true, expiresInDays: 400 },
    'sql-std': { limit: 96, expiresInDays: 250 },
    'win-core': { limit: 128 },
    rhel: { limit: 20, expiresInDays: 75 },
  },
  hosts: [
    { name: 'eu-sql-host-1', family: 'r5b', recovery: true },
    { name: 'eu-win-host-1', family: 'm5' },
  ],
  workloads: [
    {
      app: 'erp',
      env: 'prod',
      owner: 'erp-platform-eu',
      servers: [
        fleet(3, 'eu-core-sql', 'r5b.4xlarge', 'sql-2017-enterprise', {
          host: 'eu-sql-host-1',
        }),
        fleet(10, 'eu-file', 'm5.xlarge', 'windows-2019-byol', { host: 'eu-win-host-1' }),
        fleet(6, 'eu-app', 'm5.2xlarge', 'windows-2019', { software: ['sql-client'] }),
        fleet(5, 'eu-sql', 'r6i.2xlarge', 'sql-2019-standard'),
        // Gone since the cutover; License Manager still lists it.
        fleet(1, 'eu-cutover-sql', 'r6i.2xlarge', 'sql-2019-standard', { missed: 'terminated' }),
        fleet(4, 'eu-sap-app', 'm6i.4xlarge', 'sap'),
        fleet(2, 'eu-hr-ora', 'r5.2xlarge', 'oracle-ee'),
        fleet(4, 'eu-api-rhel', 'm6i.large', 'rhel-9-byos'),
      ],
    },
  ],
  launchTemplates: [
    { name: 'erp-rhel-9', image: 'rhel-9-byos', type: 'm6i.large', pool: 'rhel' },
    {
      name: 'erp-sql-enterprise-host',
      image: 'sql-2017-enterprise',
      type: 'r5b.4xlarge',
      pool: 'sql-ent-core',
      host: 'eu-sql-host-1',
    },
    { name: 'erp-sql-standard', image: 'sql-2019-standard', type: 'r6i.xlarge', pool: 'sql-std' },
  ],
  databases: [
    {
      name: 'eu-payroll',
      engine: 'oracle-se2',
      version: '19.0.0.0.ru-2024-07.rur-2024-07.r1',
      type: 'r5.xlarge',
      license: 'license-included',
    },
  ],
};
