import { ERP_PRODUCTION } from './accounts.ts';
import { daysAgo, type Ground } from './ground.ts';
import { idOf } from './ids.ts';

/** Servers whose SQL Server EC2 looks after; nobody has told it about the others that come in pairs. */
const PAIRS = [
  { account: ERP_PRODUCTION, region: 'us-east-1', active: 'crm-sql-01', standby: 'crm-sql-02' },
] as const;

/** AWS does not charge for the SQL Server that waits. */
export function addHighAvailability(ground: Ground): void {
  const { site, state } = ground;
  const here = PAIRS.filter(({ account, region }) => {
    return account === site.account && region === site.region;
  });
  for (const { account, region, active, standby } of here) {
    const common = { ProcessingStatus: 'completed', LastUpdatedTime: daysAgo(ground, 41) };
    const members = [
      [active, { HaStatus: 'active', SqlServerLicenseUsage: 'full' }],
      [standby, { HaStatus: 'standby', SqlServerLicenseUsage: 'waived' }],
    ] as const;
    for (const [hostname, status] of members) {
      const InstanceId = idOf('i', account, region, hostname);
      if (!state.instances.has(InstanceId)) continue;
      state.sqlHaStates.set(InstanceId, { InstanceId, ...common, ...status });
    }
  }
}
