import type { DeployedOn, Deployment, PhysicalHost } from '#domain/estate/deployment.ts';
import { entryFor, shardIndex } from '#domain/estate/shard-index.ts';
import type { LicenseTerms } from '#domain/licenses/license-terms.ts';
import type { LicenseMetric } from '#domain/licenses/product.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { Setup } from '#domain/optimization/recommendation.ts';
import { deploymentsIn } from '#domain/optimization/setup.ts';
import { type LicensePool, licensePools } from '#domain/positioning/license-pools.ts';
import { type PoolChoice, poolChoice } from '#domain/positioning/pool-choice.ts';
import type { Knowledge, PositionInput } from '#domain/positioning/position-input.ts';
import {
  type AskTerms,
  addToGroup,
  askTerms,
  countingArns,
  groupsOf,
  type ProductGroups,
} from '#domain/positioning/product-groups.ts';
import { type ShardView, shardView } from '#domain/positioning/shard-view.ts';
import { linesOf } from '#domain/positioning/terms-cells.ts';
import { termsOf } from '#domain/positioning/terms-of.ts';
import { type LineKey, lineText } from '#domain/positioning/terms-tally.ts';
import { scopeKey } from '#domain/scope.ts';

/** A machine in a setup, on a host or on none. */
export interface Placed {
  readonly machine: Machine;
  readonly setup: Setup;
  readonly host: PhysicalHost | null;
}

/** Units that something draws on one line of a pool. */
export interface RightDraw {
  readonly rightId: string;
  readonly pool: LicensePool | null;
  readonly line: LineKey;
  readonly units: number;
}

/** What machines on a host draw on one right. */
export interface HostDraw extends RightDraw {
  /** Of each machine, where its host is not licensed whole; `null`: it has to be. */
  readonly each: number | null;
  /** Of the whole host for any number of machines; `null`: it cannot be licensed whole. */
  readonly whole: number | null;
}

/** Which rights an estate's machines draw on, by the vendors' rules that positions are made by. */
export interface EstateRights {
  readonly pools: readonly LicensePool[];
  /** Everything licensed that runs in a shard, with editions as positions see them. */
  deployments(scope: string): readonly Deployment[];
  /** What these draw together, machines of one host among them; `null` where some size is not known. */
  drawsOf(placed: readonly Placed[]): readonly RightDraw[] | null;
  /** How a host's machines like this one draw on rights; `null` where that is not a sum over them. */
  hostDrawsOf(placed: Placed & { readonly host: PhysicalHost }): readonly HostDraw[] | null;
  /** ARNs of the configurations in the machine's account and Region that count a product of this edition. */
  configurationsFor(machine: Machine, product: string, edition: string | null): readonly string[];
  /** The rights under which a product of this edition would run on a machine. */
  termsFor(machine: Machine, product: string, edition: string | null): LicenseTerms;
}

/** One line of a pool, or of no pool, as rights are told apart. */
export function rightIdOf(pool: Pick<LicensePool, 'id'> | null, line: LineKey): string {
  return `${pool?.id ?? ''} ${lineText(line)}`;
}

/** What rights are found with. */
interface Book {
  readonly views: ReadonlyMap<string, ShardView>;
  /** Pools that deployments draw on now, by resource, product and edition. */
  readonly chosen: ReadonlyMap<string, LicensePool | null>;
  /** Pools that others on a host draw on, by host, product and edition. */
  readonly onHosts: ReadonlyMap<string, LicensePool | null>;
  /** Products that some deployment draws on a pool for. */
  readonly pooled: ReadonlySet<string>;
  readonly choose: PoolChoice;
  readonly ask: AskTerms;
}

export function estateRights(knowledge: Knowledge, input: PositionInput): EstateRights {
  const shards = [...input.shards];
  const configurations = new Map(
    shards.flatMap((shard) => shard.configurations.map((one) => [one.arn, one] as const)),
  );
  const pools = licensePools([...configurations.values()], input.register.entitlements, input.now);
  const choose = poolChoice(pools, input.now);
  const estate = { pools, configurations, catalog: knowledge.catalog };
  const views = new Map(
    shards.map((shard) => [
      scopeKey(shard),
      shardView(shard, knowledge.deploymentsOf(shard), estate),
    ]),
  );
  const chosen = new Map<string, LicensePool | null>();
  const onHosts = new Map<string, LicensePool | null>();
  const pooled = new Set<string>();
  const found = new Map<string, readonly Deployment[]>();
  for (const [scope, view] of views) {
    const groups = [...groupsOf(view, choose).values()];
    for (const { product, deployments, pool } of groups) {
      if (pool !== null) pooled.add(product);
      for (const deployment of deployments.filter(isBrought)) {
        const { edition, on } = deployment;
        chosen.set(keyOf(deployment), pool);
        onHosts.set(hostKeyOf(on.compute.host?.id ?? null, product, edition), pool);
      }
    }
    found.set(
      scope,
      groups.flatMap(({ deployments }) => deployments),
    );
  }
  const hostDraws = new Map<string, readonly HostDraw[] | null>();
  const ask = askTerms(knowledge.terms, input.now);
  const book: Book = { views, chosen, onHosts, pooled, choose, ask };
  return {
    pools: pools.all,
    deployments: (scope) => found.get(scope) ?? [],
    drawsOf: (placed) => drawsOf(book, placed),
    hostDrawsOf: (placed) =>
      joinsOthers(book, placed)
        ? null
        : entryFor(hostDraws, hostDrawsKey(book, placed), () => hostDrawsOf(book, placed)),
    configurationsFor: ({ scope, ...machine }, product, edition) =>
      (poolOf(book, { scope, ...machine }, product, edition)?.configurations ?? [])
        .filter(({ account, region }) => account === scope.account && region === scope.region)
        .map(({ arn }) => arn),
    termsFor: (machine, product, edition) =>
      termsOf(poolOf(book, machine, product, edition), product, input.now),
  };
}

function keyOf({
  product,
  edition,
  on,
}: Pick<Deployment, 'product' | 'edition'> & {
  readonly on: Pick<DeployedOn, 'account' | 'region' | 'id'>;
}): string {
  return JSON.stringify([on.account, on.region, on.id, product, edition]);
}

/** It draws on licenses of the company's own. What nobody is known to pay for does. */
function isBrought({ licensing }: Pick<Deployment, 'licensing'>): boolean {
  return licensing === 'byol' || licensing === 'unknown';
}

function hostKeyOf(hostId: string | null, product: string, edition: string | null): string {
  return JSON.stringify([hostId, product, edition]);
}

/** As it is now where the edition stays; else with what its host is licensed for; else as it would be chosen. */
function poolOf(
  book: Book,
  machine: Pick<Machine, 'scope' | 'instance'>,
  product: string,
  edition: string | null,
): LicensePool | null {
  const on = { ...machine.scope, id: machine.instance.instanceId };
  const now = book.chosen.get(keyOf({ product, edition, on }));
  if (now !== undefined) return now;
  const { hostId } = machine.instance;
  const shared =
    hostId === null ? undefined : book.onHosts.get(hostKeyOf(hostId, product, edition));
  return shared ?? ownPoolOf(book, machine, product, edition);
}

/** By itself, whatever is on its host. */
function ownPoolOf(
  { views, choose }: Book,
  { scope, instance }: Pick<Machine, 'scope' | 'instance'>,
  product: string,
  edition: string | null,
): LicensePool | null {
  const view = views.get(scopeKey(scope));
  const configurationArns =
    view === undefined ? [] : countingArns(view, instance.instanceId, product);
  return choose({ product, edition, account: scope.account, configurationArns });
}

/** What no pool takes joins whatever is on its host, so that what it draws there depends on the others. */
function joinsOthers(book: Book, { machine, setup }: Placed): boolean {
  return setup.products.some(
    ({ product, edition, licensing }) =>
      isBrought({ licensing }) &&
      book.pooled.has(product) &&
      ownPoolOf(book, machine, product, edition) === null,
  );
}

/** Counts people alone: what a machine is like changes nothing of them. Named users have a minimum by processors. */
const BY_PEOPLE: LicenseMetric = 'user';

function drawsOf(book: Book, placed: readonly Placed[]): readonly RightDraw[] | null {
  const draws = new Map<string, RightDraw>();
  for (const { pool, requirement } of requirementsOf(book, placed)) {
    const { units, product, edition, metric } = requirement;
    if (units === null) return null;
    const line = linesOf(pool)({ product, edition, metric });
    const rightId = rightIdOf(pool, line);
    const known = draws.get(rightId)?.units ?? 0;
    draws.set(rightId, { rightId, pool, line, units: known + units });
  }
  return [...draws.values()].filter(({ units }) => units > 0);
}

function requirementsOf(book: Book, placed: readonly Placed[]) {
  return [...groupsOfPlaced(book, placed).values()].flatMap(({ product, pool, deployments }) =>
    book
      .ask({ product, pool }, deployments)
      .filter(({ metric }) => metric !== BY_PEOPLE)
      .map((requirement) => ({ pool, requirement })),
  );
}

function groupsOfPlaced(book: Book, placed: readonly Placed[]): ProductGroups {
  const groups: ProductGroups = new Map();
  for (const [copy, { machine, setup, host }] of placed.entries()) {
    const view = book.views.get(scopeKey(machine.scope));
    if (view === undefined) continue;
    const { types } = shardIndex(view.shard);
    for (const deployment of deploymentsIn(machine, setup, types, host)) {
      const { product, edition, on } = deployment;
      const own = {
        ...deployment,
        on: { ...on, id: `${on.id}#${copy}`, arn: `${on.arn}#${copy}` },
      };
      addToGroup(groups, own, poolOf(book, machine, product, edition), []);
    }
  }
  return groups;
}

/** The same for all that rules and pools cannot tell apart. */
function hostDrawsKey(
  book: Book,
  { machine, setup, host }: Placed & { readonly host: PhysicalHost },
): string {
  const view = book.views.get(scopeKey(machine.scope));
  const types = view === undefined ? new Map() : shardIndex(view.shard).types;
  const told = deploymentsIn(machine, setup, types, null).map(({ on, evidence: _, ...rest }) => [
    rest,
    on.compute,
    poolOf(book, machine, rest.product, rest.edition)?.id,
  ]);
  return JSON.stringify([told, host.sockets, host.cores]);
}

/**
 * Asked of one machine and of as many as there are cores, and half as many: what stays the same for more
 * of them licenses the host, what grows evenly licenses each. What does neither, such as Windows Server
 * Standard for every two machines, cannot be added up.
 */
function hostDrawsOf(
  book: Book,
  placed: Placed & { readonly host: PhysicalHost },
): readonly HostDraw[] | null {
  const half = Math.max(1, Math.floor(placed.host.cores / 2));
  const one = drawsOf(book, [placed]);
  const many = drawsOf(
    book,
    Array.from({ length: half }, () => placed),
  );
  const more = drawsOf(
    book,
    Array.from({ length: 2 * half }, () => placed),
  );
  if (one === null || many === null || more === null) return null;
  const draws = many.map((draw) =>
    hostDraw(draw, { each: unitsOf(one, draw), more: unitsOf(more, draw), half }),
  );
  return draws.every((draw) => draw !== null) ? draws : null;
}

function unitsOf(draws: readonly RightDraw[], { rightId }: Pick<RightDraw, 'rightId'>): number {
  const own = draws.filter((draw) => draw.rightId === rightId);
  return own.reduce((sum, { units }) => sum + units, 0);
}

function hostDraw(
  draw: RightDraw,
  { each, more, half }: { readonly each: number; readonly more: number; readonly half: number },
): HostDraw | null {
  const { units } = draw;
  if (more === units) return { ...draw, each: each < units ? each : null, whole: units };
  return units === each * half ? { ...draw, each, whole: null } : null;
}

/** Draws of one list after those of another, by right. */
export function addDraws(sums: Map<string, number>, draws: readonly RightDraw[], sign = 1): void {
  for (const { rightId, units } of draws) {
    sums.set(rightId, entryFor(sums, rightId, () => 0) + sign * units);
  }
}

/** What each group draws together, by right; nothing of a group of which some size is not known. */
export function drawnBy(
  { drawsOf: draws }: Pick<EstateRights, 'drawsOf'>,
  groups: Iterable<readonly Placed[]>,
): Map<string, number> {
  const sums = new Map<string, number>();
  for (const placed of groups) addDraws(sums, draws(placed) ?? []);
  return sums;
}
