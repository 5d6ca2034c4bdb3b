import { ERP_PRODUCTION } from '../accounts.ts';
import { fleet, type Site } from '../site.ts';

/** A small branch: one Dedicated Host, hard limits with little room, and Linux discovery that nobody switched on. */
export const ERP_AP_SOUTHEAST_2: Site = {
  account: ERP_PRODUCTION,
  region: 'ap-southeast-2',
  network: '10.22',
  pools: {
    'sql-std': { limit: 28, hard: true, expiresInDays: 250 },
    'win-core': { limit: 24, hard: true },
    rhel: { limit: 6, expiresInDays: 75 },
  },
  hosts: [{ name: 'ap-win-host-1', family: 'z1d' }],
  workloads: [
    {
      app: 'erp',
      env: 'prod',
      owner: 'erp-platform-apac',
      servers: [
        fleet(2, 'ap-plan', 'z1d.3xlarge', 'windows-2019-byol', { host: 'ap-win-host-1' }),
        fleet(5, 'ap-app', 'm5.xlarge', 'windows-2019', { software: ['sql-client'] }),
        fleet(3, 'ap-sql', 'r6i.2xlarge', 'sql-2019-standard'),
        fleet(4, 'ap-rhel', 'm6i.large', 'rhel-9-byos'),
      ],
    },
  ],
  launchTemplates: [
    { name: 'erp-rhel-9', image: 'rhel-9-byos', type: 'm6i.large', pool: 'rhel' },
    { name: 'erp-sql-standard', image: 'sql-2019-standard', type: 'r6i.xlarge', pool: 'sql-std' },
  ],
};
