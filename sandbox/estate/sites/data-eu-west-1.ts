import { DATA_PLATFORM } from '../accounts.ts';
import { fleet, type Site } from '../site.ts';

/**
 * The first choices of the request form lead here, so the first pool named "SQL" must have room and the
 * first launch template must draw on it.
 */
export const DATA_EU_WEST_1: Site = {
  account: DATA_PLATFORM,
  region: 'eu-west-1',
  network: '10.31',
  linuxDiscovery: {},
  pools: {
    'sql-std': { limit: 256, expiresInDays: 250 },
    rhel: { limit: 20, expiresInDays: 75 },
    tableau: { limit: 2, expiresInDays: 52 },
  },
  workloads: [
    {
      app: 'warehouse-analytics',
      env: 'prod',
      owner: 'data-platform',
      servers: [
        fleet(6, 'eu-dwh-sql', 'r6i.2xlarge', 'sql-2019-standard'),
        fleet(6, 'eu-mart-sql', 'r6i.xlarge', 'sql-2019-standard', { stopped: 1 }),
        fleet(3, 'eu-etl-win', 'c6i.2xlarge', 'windows-2022', { software: ['sql-client'] }),
        fleet(1, 'eu-tableau', 'r6i.2xlarge', 'tableau'),
        fleet(6, 'eu-etl-rhel', 'm6i.xlarge', 'rhel-9-byos'),
        fleet(3, 'eu-kafka', 'm7g.large', 'amazon-linux-arm'),
      ],
    },
  ],
  launchTemplates: [
    {
      name: 'analytics-sql-standard',
      image: 'sql-2019-standard',
      type: 'r6i.xlarge',
      pool: 'sql-std',
    },
    { name: 'etl-rhel-9', image: 'rhel-9-byos', type: 'm6i.xlarge', pool: 'rhel' },
    { name: 'tableau-server', image: 'tableau', type: 'r6i.2xlarge', pool: 'tableau' },
  ],
};
