import { SHARED_SERVICES } from '../accounts.ts';
import { fleet, type Site } from '../site.ts';

/** The hub: directory, management tools, and the servers in the company's own data centers. */
export const SHARED_US_EAST_1: Site = {
  account: SHARED_SERVICES,
  region: 'us-east-1',
  network: '10.10',
  pools: {
    'sql-std': { limit: 24, hard: true, expiresInDays: 250 },
    'sql-2014': { limit: 64 },
    // Two servers take a whole host's cores, and a replacement of it would find none left.
    'win-core': { limit: 48, hard: true },
    rhel: { limit: 12, expiresInDays: 75 },
    // The renewal is late.
    backup: { limit: 50, expiresInDays: -12 },
  },
  hosts: [{ name: 'tools-win-host-1', family: 'm5', recovery: true }],
  workloads: [
    {
      app: 'directory',
      env: 'prod',
      owner: 'infrastructure',
      servers: [
        fleet(4, 'ad-dc', 'm5.large', 'windows-2022', { pools: ['backup'], software: ['backup'] }),
        fleet(2, 'adfs', 'm5.large', 'windows-2022', { pools: ['backup'], software: ['backup'] }),
        fleet(3, 'jump', 't3.medium', 'windows-2022'),
        fleet(1, 'jump-old', 't3.medium', 'windows-2016', { noAgent: true, stopped: 1 }),
      ],
    },
    {
      app: 'management',
      env: 'prod',
      owner: 'infrastructure',
      servers: [
        fleet(2, 'sccm-sql', 'r6i.xlarge', 'sql-2019-standard', {
          pools: ['sql-std', 'backup'],
          software: ['backup'],
        }),
        fleet(2, 'solarwinds-sql', 'r6i.2xlarge', 'sql-2019-standard'),
        fleet(2, 'wsus', 'm5.xlarge', 'windows-2019', { software: ['sql-2019-express'] }),
        fleet(2, 'pki', 'm5.large', 'windows-2019-byol', { host: 'tools-win-host-1' }),
        fleet(4, 'monitoring', 'm6i.xlarge', 'rhel-9-byos'),
        fleet(3, 'gitlab', 'm6i.2xlarge', 'rhel-9-byos'),
        fleet(4, 'proxy', 'c6i.large', 'amazon-linux'),
      ],
    },
    {
      app: 'developer-desktops',
      env: 'prod',
      owner: 'developer-experience',
      servers: [fleet(2, 'dev-desktop', 'm6i.2xlarge', 'visual-studio')],
    },
  ],
  launchTemplates: [
    { name: 'tools-rhel-9', image: 'rhel-9-byos', type: 'm6i.large', pool: 'rhel' },
    { name: 'tools-sql-standard', image: 'sql-2019-standard', type: 'r6i.xlarge', pool: 'sql-std' },
  ],
  linuxDiscovery: {},
  userSubscriptions: {
    domain: 'corp.alderfinch.example',
    products: ['VISUAL_STUDIO_PROFESSIONAL', 'OFFICE_PROFESSIONAL_PLUS'],
    servers: 'dev-desktop',
    users: [
      {
        name: 'riley.chen',
        product: 'VISUAL_STUDIO_PROFESSIONAL',
        sinceDaysAgo: 260,
        on: ['dev-desktop-01'],
      },
      {
        name: 'riley.chen',
        product: 'OFFICE_PROFESSIONAL_PLUS',
        sinceDaysAgo: 260,
        on: ['dev-desktop-01'],
      },
      {
        name: 'sam.okafor',
        product: 'VISUAL_STUDIO_PROFESSIONAL',
        sinceDaysAgo: 140,
        on: ['dev-desktop-01', 'dev-desktop-02'],
      },
      // Changed teams in spring; the subscription is paid every month.
      { name: 'noor.haddad', product: 'VISUAL_STUDIO_PROFESSIONAL', sinceDaysAgo: 310, on: [] },
      {
        name: 'jo.lindqvist',
        product: 'OFFICE_PROFESSIONAL_PLUS',
        sinceDaysAgo: 400,
        endedDaysAgo: 33,
        on: [],
      },
    ],
  },
  receivedLicenses: [
    {
      product: 'Northlake Data Catalog, Team Edition',
      entitlements: { Users: 25 },
      startedDaysAgo: 210,
      endsInDays: 155,
    },
    {
      product: 'Trailhead Endpoint Protection',
      entitlements: { Servers: 400, Consoles: 2 },
      startedDaysAgo: 327,
      endsInDays: 38,
    },
    {
      product: 'Harbor Metrics Application Monitoring',
      entitlements: { Hosts: 60 },
      startedDaysAgo: 382,
      endsInDays: -17,
    },
  ],
  containers: [
    {
      name: 'ohio-plant',
      externalNodes: ['ohio-edge'],
      services: [
        {
          name: 'label-printing-oracle',
          count: 1,
          runsOn: 'EXTERNAL',
          images: ['container-registry.oracle.com/database/standard:12.2.0.1'],
          owner: 'plant-it',
        },
      ],
    },
  ],
  onPremises: [
    {
      name: 'ohio-sql',
      count: 4,
      system: 'windows-2012r2',
      sockets: 2,
      coresPerSocket: 6,
      software: ['sql-2014-standard'],
      discoveredFor: ['sql-2014'],
    },
    {
      name: 'ohio-sql-old',
      count: 2,
      system: 'windows-2012r2',
      sockets: 1,
      coresPerSocket: 8,
      software: ['sql-2014-standard'],
      discoveredFor: ['sql-2014'],
      silentDays: 43,
    },
    {
      name: 'ohio-erp-sql',
      count: 3,
      system: 'windows-2016',
      sockets: 2,
      coresPerSocket: 8,
      software: ['sql-2016-standard'],
    },
    {
      name: 'ohio-ora',
      count: 2,
      system: 'windows-2019',
      sockets: 2,
      coresPerSocket: 16,
      software: ['oracle-windows'],
    },
    {
      name: 'ohio-file',
      count: 4,
      system: 'windows-2016',
      sockets: 1,
      coresPerSocket: 8,
      software: ['backup'],
    },
    { name: 'ohio-edge', system: 'rhel-7', sockets: 1, coresPerSocket: 8, software: [] },
    {
      name: 'ohio-rhel',
      count: 3,
      system: 'rhel-7',
      sockets: 2,
      coresPerSocket: 10,
      software: [],
      silentDays: 97,
    },
  ],
};

/** A second pair of everything that has to survive a Region. */
export const SHARED_EU_WEST_1: Site = {
  account: SHARED_SERVICES,
  region: 'eu-west-1',
  network: '10.11',
  pools: { rhel: { limit: 8, expiresInDays: 75 } },
  linuxDiscovery: {},
  workloads: [
    {
      app: 'directory',
      env: 'prod',
      owner: 'infrastructure',
      servers: [
        fleet(2, 'eu-ad-dc', 'm5.large', 'windows-2022'),
        fleet(2, 'eu-jump', 't3.medium', 'windows-2022'),
        fleet(4, 'eu-monitoring', 'm6i.xlarge', 'rhel-9-byos'),
        fleet(2, 'eu-proxy', 'c6i.large', 'amazon-linux'),
      ],
    },
  ],
  launchTemplates: [
    { name: 'tools-rhel-9', image: 'rhel-9-byos', type: 'm6i.large', pool: 'rhel' },
  ],
  onPremises: [
    {
      name: 'leeds-erp-sql',
      count: 2,
      system: 'windows-2019',
      sockets: 2,
      coresPerSocket: 8,
      software: ['sql-2017-enterprise'],
    },
  ],
};
