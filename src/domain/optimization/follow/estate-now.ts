import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { append } from '#domain/estate/shard-index.ts';
import { rightCost } from '#domain/optimization/estate-cost.ts';
import { machinesOf } from '#domain/optimization/estate-machines.ts';
import { addDraws, type EstateRights, estateRights } from '#domain/optimization/estate-rights.ts';
import type { SubjectFigures } from '#domain/optimization/follow/subject-figures.ts';
import { monthlyHostPrice } from '#domain/optimization/kinds/host-clearing.ts';
import type { Machine, MachineEvidence } from '#domain/optimization/machine.ts';
import { lastSights, shownBy } from '#domain/optimization/migration/sights.ts';
import type { OptimizationSettings } from '#domain/optimization/optimization-settings.ts';
import { type ProgramRight, programRights } from '#domain/optimization/program-rights.ts';
import type { Recommendation, Subject } from '#domain/optimization/recommendation.ts';
import { setupOf } from '#domain/optimization/setup.ts';
import { HOURS_PER_MONTH, setupHourlyPrice } from '#domain/optimization/setup-price.ts';
import type { PositionInput } from '#domain/positioning/position-input.ts';
import { knowledgeOf, positionBy } from '#domain/positioning/position-report.ts';
import { scopeKey } from '#domain/scope.ts';

/** The estate at one moment, as recommendations are measured by it. */
export interface EstateNow {
  /**
   * What subjects cost and draw; `null` where they are not all machines and hosts.
   *
   * @param since hosts that were allocated after it for the subjects count as theirs
   */
  figuresOf(subjects: readonly Subject[], since: Date | null): SubjectFigures | null;
  /** Machines that are gone, or otherwise than the steps leave them. */
  otherwiseThan(recommendation: Recommendation): readonly string[];
}

/** An instance that is there. */
interface Standing {
  readonly instance: Instance;
  readonly shard: InventoryShard;
  /** `null`: nothing licensed is on it. */
  readonly machine: Machine | null;
}

interface Book {
  readonly standing: ReadonlyMap<string, Standing>;
  readonly hosts: ReadonlyMap<
    string,
    { readonly host: DedicatedHost; readonly shard: InventoryShard }
  >;
  /** Machines whose licenses are counted together: those of a host, or one alone. */
  readonly lots: ReadonlyMap<string, readonly Machine[]>;
  readonly rights: EstateRights;
  readonly programRights: ReadonlyMap<string, ProgramRight>;
}

/** The same figures as a plan is priced by, of the estate as it is. */
export function estateNow(input: PositionInput, settings: OptimizationSettings): EstateNow {
  const knowledge = knowledgeOf(input.settings);
  const rights = estateRights(knowledge, input);
  const shards = [...input.shards];
  const standing = shards.flatMap((shard) => standingIn(shard, rights));
  const lots = new Map<string, Machine[]>();
  for (const { machine } of standing) {
    if (machine !== null) append(lots, lotOf(machine), machine);
  }
  const drawn = new Map<string, number>();
  const drawsOfLots = [...lots.values()].flatMap((lot) => drawsOf(rights, lot) ?? []);
  addDraws(drawn, drawsOfLots);
  const draws = new Map(drawsOfLots.map((draw) => [draw.rightId, draw]));
  const known = programRights({
    pools: rights.pools,
    position: positionBy(knowledge, input),
    draws: [...draws.values()],
    drawnNow: drawn,
    purchaseMonths: settings.purchaseMonths,
    now: input.now,
  });
  const book: Book = {
    standing: new Map(standing.map((one) => [one.instance.instanceId, one])),
    hosts: new Map(
      shards.flatMap((shard) => shard.hosts.map((host) => [host.hostId, { host, shard }] as const)),
    ),
    lots,
    rights,
    programRights: new Map(known.map((one) => [one.right.id, one])),
  };
  return {
    figuresOf: (subjects, since) => figuresOf(book, subjects, since),
    otherwiseThan: (recommendation) => otherwiseThan(book, recommendation),
  };
}

const GONE: ReadonlySet<Instance['state']> = new Set(['shutting-down', 'terminated']);

const NOT_ASKED = { rightsizing: [], hubFindings: [] };

function standingIn(shard: InventoryShard, rights: EstateRights): readonly Standing[] {
  const machines = machinesOf(shard, rights.deployments(scopeKey(shard)), NOT_ASKED);
  const byId = new Map(machines.map((machine) => [machine.instance.instanceId, machine]));
  return shard.instances
    .filter(({ state }) => !GONE.has(state))
    .map((instance) => ({ instance, shard, machine: byId.get(instance.instanceId) ?? null }));
}

function lotOf({ host, instance }: Machine): string {
  return host?.hostId ?? instance.instanceId;
}

function drawsOf(rights: EstateRights, lot: readonly Machine[]) {
  return rights.drawsOf(
    lot.map((machine) => {
      const { host, setup } = machine;
      const hardware = host && { id: host.hostId, sockets: host.sockets, cores: host.cores };
      return { machine, setup, host: hardware };
    }),
  );
}

function figuresOf(
  book: Book,
  subjects: readonly Subject[],
  since: Date | null,
): SubjectFigures | null {
  if (!subjects.every(({ kind }) => kind === 'instance' || kind === 'host')) return null;
  const ids = new Set(subjects.map(({ id }) => id));
  const standing = [...ids].flatMap((id) => book.standing.get(id) ?? []);
  const drawn = drawnBy(book, standing, ids);
  const prices = [
    ...standing.map(machinePrice),
    ...hostIds(book, ids, standing, since).map((id) => hostPrice(book, id)),
    drawn === null ? null : rightsPrice(book, drawn),
  ];
  const known = prices.filter((micros) => micros !== null);
  const micros = known.reduce((sum, price) => sum + price, 0);
  return {
    monthly: known.length < prices.length ? null : { micros: Math.round(micros), currency: 'USD' },
    licenses: [...(drawn ?? [])].flatMap(([rightId, units]) => {
      const line = book.programRights.get(rightId)?.line;
      const whole = Math.round(units);
      return line === undefined || whole === 0 ? [] : [{ ...line, units: whole }];
    }),
  };
}

const UNMEASURED: MachineEvidence = {
  utilization: null,
  compute: null,
  license: null,
  rightsizing: null,
  hub: null,
  sqlHa: null,
};

function machinePrice({ instance, shard, machine }: Standing): number | null {
  const setup = machine?.setup ?? setupOf(instance, []);
  const evidence = machine?.evidence ?? UNMEASURED;
  const hourly = setupHourlyPrice({ instance, evidence }, setup, shard);
  return hourly?.currency === 'USD' ? hourly.micros * HOURS_PER_MONTH : null;
}

/** The subjects' own, and those that were allocated for them; what was there before costs the same with them. */
function hostIds(
  { hosts }: Book,
  ids: ReadonlySet<string>,
  standing: readonly Standing[],
  since: Date | null,
): readonly string[] {
  const isNew = (id: string) => {
    const allocatedAt = hosts.get(id)?.host.allocatedAt ?? null;
    return since !== null && allocatedAt !== null && allocatedAt > since;
  };
  const under = standing.flatMap(({ instance }) => instance.hostId ?? []).filter(isNew);
  return [...new Set([...ids, ...under])].filter((id) => hosts.has(id));
}

function hostPrice({ hosts }: Book, id: string): number | null {
  const known = hosts.get(id);
  if (known === undefined || known.host.state.startsWith('released')) return 0;
  const price = monthlyHostPrice(known.shard, known.host);
  return price?.currency === 'USD' ? price.micros : null;
}

/** By right, what would not be drawn without the subjects; `null` where some size is not known. */
function drawnBy(
  { lots, rights }: Book,
  standing: readonly Standing[],
  ids: ReadonlySet<string>,
): ReadonlyMap<string, number> | null {
  const drawn = new Map<string, number>();
  const names = new Set(
    standing.flatMap(({ machine }) => (machine === null ? [] : lotOf(machine))),
  );
  for (const name of names) {
    const lot = lots.get(name) ?? [];
    const others = lot.filter(({ instance }) => !ids.has(instance.instanceId));
    const [all, without] = [drawsOf(rights, lot), drawsOf(rights, others)];
    if (all === null || without === null) return null;
    addDraws(drawn, all);
    addDraws(drawn, without, -1);
  }
  return drawn;
}

function rightsPrice(book: Book, drawn: ReadonlyMap<string, number>): number {
  let micros = 0;
  for (const [rightId, units] of drawn) {
    const right = book.programRights.get(rightId);
    const now = right?.drawnNow ?? 0;
    micros += rightCost(right, now) - rightCost(right, now - units);
  }
  return micros;
}

function otherwiseThan(
  { standing }: Book,
  { subjects, steps, change }: Recommendation,
): readonly string[] {
  const gone = subjects
    .filter(({ kind, id }) => kind === 'instance' && !standing.has(id))
    .map(({ id }) => id);
  const other = lastSights(steps).flatMap(({ of, see, is }) => {
    const instance = standing.get(of)?.instance;
    return instance === undefined || shownBy(instance, see) === is ? [] : [of];
  });
  const turned = subjects.flatMap(({ id }) => {
    const now = standing.get(id)?.instance;
    if (change === null || now === undefined) return [];
    return setupOf(now, []).running === change.to.running ? [] : [id];
  });
  return [...new Set([...gone, ...other, ...turned])].toSorted();
}
