import type { DeclaredServer } from '#domain/estate/declared-server.ts';
import type { Compute, DeployedOn, Deployment, Evidence } from '#domain/estate/deployment.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { InventoryShard, ManagedServer } from '#domain/estate/inventory.ts';
import type { LicensingSettings } from '#domain/estate/licensing-settings.ts';
import {
  type ContainerHost,
  containerDeployments,
} from '#domain/software/container-deployments.ts';
import { databaseDeployments } from '#domain/software/database-deployments.ts';
import { isFreeEdition } from '#domain/software/database-engine.ts';
import type { FoundSoftware } from '#domain/software/found-software.ts';
import { instanceSoftware, serverSoftware } from '#domain/software/instance-software.ts';
import { clusterNode } from '#domain/software/kubernetes-cluster.ts';
import { instanceCompute, serverCompute } from '#domain/software/machine-compute.ts';
import { type ResourceMarks, resourceMarks } from '#domain/software/resource-marks.ts';
import { type SoftwareFacts, softwareFacts } from '#domain/software/software-facts.ts';

type MarksOf = (tags: Instance['tags']) => ResourceMarks;

/** A shard with what reading it takes. */
interface Reading {
  readonly shard: InventoryShard;
  readonly facts: SoftwareFacts;
  readonly marksOf: MarksOf;
  /** Machines that containers run on, with what is licensed there; filled while they are read. */
  readonly containerHosts: Map<string, ContainerHost>;
  readonly deployments: Deployment[];
}

const NO_MARKS: ResourceMarks = { owner: null, environment: null, role: null };

/**
 * Every licensed product on every machine of an account and Region that is not terminated, with why we
 * think so. Takes one pass: a million instances are a few seconds.
 */
export function deploymentsOf(
  shard: InventoryShard,
  settings: LicensingSettings,
): readonly Deployment[] {
  const reading: Reading = {
    shard,
    facts: softwareFacts(shard, settings),
    marksOf: resourceMarks(settings),
    containerHosts: new Map(),
    deployments: [],
  };
  const below = new Set(shard.containers.map(({ hostId }) => hostId));
  for (const instance of shard.instances) {
    if (instance.state !== 'terminated') addInstance(reading, instance, below);
  }
  for (const server of shard.managedServers) {
    if (server.id.startsWith('mi-')) addServer(reading, server, below);
  }
  const { account, region, databases, containers } = shard;
  const { facts, marksOf, containerHosts, deployments } = reading;
  return [
    ...deployments,
    ...databaseDeployments({ account, region, databases, types: facts.types, marksOf }),
    ...containerDeployments({ account, region, containers, hosts: containerHosts }),
  ];
}

function addInstance(
  { shard, facts, marksOf, containerHosts, deployments }: Reading,
  instance: Instance,
  below: ReadonlySet<string | null>,
): void {
  const software = instanceSoftware(facts, instance);
  const hasContainers = below.has(instance.instanceId);
  if (software.length === 0 && !hasContainers) return;

  const compute = instanceCompute(facts, instance);
  const marks = marksOf(instance.tags);
  const { instanceId: id, arn, name, tags } = instance;
  const { account, region } = shard;
  const running = instance.state !== 'stopped';
  const { owner } = marks;
  const on: DeployedOn = {
    kind: 'instance',
    id,
    arn,
    account,
    region,
    name,
    owner,
    running,
    compute,
  };
  const cluster = clusterNode(tags);
  for (const each of software) deployments.push(deploymentOf(each, on, marks, cluster));
  if (hasContainers) containerHosts.set(id, containerHost(compute, marks, software));
}

function addServer(
  { shard, facts, containerHosts, deployments }: Reading,
  server: ManagedServer,
  below: ReadonlySet<string | null>,
): void {
  const software = serverSoftware(facts, server);
  const compute = serverCompute(server);
  const on: DeployedOn = {
    kind: 'managed-server',
    id: server.id,
    arn: null,
    account: shard.account,
    region: shard.region,
    name: server.computerName,
    owner: null,
    running: true,
    compute,
  };
  for (const each of software) deployments.push(deploymentOf(each, on, NO_MARKS, null));
  if (below.has(server.id)) {
    containerHosts.set(server.id, containerHost(compute, NO_MARKS, software));
  }
}

function deploymentOf(
  { product, edition, version, licensing, options, evidence }: FoundSoftware,
  on: DeployedOn,
  { environment, role }: ResourceMarks,
  cluster: Evidence | null,
): Deployment {
  return {
    product,
    edition,
    version,
    on,
    licensing,
    environment,
    role,
    options,
    evidence: cluster === null ? evidence : [...evidence, cluster],
  };
}

function containerHost(
  compute: Compute,
  marks: ResourceMarks,
  software: readonly FoundSoftware[],
): ContainerHost {
  return { ...marks, compute, products: new Set(software.map(({ product }) => product)) };
}

/** Servers outside AWS that somebody listed, for what they were listed. */
export function declaredDeployments(servers: readonly DeclaredServer[]): readonly Deployment[] {
  return servers.map(({ product, edition, version, users, environment, ...server }) => ({
    product,
    edition,
    version,
    on: declaredOn(server),
    licensing: isFreeEdition(product, edition) ? 'free' : 'byol',
    environment,
    role: null,
    options: [],
    users,
    evidence: [{ source: 'listed server', text: `${server.name}, listed on ${server.listedOn}` }],
  }));
}

/** Outside AWS there is no account, and the site stands for the Region. */
const NO_ACCOUNT = 'on-premises';

function declaredOn({
  name,
  site,
  owner,
  sockets,
  coresPerSocket,
  vcpus,
}: Pick<
  DeclaredServer,
  'name' | 'site' | 'owner' | 'sockets' | 'coresPerSocket' | 'vcpus'
>): DeployedOn {
  return {
    kind: 'declared-server',
    id: name,
    arn: null,
    account: NO_ACCOUNT,
    region: site,
    name,
    owner,
    running: true,
    compute: {
      placement: 'on-premises',
      instanceType: null,
      activeVcpus: vcpus,
      maximumVcpus: vcpus,
      activeThreadsPerCore: null,
      defaultThreadsPerCore: null,
      memoryMib: null,
      host: { id: name, sockets, cores: sockets * coresPerSocket },
    },
  };
}
