import type { DeployedOn, Deployment } from '#domain/deployment.ts';

/** Items with the same key; never empty. */
export interface Group<Item> {
  readonly first: Item;
  readonly all: readonly Item[];
}

/** One edition on one machine: what is installed there twice is licensed once. */
export type Machine = Group<Deployment>;

/** One edition on one Dedicated Host or server, or on a machine by itself. */
export type Host = Group<Machine>;

/**
 * What draws on licenses of the company's own, by machine and edition: neither what the hourly price
 * or a marketplace covers, nor what is free. What nobody is known to pay for counts.
 */
export function machinesOf(
  deployments: readonly Deployment[],
  keyOf: (deployment: Deployment) => string = machineKey,
): readonly Machine[] {
  const brought = deployments.filter(
    ({ licensing }) => licensing === 'byol' || licensing === 'unknown',
  );
  return grouped(brought, (deployment) => `${keyOf(deployment)} ${deployment.edition}`);
}

/** Machines by what they run on. */
export function hostsOf(machines: readonly Machine[]): readonly Host[] {
  return grouped(
    machines,
    ({ first }) => `${first.on.compute.host?.id ?? machineKey(first)} ${first.edition}`,
  );
}

/** Every resource of these deployments once. */
export function resourcesOf(deployments: readonly Deployment[]): readonly DeployedOn[] {
  return grouped(deployments, ({ on }) => resourceKey(on)).map(({ first }) => first.on);
}

/** Tells machines apart; a database's standby is one of its own under the database's name. */
export function machineKey({ on, role }: Deployment): string {
  const key = resourceKey(on);
  return on.kind === 'database' && role === 'passive' ? `${key} standby` : key;
}

function resourceKey({ arn, account, region, id }: DeployedOn): string {
  return arn ?? `${account}/${region}/${id}`;
}

function grouped<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
): readonly Group<Item>[] {
  const groups = new Map<string, { first: Item; all: Item[] }>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: item, all: [item] });
    else group.all.push(item);
  }
  return [...groups.values()];
}
