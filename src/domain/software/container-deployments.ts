import type { ContainerTask } from '#domain/estate/container-task.ts';
import type { Compute, DeployedOn, Deployment } from '#domain/estate/deployment.ts';
import type { Scope } from '#domain/scope.ts';
import { type ImageProduct, imageProduct } from '#domain/software/container-images.ts';
import { addEvidence } from '#domain/software/found-software.ts';
import type { ResourceMarks } from '#domain/software/resource-marks.ts';

/** The machine below containers. */
export interface ContainerHost extends ResourceMarks {
  readonly compute: Compute;
  /** Products that are licensed on the machine itself, and so for every container on it. */
  readonly products: ReadonlySet<string>;
}

interface ContainerFacts extends Scope {
  readonly containers: readonly ContainerTask[];
  readonly hosts: ReadonlyMap<string, ContainerHost>;
}

const DERIVED = 'container image: derived, not tracked by License Manager';

/** Tasks of one product and edition on one machine: they share it, so its vCPUs count once. */
interface TaskGroup {
  readonly task: ContainerTask;
  readonly image: ImageProduct;
  vcpus: number | null;
  readonly evidence: { source: string; text: string }[];
}

/**
 * Products in ECS tasks, by their images. Tasks of one product on one machine are one deployment, under
 * the first task: together they have what they reserve, at most the machine. What is licensed on the
 * machine itself is licensed in its containers.
 */
export function containerDeployments(facts: ContainerFacts): readonly Deployment[] {
  const groups = new Map<string, TaskGroup>();
  for (const task of facts.containers) {
    for (const name of new Set(task.images)) {
      const image = imageProduct(name);
      if (image !== null && !isCovered(facts, task, image)) addTask(groups, task, image, name);
    }
  }
  return [...groups.values()].map((group) => deploymentOf(facts, group));
}

function isCovered(
  { hosts }: ContainerFacts,
  { hostId }: ContainerTask,
  { product }: ImageProduct,
) {
  return hosts.get(hostId ?? '')?.products.has(product) ?? false;
}

function addTask(
  groups: Map<string, TaskGroup>,
  task: ContainerTask,
  image: ImageProduct,
  name: string,
): void {
  const key = JSON.stringify([
    task.hostId ?? task.arn,
    image.product,
    image.edition,
    image.licensing,
  ]);
  const evidence = { source: DERIVED, text: name };
  const group = groups.get(key);
  if (group === undefined) {
    groups.set(key, { task, image, vcpus: task.vcpus, evidence: [evidence] });
  } else {
    group.vcpus = group.vcpus === null || task.vcpus === null ? null : group.vcpus + task.vcpus;
    addEvidence(group.evidence, evidence);
  }
}

function deploymentOf(
  facts: ContainerFacts,
  { task, image, vcpus, evidence }: TaskGroup,
): Deployment {
  const host = facts.hosts.get(task.hostId ?? '') ?? null;
  const on: DeployedOn = {
    kind: 'container',
    id: task.taskId,
    arn: task.arn,
    account: facts.account,
    region: facts.region,
    name: task.group ?? task.cluster,
    owner: host?.owner ?? null,
    running: true,
    compute: host === null ? taskCompute(task, vcpus) : shareOf(host.compute, vcpus),
  };
  return {
    ...image,
    on,
    environment: host?.environment ?? null,
    role: host?.role ?? null,
    options: [],
    evidence:
      task.hostId === null
        ? evidence
        : [...evidence, { source: 'container host', text: task.hostId }],
  };
}

/** What tasks may use of a machine: what they reserve, in whole vCPUs, and no more than it has. */
function shareOf(compute: Compute, vcpus: number | null): Compute {
  const { activeVcpus } = compute;
  if (vcpus === null || activeVcpus === null) return compute;
  return { ...compute, activeVcpus: Math.min(Math.ceil(vcpus), activeVcpus) };
}

/** A task whose machine is AWS's, or not known, has what it reserves. */
function taskCompute({ memoryMib }: ContainerTask, vcpus: number | null): Compute {
  const whole = vcpus && Math.ceil(vcpus);
  return {
    placement: 'shared',
    instanceType: null,
    activeVcpus: whole,
    maximumVcpus: whole,
    activeThreadsPerCore: null,
    defaultThreadsPerCore: null,
    memoryMib,
    host: null,
  };
}
