import { ERP_PRODUCTION, SHARED_SERVICES } from '../accounts.ts';
import { fleet, type Site } from '../site.ts';
import { ERP_SAP_AND_MIDDLEWARE } from './erp-us-east-1-middleware.ts';

/** Where the money is: ERP, finance, SAP and most of the Dedicated Hosts. */
export const ERP_US_EAST_1: Site = {
  account: ERP_PRODUCTION,
  region: 'us-east-1',
  network: '10.20',
  pools: {
    // Full, and hard: a Dedicated Host that fails cannot be recovered on another one.
    'sql-ent-core': { limit: 160, hard: true, expiresInDays: 400 },
    'sql-std': { limit: 256, expiresInDays: 250 },
    'sql-2014': { limit: 24 },
    'win-core': { limit: 400 },
    'win-socket': { limit: 4 },
    'oracle-ee': { limit: 128, expiresInDays: 190 },
    'oracle-se2': { limit: 40, hard: true },
    'oracle-rds': { limit: 16 },
    weblogic: { limit: 48, expiresInDays: -41 },
    sap: { limit: 40 },
    hana: { limit: 8, hard: true },
    'sles-socket': { limit: 6, hard: true },
    db2: { limit: 48, expiresInDays: 24 },
    websphere: { limit: 64, expiresInDays: 120 },
    rhel: { limit: 60, expiresInDays: 75 },
  },
  hosts: [
    { name: 'erp-sql-host-1', family: 'r5', recovery: true },
    { name: 'erp-sql-host-2', family: 'r5', recovery: true },
    { name: 'erp-sql-host-3', family: 'r6i', recovery: true },
    { name: 'erp-win-host-1', family: 'm5', recovery: true },
    { name: 'erp-win-host-2', family: 'm5' },
    { name: 'erp-win-host-3', family: 'm6i' },
    { name: 'erp-win-host-4', family: 'm5' },
    { name: 'erp-legacy-host-1', family: 'm4', manualPlacement: true },
    { name: 'sap-hana-host-1', family: 'x2iedn', manualPlacement: true },
  ],
  workloads: [
    {
      app: 'erp',
      env: 'prod',
      owner: 'erp-platform',
      servers: [
        fleet(4, 'erp-core-sql', 'r5.4xlarge', 'sql-2017-enterprise', {
          host: 'erp-sql-host-1',
        }),
        fleet(4, 'erp-mart-sql', 'r5.2xlarge', 'sql-2017-enterprise', {
          host: 'erp-sql-host-1',
        }),
        fleet(3, 'erp-fin-sql', 'r5.4xlarge', 'sql-2017-enterprise', {
          host: 'erp-sql-host-2',
        }),
        fleet(3, 'erp-plan-sql', 'r6i.8xlarge', 'sql-2017-enterprise', {
          host: 'erp-sql-host-3',
        }),
        fleet(10, 'erp-file', 'm5.xlarge', 'windows-2019-byol', { host: 'erp-win-host-1' }),
        fleet(6, 'erp-print', 'm5.2xlarge', 'windows-2019-byol', { host: 'erp-win-host-1' }),
        fleet(3, 'erp-edi-win', 'm5.xlarge', 'windows-2019-byol', { host: 'erp-win-host-2' }),
        fleet(8, 'erp-citrix', 'm6i.2xlarge', 'windows-2019-byol', { host: 'erp-win-host-3' }),
        fleet(2, 'erp-fax', 'm6i.xlarge', 'windows-2019-byol', { host: 'erp-win-host-3' }),
        // Stopped for good, but the host keeps the licenses of its cores for 90 days.
        fleet(2, 'erp-archive-win', 'm5.2xlarge', 'windows-2019-byol', {
          host: 'erp-win-host-4',
          stopped: 2,
        }),
        // Pays for Windows twice: in its price, and with the host's cores.
        fleet(2, 'erp-scan', 'm5.xlarge', 'windows-2019-converted', { host: 'erp-win-host-1' }),
      ],
    },
    {
      app: 'erp',
      env: 'prod',
      owner: 'erp-platform',
      servers: [
        fleet(14, 'erp-app', 'm5.2xlarge', 'windows-2019', { software: ['sql-client'] }),
        fleet(8, 'erp-web', 'm6i.xlarge', 'windows-2022'),
        fleet(8, 'erp-sql', 'r6i.2xlarge', 'sql-2019-standard', { cpu: { cores: 4, threads: 1 } }),
        fleet(4, 'erp-stage-sql', 'r6i.2xlarge', 'sql-2019-standard'),
        // Grew from r6i.2xlarge; the resize set the CPU options back to the default.
        fleet(1, 'erp-close-sql', 'r6i.4xlarge', 'sql-2019-standard', {
          tags: { 'licensing:cpu-options': '4x1' },
        }),
        // The same, and only the launch template that it came from still says so.
        fleet(1, 'erp-budget-sql', 'r6i.4xlarge', 'sql-2019-standard', {
          template: 'erp-sql-half',
        }),
        fleet(2, 'erp-ag-sql', 'r6i.4xlarge', 'sql-2019-standard', { pairs: true }),
        // Two configurations count the same installation.
        fleet(1, 'erp-report-sql', 'r6i.2xlarge', 'sql-2014-standard', {
          pools: ['sql-std', 'sql-2014'],
        }),
        // SQL Server was removed years ago, the association stayed.
        fleet(2, 'erp-batch', 'm5.xlarge', 'windows-2019', {
          pools: ['sql-std'],
          software: ['backup'],
        }),
        fleet(3, 'erp-old-sql', 'r4.2xlarge', 'sql-2019-standard', { stopped: 3 }),
        fleet(1, 'erp-migration-sql', 'r6i.xlarge', 'sql-2019-standard', {
          stopped: 1,
          missed: 'stopped',
        }),
        fleet(1, 'erp-dev-copy-sql', 'm5.2xlarge', 'sql-2019-developer'),
      ],
    },
    {
      app: 'warehouse',
      env: 'prod',
      owner: 'logistics-it',
      servers: [
        fleet(4, 'wms-sql', 'r4.2xlarge', 'sql-2014-standard'),
        fleet(4, 'wms-app', 'm4.xlarge', 'windows-2012r2-byol', { host: 'erp-legacy-host-1' }),
        fleet(2, 'wms-clone-sql', 'r5.xlarge', 'sql-2019-standard-copy'),
        fleet(2, 'wms-gate', 't3.large', 'windows-2016', { noAgent: true }),
      ],
    },
    {
      app: 'crm',
      env: 'prod',
      owner: 'sales-systems',
      servers: [
        fleet(4, 'crm-sql', 'r5.xlarge', 'sql-2019-standard-included'),
        fleet(2, 'crm-ag-sql', 'r5.2xlarge', 'sql-2019-enterprise-included', { pairs: true }),
        fleet(4, 'crm-web', 'm5.xlarge', 'sql-2019-web-included'),
        // SQL Server is in its price, and somebody attached the company's licenses too.
        fleet(1, 'crm-report-sql', 'r5.xlarge', 'sql-2019-standard-converted', {
          pools: ['sql-std'],
        }),
      ],
    },
    ...ERP_SAP_AND_MIDDLEWARE,
  ],
  launchTemplates: [
    { name: 'erp-oracle-ee', image: 'oracle-ee', type: 'r5.xlarge', pool: 'oracle-ee' },
    { name: 'erp-oracle-se2', image: 'oracle-se2', type: 'm5.xlarge', pool: 'oracle-se2' },
    { name: 'erp-rhel-9', image: 'rhel-9-byos', type: 'm6i.large', pool: 'rhel' },
    {
      name: 'erp-sql-enterprise-host',
      image: 'sql-2017-enterprise',
      type: 'r5.4xlarge',
      pool: 'sql-ent-core',
      host: 'erp-sql-host-2',
    },
    { name: 'erp-sql-standard', image: 'sql-2019-standard', type: 'r6i.xlarge', pool: 'sql-std' },
    // Nobody may ask for it any more.
    {
      name: 'erp-sql-half',
      image: 'sql-2019-standard',
      type: 'r6i.2xlarge',
      cpu: { cores: 4, threads: 1 },
    },
    {
      name: 'erp-windows-host',
      image: 'windows-2019-byol',
      type: 'm5.xlarge',
      pool: 'win-core',
      host: 'erp-win-host-2',
    },
    { name: 'sap-application', image: 'sap', type: 'm6i.2xlarge', pool: 'sap' },
    // Whoever launches $Latest of it gets an image that nothing tracks.
    {
      name: 'erp-stage-sql',
      image: 'sql-2019-standard',
      type: 'r6i.2xlarge',
      latestImage: 'sql-2019-standard-copy',
    },
    {
      name: 'erp-web-golden',
      image: 'windows-2022',
      type: 'm6i.xlarge',
      imageParameter: '/golden/windows-2022',
    },
    { name: 'erp-sql-2023', image: 'sql-2019-standard-2023', type: 'r5.2xlarge' },
  ],
  linuxDiscovery: { subscribedWithRedHat: ['edi-rhel-01', 'edi-rhel-02'] },
  receivedLicenses: [
    {
      product: 'Trailhead Endpoint Protection',
      entitlements: { Servers: 400, Consoles: 2 },
      startedDaysAgo: 327,
      endsInDays: 38,
      grantedBy: SHARED_SERVICES,
    },
  ],
  databases: [
    {
      name: 'fin-ledger',
      engine: 'oracle-ee',
      version: '19.0.0.0.ru-2024-07.rur-2024-07.r1',
      type: 'r5.2xlarge',
      license: 'bring-your-own-license',
      multiAz: true,
      options: ['OEM_AGENT', 'NATIVE_NETWORK_ENCRYPTION'],
      discoveredFor: ['oracle-rds'],
    },
    {
      name: 'crm-profile',
      engine: 'sqlserver-se',
      version: '15.00.4375.4.v1',
      type: 'm5.2xlarge',
      license: 'license-included',
      multiAz: true,
    },
    {
      name: 'erp-archive',
      engine: 'db2-ae',
      version: '11.5.9.0.sb00000000.r1',
      type: 'r6i.xlarge',
      license: 'bring-your-own-license',
      cpu: { cores: 2, threads: 1 },
    },
  ],
};
