import { DATA_PLATFORM, SHARED_SERVICES } from '../accounts.ts';
import { fleet, type Site } from '../site.ts';

/** Warehouse, reporting and streaming. */
export const DATA_US_EAST_1: Site = {
  account: DATA_PLATFORM,
  region: 'us-east-1',
  network: '10.30',
  pools: {
    'sql-ent-core': { limit: 160, hard: true, expiresInDays: 400 },
    'sql-ent': { limit: 32, hard: true },
    'sql-std': { limit: 192, expiresInDays: 250 },
    'sql-dev': {},
    rhel: { limit: 24, expiresInDays: 75 },
    tableau: { limit: 4, expiresInDays: 52 },
  },
  hosts: [
    { name: 'dwh-sql-host-1', family: 'r6i', recovery: true },
    { name: 'dwh-olap-host-1', family: 'i3en' },
  ],
  workloads: [
    {
      app: 'warehouse-analytics',
      env: 'prod',
      owner: 'data-platform',
      servers: [
        fleet(3, 'dwh-core-sql', 'r6i.8xlarge', 'sql-2017-enterprise', {
          host: 'dwh-sql-host-1',
        }),
        fleet(2, 'dwh-olap', 'i3en.6xlarge', 'sql-2017-enterprise', {
          host: 'dwh-olap-host-1',
        }),
        fleet(8, 'dwh-sql', 'r6i.2xlarge', 'sql-2019-standard'),
        fleet(2, 'dwh-risk-sql', 'r7i.2xlarge', 'sql-2019-enterprise', {
          cpu: { cores: 4, threads: 1 },
        }),
        // Installed by hand on a plain Windows image.
        fleet(3, 'dwh-ssrs', 'm6i.2xlarge', 'windows-2019', {
          software: ['sql-2019-standard', 'reporting-services'],
        }),
        fleet(6, 'dwh-etl-win', 'c6i.4xlarge', 'windows-2022', { software: ['sql-client'] }),
        fleet(4, 'dwh-tableau', 'r6i.2xlarge', 'tableau'),
      ],
    },
    {
      app: 'streaming',
      env: 'prod',
      owner: 'data-platform',
      servers: [
        fleet(6, 'kafka', 'm7g.xlarge', 'amazon-linux-arm'),
        fleet(10, 'etl-rhel', 'm7i.xlarge', 'rhel-9-byos'),
        fleet(2, 'feature-dev-sql', 'r7a.xlarge', 'sql-2022-developer'),
      ],
    },
    {
      app: 'containers',
      env: 'prod',
      owner: 'data-platform',
      servers: [
        fleet(3, 'analytics-ecs-node', 'm6i.2xlarge', 'amazon-linux'),
        fleet(3, 'analytics-eks-node', 'm6i.2xlarge', 'amazon-linux', {
          tags: {
            'eks:cluster-name': 'analytics',
            'eks:nodegroup-name': 'general',
            'kubernetes.io/cluster/analytics': 'owned',
          },
        }),
        // What its pods run, no API of AWS's tells.
        fleet(2, 'analytics-eks-sql-node', 'r6i.2xlarge', 'amazon-linux', {
          tags: {
            'eks:cluster-name': 'analytics',
            'eks:nodegroup-name': 'mssql',
            'kubernetes.io/cluster/analytics': 'owned',
          },
        }),
      ],
    },
  ],
  linuxDiscovery: {},
  receivedLicenses: [
    // Nobody has accepted it: the data platform cannot use what the hub passed on.
    {
      product: 'Northlake Data Catalog, Team Edition',
      entitlements: { Users: 25 },
      startedDaysAgo: 210,
      endsInDays: 155,
      grantedBy: SHARED_SERVICES,
      grant: 'PENDING_ACCEPT',
    },
  ],
  containers: [
    {
      name: 'analytics',
      nodes: ['analytics-ecs-node'],
      services: [
        // Reserves half a node; the license is for what the container may use.
        {
          name: 'feature-store-sql',
          count: 2,
          runsOn: 'EC2',
          images: ['mcr.microsoft.com/mssql/server:2019-latest'],
          cpu: 4096,
          memoryMib: 16_384,
          owner: 'data-platform',
        },
        // Reserves nothing: it may use the whole node.
        {
          name: 'metadata-oracle',
          count: 1,
          runsOn: 'EC2',
          images: [
            'container-registry.oracle.com/database/enterprise:19.3.0.0',
            'fluent/fluent-bit:3.1',
          ],
          owner: 'data-platform',
        },
        { name: 'gateway', count: 4, runsOn: 'EC2', images: ['nginx:1.27'], cpu: 256 },
      ],
    },
    {
      name: 'reports',
      services: [
        {
          name: 'report-sql',
          count: 2,
          runsOn: 'FARGATE',
          images: ['333344445555.dkr.ecr.us-east-1.amazonaws.com/golden/mssql-server:2022-CU14'],
          cpu: 2048,
          memoryMib: 8192,
        },
        {
          name: 'report-web',
          count: 3,
          runsOn: 'FARGATE',
          images: ['333344445555.dkr.ecr.us-east-1.amazonaws.com/report-web:2026-11-03'],
          cpu: 512,
          memoryMib: 1024,
        },
      ],
    },
  ],
  launchTemplates: [
    {
      name: 'analytics-sql-enterprise-host',
      image: 'sql-2017-enterprise',
      type: 'r6i.4xlarge',
      pool: 'sql-ent-core',
      host: 'dwh-sql-host-1',
    },
    {
      name: 'analytics-sql-standard',
      image: 'sql-2019-standard',
      type: 'r6i.xlarge',
      pool: 'sql-std',
    },
    { name: 'etl-rhel-9', image: 'rhel-9-byos', type: 'm7i.xlarge', pool: 'rhel' },
    { name: 'etl-spot-rhel-9', image: 'rhel-9-byos', type: 'm7i.xlarge', pool: 'rhel', spot: true },
  ],
  autoScalingGroups: [
    { name: 'month-end-sql', template: 'analytics-sql-standard', maximum: 2 },
    { name: 'nightly-etl', template: 'etl-spot-rhel-9', maximum: 10 },
  ],
};
