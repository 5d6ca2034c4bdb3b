import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { Finding } from '#domain/optimization/kind.ts';
import { type Gap, gapFinding } from '#domain/optimization/kinds/data-gap.ts';
import type { Machine } from '#domain/optimization/machine.ts';

type MachineGap = Pick<Gap, 'source' | 'enable' | 'shows' | 'machines' | 'error'>;

/** What a source that is read does not say of some machines, because nothing on them reports it. */
export function machineGaps(
  shard: InventoryShard,
  machines: readonly Machine[],
): readonly Finding[] {
  const gaps = [withoutMemory(machines), withoutInventory(shard), withoutMetrics(machines)];
  return gaps
    .filter((gap) => gap.machines.length > 0)
    .map((gap) => gapFinding(shard, { ...gap, state: 'partial' }));
}

/**
 * CloudWatch knows memory only from its agent.
 *
 * @see https://docs.aws.amazon.com/compute-optimizer/latest/ug/ec2-metrics-analyzed.html
 */
function withoutMemory(machines: readonly Machine[]): MachineGap {
  return {
    source: 'cloudwatch-agent',
    enable: 'AmazonCloudWatch-ManageAgent',
    shows: ['rightsize', 'change-family'],
    error: null,
    machines: machines
      .filter(({ evidence }) => evidence.utilization?.memory === null)
      .map(({ instance }) => instance.instanceId),
  };
}

/** Instances whose software nobody can see. Where Systems Manager was not read that is said of the source. */
function withoutInventory({ instances, managedServers, sources }: InventoryShard): MachineGap {
  const managed = new Set(managedServers.map(({ id }) => id));
  const isRead = sources['managed-servers']?.state === 'read';
  return {
    source: 'ssm-inventory',
    enable: 'AWS-GatherSoftwareInventory',
    shows: ['downgrade-edition', 'developer-edition', 'shortfall'],
    error: null,
    machines: isRead
      ? instances
          .filter(({ state, instanceId }) => state === 'running' && !managed.has(instanceId))
          .map(({ instanceId }) => instanceId)
      : [],
  };
}

/**
 * Compute Optimizer judges editions by CloudWatch Application Insights.
 *
 * @see https://docs.aws.amazon.com/compute-optimizer/latest/ug/view-license-recommendations.html
 */
function withoutMetrics(machines: readonly Machine[]): MachineGap {
  const silent = machines.flatMap(({ instance, evidence: { license } }) =>
    license?.finding === 'insufficient-metrics'
      ? [{ id: instance.instanceId, reasons: license.reasons }]
      : [],
  );
  const reasons = new Set(silent.flatMap((machine) => machine.reasons));
  return {
    source: 'application-insights',
    enable: 'applicationinsights:CreateApplication',
    shows: ['downgrade-edition'],
    error: reasons.size === 0 ? null : [...reasons].toSorted().join(', '),
    machines: silent.map(({ id }) => id),
  };
}
