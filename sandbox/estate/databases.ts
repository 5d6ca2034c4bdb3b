import { INSTANCE_TYPES } from '../aws/ec2/instance-types.ts';
import { type Ground, someDayAgo, tags } from './ground.ts';
import { associate } from './license-configurations.ts';
import type { Database } from './site.ts';

/** RDS databases, with what automated discovery tracks of them. */
export function addDatabases(ground: Ground): void {
  for (const plan of ground.site.databases ?? []) addDatabase(ground, plan);
}

function addDatabase(ground: Ground, plan: Database): void {
  const { site, state } = ground;
  const arn = `arn:aws:rds:${site.region}:${site.account}:db:${plan.name}`;
  const created = someDayAgo(ground, 300, 1_200, 'database', plan.name);
  const { cpu } = plan;
  state.databases.set(plan.name, {
    DBInstanceIdentifier: plan.name,
    DBInstanceArn: arn,
    DBInstanceClass: `db.${plan.type}`,
    DBInstanceStatus: 'available',
    Engine: plan.engine,
    EngineVersion: plan.version,
    LicenseModel: plan.license,
    MultiAZ: plan.multiAz === true,
    vcpus: cpu ? cpu.cores * cpu.threads : (INSTANCE_TYPES.get(plan.type)?.vcpus ?? 0),
    ProcessorFeatures: cpu
      ? [
          { Name: 'coreCount', Value: String(cpu.cores) },
          { Name: 'threadsPerCore', Value: String(cpu.threads) },
        ]
      : [],
    options: plan.options ?? [],
    InstanceCreateTime: created,
    TagList: tags({ Name: plan.name, Environment: 'prod' }),
  });
  associate(ground, arn, plan.discoveredFor ?? [], {
    associationTime: created,
    source: 'discovery',
  });
}
