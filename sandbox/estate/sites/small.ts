import { SHARED_SERVICES } from '../accounts.ts';
import { fleet, type Site } from '../site.ts';

/** One account and Region with one of everything, for fast tests. */
export const SMALL: Site = {
  account: SHARED_SERVICES,
  region: 'us-east-1',
  network: '10.10',
  linuxDiscovery: {},
  pools: {
    'sql-ent-core': { limit: 48, hard: true },
    'sql-std': { limit: 64 },
    'win-core': { limit: 96 },
    rhel: { limit: 4 },
  },
  hosts: [{ name: 'sql-host-1', family: 'r5', recovery: true }],
  workloads: [
    {
      app: 'erp',
      env: 'prod',
      owner: 'erp-platform',
      servers: [
        fleet(3, 'core-sql', 'r5.4xlarge', 'sql-2017-enterprise', { host: 'sql-host-1' }),
        fleet(4, 'sql', 'r6i.xlarge', 'sql-2019-standard', { stopped: 1 }),
        fleet(6, 'app', 'm5.large', 'windows-2022', { software: ['sql-client'] }),
        fleet(1, 'clone-sql', 'm5.xlarge', 'sql-2019-standard-copy'),
        fleet(2, 'crm-sql', 'r5.xlarge', 'sql-2019-standard-included'),
        fleet(4, 'rhel', 'm6i.large', 'rhel-9-byos'),
      ],
    },
  ],
  launchTemplates: [
    { name: 'shared-rhel-9', image: 'rhel-9-byos', type: 'm6i.large', pool: 'rhel' },
    {
      name: 'shared-sql-enterprise-host',
      image: 'sql-2017-enterprise',
      type: 'r5.4xlarge',
      pool: 'sql-ent-core',
      host: 'sql-host-1',
    },
    {
      name: 'shared-sql-standard',
      image: 'sql-2019-standard',
      type: 'r6i.xlarge',
      pool: 'sql-std',
    },
  ],
  onPremises: [
    {
      name: 'ohio-sql',
      count: 2,
      system: 'windows-2016',
      sockets: 2,
      coresPerSocket: 8,
      software: ['sql-2016-standard'],
    },
  ],
};
