import type { DeployedOn, Deployment } from '#domain/estate/deployment.ts';

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
  return grouped(brought, ({ edition }) => edition, keyOf);
}

/** Machines by what they run on, as far as that is known. */
export function hostsOf(machines: readonly Machine[]): readonly Host[] {
  return grouped(
    machines,
    ({ first }) => first.edition,
    ({ first }) => first.on.compute.host?.id ?? null,
  );
}

/** Every resource of these deployments once. */
export function resourcesOf(deployments: readonly Deployment[]): readonly DeployedOn[] {
  const [only, another] = deployments;
  if (only !== undefined && another === undefined) return [only.on];
  return [...new Map(deployments.map(({ on }) => [resourceKey(on), on])).values()];
}

/** Tells machines apart; a database's standby is one of its own under the database's name. */
export function machineKey({ on, role }: Deployment): string {
  const key = resourceKey(on);
  return on.kind === 'database' && role === 'passive' ? `${key} standby` : key;
}

function resourceKey({ arn, account, region, id }: DeployedOn): string {
  return arn ?? `${account}/${region}/${id}`;
}

/** Items of one edition and key together; those without a key each on its own. */
function grouped<Item>(
  items: readonly Item[],
  editionOf: (item: Item) => string | null,
  keyOf: (item: Item) => string | null,
): readonly Group<Item>[] {
  const groups: Group<Item>[] = [];
  const editions = new Map<string | null, Map<string, Item[]>>();
  for (const first of items) {
    const key = keyOf(first);
    const edition = editionOf(first);
    const known = editions.get(edition) ?? new Map<string, Item[]>();
    const group = key === null ? undefined : known.get(key);
    if (group !== undefined) {
      group.push(first);
      continue;
    }
    const all = [first];
    groups.push({ first, all });
    if (key !== null) editions.set(edition, known.set(key, all));
  }
  return groups;
}
