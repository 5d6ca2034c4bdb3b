import type { InventorySource } from '#domain/estate/inventory.ts';
import type { MissingSource } from '#domain/licenses/position-report.ts';

/** Each source by its name, and what one sees only with it. */
const SOURCES: Readonly<Record<InventorySource, readonly [name: string, shows: string]>> = {
  'license-configurations': ['license configurations', 'limits and what License Manager counts'],
  'license-usage': ['license usage', 'which resources consume'],
  'license-associations': ['license associations', 'which AMIs and hosts are tracked'],
  instances: ['instances', 'what runs'],
  'instance-types': ['instance types', 'how many vCPUs and cores a type has'],
  hosts: ['Dedicated Hosts', 'which cores are licensed'],
  images: ['AMIs', 'copies that lost their license configuration'],
  'launch-templates': ['launch templates', 'what can be launched'],
  'auto-scaling-groups': ['Auto Scaling groups', 'which groups can grow'],
  'managed-servers': ['Systems Manager inventory', 'installed software and servers outside AWS'],
  databases: ['RDS', 'databases that need licenses'],
  containers: ['ECS', 'licensed software in containers'],
  'linux-subscriptions': ['Linux subscriptions', 'Red Hat and SUSE subscriptions on instances'],
  'user-subscriptions': ['user subscriptions', 'subscribed users who use no instance'],
  'received-licenses': ['received licenses', 'licenses bought on AWS Marketplace'],
  'usage-trends': ['CloudWatch metrics', 'how usage developed over 13 weeks'],
  prices: ['EC2 prices', 'what launches would cost'],
  utilization: ['CloudWatch utilization', 'how busy instances are'],
  'compute-optimizer': ['Compute Optimizer', 'sizes and SQL Server editions that AWS recommends'],
  'sql-ha-states': ['SQL Server high availability', 'standbys whose licenses AWS waives'],
  'host-reservations': [
    'Dedicated Host reservations',
    'hosts that are paid for whether or not kept',
  ],
  'cost-explorer': ['Cost Explorer', 'what instances cost by the month'],
  rightsizing: ['Cost Explorer’s rightsizing', 'instances that AWS would end or resize'],
  'cost-optimization-hub': ['Cost Optimization Hub', 'savings that AWS recommends'],
};

/** A source as people call it. */
export function sourceName(source: InventorySource): string {
  return SOURCES[source][0];
}

const STATES: Readonly<Record<MissingSource['state'], string>> = {
  off: 'off',
  refused: 'not allowed',
  failed: 'failed',
  never: 'not read yet',
  old: 'read long ago',
};

/** `Linux subscriptions: off. Would show Red Hat …`: what is missing, and what that means for figures. */
export function missingText({
  source,
  state,
  error,
}: Pick<MissingSource, 'state' | 'error'> & {
  readonly source: InventorySource | null;
}): string {
  const why = error === null ? STATES[state] : `${STATES[state]} (${error})`;
  if (source === null) return `everything: ${why}`;
  const [name, shows] = SOURCES[source];
  const isKept = state === 'failed' || state === 'old';
  return isKept
    ? `${name}: ${why}. What is shown is from before`
    : `${name}: ${why}. Would show ${shows}`;
}
