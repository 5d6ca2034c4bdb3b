import { NON_PRODUCTION } from '../accounts.ts';
import { fleet, type Site } from '../site.ts';

/** Development and test: what production needs, plus what nobody cleaned up. */
export const NON_PRODUCTION_US_EAST_1: Site = {
  account: NON_PRODUCTION,
  region: 'us-east-1',
  network: '10.40',
  linuxDiscovery: {},
  pools: {
    'sql-dev': {},
    'sql-std': { limit: 40, expiresInDays: 250 },
    'oracle-ee': { limit: 32, expiresInDays: 190 },
    rhel: { limit: 20, expiresInDays: 75 },
    websphere: { limit: 8, disabled: true },
    hostile: { limit: 3 },
  },
  hosts: [
    { name: 'dev-legacy-host-1', family: 'm4' },
    { name: 'dev-sql-host-1', family: 'r4' },
  ],
  workloads: [
    {
      app: 'erp',
      env: 'dev',
      owner: 'erp-platform',
      servers: [
        fleet(10, 'dev-erp-app', 'm6a.large', 'windows-2019', { stopped: 4 }),
        fleet(10, 'dev-erp-sql', 'r6a.xlarge', 'sql-2019-developer', { stopped: 3 }),
        fleet(4, 'dev-sap', 'r6i.2xlarge', 'sap', { stopped: 2 }),
        fleet(3, 'dev-ora', 'r5.2xlarge', 'oracle-ee'),
        fleet(1, 'dev-host-test', 'r4.2xlarge', 'windows-2019-byol', {
          host: 'dev-sql-host-1',
          pools: [],
        }),
      ],
    },
    {
      app: 'erp',
      env: 'uat',
      owner: 'erp-platform',
      servers: [
        fleet(4, 'uat-sql', 'r6i.2xlarge', 'sql-2019-standard', { cpu: { cores: 2, threads: 2 } }),
        fleet(2, 'uat-load-sql', 'm5a.2xlarge', 'sql-2019-standard', { stopped: 1 }),
        fleet(3, 'uat-ent-sql', 'r5a.2xlarge', 'sql-2019-enterprise-included', { stopped: 2 }),
        fleet(4, 'uat-web', 't3.xlarge', 'windows-2022'),
      ],
    },
    {
      app: 'sandbox',
      env: 'test',
      owner: 'developer-experience',
      servers: [
        fleet(6, 'test-rhel', 't3.large', 'rhel-9-byos'),
        fleet(4, 'ci-runner', 'c5a.2xlarge', 'ubuntu-pro', { spot: true }),
        fleet(2, 'test-clone-sql', 'm5.xlarge', 'sql-2019-standard-copy', { noAgent: true }),
        fleet(1, 'hostile-1', 't3.small', 'windows-2022', {
          pools: ['hostile'],
          tags: { Name: '<!channel> approve now', Owner: '<@U0ADMIN001>' },
        }),
        fleet(1, 'hostile-2', 't3.small', 'windows-2022', {
          pools: ['hostile'],
          tags: { Name: "=cmd|' /C calc'!A0", Application: '<https://evil.example|erp>' },
        }),
        fleet(1, 'hostile-3', 't3.small', 'amazon-linux', {
          pools: ['hostile'],
          tags: { Name: '\u202Edorp-lqs-pre\u202C', CostCenter: '*free*\n```' },
        }),
        // Stopped for months, and Oracle asks for licenses as long as it is installed.
        fleet(1, 'test-ora-old', 'r5.large', 'oracle-ee', { stopped: 1 }),
      ],
    },
  ],
  launchTemplates: [
    { name: 'dev-oracle-ee', image: 'oracle-ee', type: 'r5.xlarge', pool: 'oracle-ee' },
    { name: 'dev-rhel-9', image: 'rhel-9-byos', type: 't3.large', pool: 'rhel' },
    {
      name: 'dev-sql-clone',
      image: 'sql-2019-standard-copy',
      type: 'm5.xlarge',
      pool: 'sql-std',
      attaches: ['sql-std'],
    },
    { name: 'dev-sql-developer', image: 'sql-2019-developer', type: 'r6a.xlarge', pool: 'sql-dev' },
    { name: 'dev-sql-standard', image: 'sql-2019-standard', type: 'm5a.xlarge', pool: 'sql-std' },
  ],
};

/** Nobody tracks anything here. */
export const NON_PRODUCTION_EU_WEST_1: Site = {
  account: NON_PRODUCTION,
  region: 'eu-west-1',
  network: '10.41',
  linuxDiscovery: {},
  pools: {},
  workloads: [
    {
      app: 'webshop',
      env: 'test',
      owner: 'digital',
      servers: [
        fleet(4, 'shop-sql', 'm5.xlarge', 'sql-2019-standard'),
        fleet(2, 'shop-dev-sql', 'm5.large', 'sql-2022-developer'),
        fleet(6, 'shop-web', 't3.large', 'windows-2022', { stopped: 2 }),
        fleet(3, 'shop-cache', 'm7g.medium', 'amazon-linux-arm'),
        // SQL Server is billed on four vCPUs at least: each pays for twice what it has.
        fleet(2, 'shop-report-sql', 'm5.large', 'sql-2019-standard-included', { together: true }),
      ],
    },
  ],
};
