import type { Evidence } from '#domain/estate/deployment.ts';
import type { Instance } from '#domain/estate/instance.ts';
import { tagValue } from '#domain/software/resource-marks.ts';

const CLUSTER_KEY = 'kubernetes.io/cluster/';
const CLUSTER_NODE = 'Kubernetes node: derived, not tracked by License Manager';

/**
 * The cluster of which an instance is a node, as evidence: what its pods run is not known.
 *
 * @see https://docs.aws.amazon.com/eks/latest/userguide/eks-using-tags.html (2026-11)
 */
export function clusterNode(tags: Instance['tags']): Evidence | null {
  const name = tagValue(tags, 'eks:cluster-name') ?? selfManagedCluster(tags);
  return name === null ? null : { source: CLUSTER_NODE, text: name };
}

function selfManagedCluster(tags: Instance['tags']): string | null {
  for (const key in tags) {
    if (key.startsWith(CLUSTER_KEY)) return key.slice(CLUSTER_KEY.length);
  }
  return null;
}
