import type { Deployment } from '#domain/estate/deployment.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { append, hostOf, shardIndex } from '#domain/estate/shard-index.ts';
import type { Machine, MachineEvidence } from '#domain/optimization/machine.ts';
import { setupOf } from '#domain/optimization/setup.ts';

const LASTING: ReadonlySet<Instance['state']> = new Set(['running', 'stopped']);

/**
 * The instances of a shard that run licensed software. What an Auto Scaling group or a Spot request
 * made is left out: it is changed where it is made.
 *
 * @param found of each instance, as position counts it
 * @param elsewhere evidence that is kept in another shard: Cost Explorer's and the Hub's
 */
export function machinesOf(
  shard: InventoryShard,
  found: readonly Deployment[],
  elsewhere: Pick<InventoryShard, 'rightsizing' | 'hubFindings'>,
): readonly Machine[] {
  const index = shardIndex(shard);
  const deployments = new Map<string, Deployment[]>();
  for (const deployment of found) {
    if (deployment.on.kind === 'instance') append(deployments, deployment.on.id, deployment);
  }
  const images = new Map(shard.images.map((image) => [image.imageId, image]));
  const evidenceOf = evidenceIn(shard, elsewhere);
  return shard.instances.flatMap((instance) => {
    const own = deployments.get(instance.instanceId) ?? [];
    const type = index.types.get(instance.instanceType);
    const [first] = own;
    if (first === undefined || type === undefined || !isOurs(instance)) return [];
    return [
      {
        scope: { account: shard.account, region: shard.region },
        instance,
        type,
        image: images.get(instance.imageId) ?? null,
        host: hostOf(index, instance),
        deployments: own,
        environment: first.environment,
        setup: setupOf(instance, own),
        evidence: evidenceOf(instance.instanceId),
      },
    ];
  });
}

function isOurs({ state, spot, tags }: Instance): boolean {
  return LASTING.has(state) && !spot && !Object.hasOwn(tags, 'aws:autoscaling:groupName');
}

/** Evidence by instance. */
function evidenceIn(
  { utilization, computeFindings, licenseFindings, sqlHaStates }: InventoryShard,
  { rightsizing, hubFindings }: Pick<InventoryShard, 'rightsizing' | 'hubFindings'>,
): (instanceId: string) => MachineEvidence {
  const measured = byInstance(utilization);
  const compute = byInstance(computeFindings);
  const license = byInstance(licenseFindings);
  const sqlHa = byInstance(sqlHaStates);
  const costs = byInstance(rightsizing);
  const hub = new Map(hubFindings.map((finding) => [finding.resourceId, finding]));
  return (instanceId) => ({
    utilization: measured.get(instanceId) ?? null,
    compute: compute.get(instanceId) ?? null,
    license: license.get(instanceId) ?? null,
    rightsizing: costs.get(instanceId) ?? null,
    hub: hub.get(instanceId) ?? null,
    sqlHa: sqlHa.get(instanceId) ?? null,
  });
}

function byInstance<Item extends { readonly instanceId: string }>(
  items: readonly Item[],
): ReadonlyMap<string, Item> {
  return new Map(items.map((item) => [item.instanceId, item]));
}
