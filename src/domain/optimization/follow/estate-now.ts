import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { entryFor } from '#domain/estate/shard-index.ts';
import { rightCost } from '#domain/optimization/estate-cost.ts';
import { machinesOf } from '#domain/optimization/estate-machines.ts';
import {
  addDraws,
  type EstateRights,
  estateRights,
  type RightDraw,
} from '#domain/optimization/estate-rights.ts';
import type { SubjectFigures } from '#domain/optimization/follow/subject-figures.ts';
import { monthlyHostPrice } from '#domain/optimization/kinds/host-clearing.ts';
import type { Machine, MachineEvidence } from '#domain/optimization/machine.ts';
import { lastSights, shownBy } from '#domain/optimization/migration/sights.ts';
import type { OptimizationSettings } from '#domain/optimization/optimization-settings.ts';
import { type ProgramRight, programRights } from '#domain/optimization/program-rights.ts';
import type { Recommendation, Setup, Subject } from '#domain/optimization/recommendation.ts';
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
  readonly setup: Setup;
  readonly evidence: MachineEvidence;
  /** Machines whose licenses are counted together with its own: those of a host, or itself alone. */
  readonly lot: readonly Machine[];
}

interface Book {
  readonly standing: ReadonlyMap<string, Standing>;
  readonly hosts: ReadonlyMap<string, Host>;
  readonly rights: EstateRights;
  readonly programRights: readonly ProgramRight[];
}

interface Host {
  readonly host: DedicatedHost;
  readonly shard: InventoryShard;
}

/** The same figures as a plan is priced by, of the estate as it is. */
export function estateNow(input: PositionInput, settings: OptimizationSettings): EstateNow {
  const knowledge = knowledgeOf(input.settings);
  const rights = estateRights(knowledge, input);
  const shards = [...input.shards];
  const lots = new Map<string, Machine[]>();
  const standing = shards.flatMap((shard) => standingIn(shard, rights, lots));
  const drawn = new Map<string, number>();
  const draws = [...lots.values()].flatMap((lot) => drawsOf(rights, lot) ?? []);
  addDraws(drawn, draws);
  const book: Book = {
    standing: new Map(standing.map((one) => [one.instance.instanceId, one])),
    hosts: new Map(
      shards.flatMap((shard) => shard.hosts.map((host) => [host.hostId, { host, shard }] as const)),
    ),
    rights,
    programRights: programRights({
      pools: rights.pools,
      position: positionBy(knowledge, input),
      draws: [...new Map(draws.map((draw) => [draw.rightId, draw])).values()],
      drawnNow: drawn,
      purchaseMonths: settings.purchaseMonths,
      now: input.now,
    }),
  };
  return {
    figuresOf: (subjects, since) => figuresOf(book, subjects, since),
    otherwiseThan: (recommendation) => otherwiseThan(book, recommendation),
  };
}

const GONE: ReadonlySet<Instance['state']> = new Set(['shutting-down', 'terminated']);

const NOT_ASKED = { rightsizing: [], hubFindings: [] };

const UNMEASURED: MachineEvidence = {
  utilization: null,
  compute: null,
  license: null,
  rightsizing: null,
  hub: null,
  sqlHa: null,
};

/** @param lots machines of the shard are added to them */
function standingIn(
  shard: InventoryShard,
  rights: EstateRights,
  lots: Map<string, Machine[]>,
): readonly Standing[] {
  const machines = machinesOf(shard, rights.deployments(scopeKey(shard)), NOT_ASKED);
  const byId = new Map(machines.map((machine) => [machine.instance.instanceId, machine]));
  return shard.instances
    .filter(({ state }) => !GONE.has(state))
    .map((instance) => {
      const machine = byId.get(instance.instanceId);
      if (machine === undefined) {
        const setup = setupOf(instance, []);
        return { instance, shard, setup, evidence: UNMEASURED, lot: [] };
      }
      const { host, setup, evidence } = machine;
      const lot = entryFor(lots, host?.hostId ?? instance.instanceId, (): Machine[] => []);
      lot.push(machine);
      return { instance, shard, setup, evidence, lot };
    });
}

function drawsOf(rights: EstateRights, lot: readonly Machine[]): readonly RightDraw[] | null {
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
    ...hostsOf(book, ids, standing, since).map(hostPrice),
    drawn === null ? null : rightsPrice(drawn),
  ];
  const known = prices.filter((micros) => micros !== null);
  const micros = known.reduce((sum, price) => sum + price, 0);
  return {
    monthly: known.length < prices.length ? null : { micros: Math.round(micros), currency: 'USD' },
    licenses: (drawn ?? [])
      .map(({ right: { line }, units }) => ({ ...line, units: Math.round(units) }))
      .filter(({ units }) => units !== 0),
  };
}

function machinePrice({ instance, shard, setup, evidence }: Standing): number | null {
  const hourly = setupHourlyPrice({ instance, evidence }, setup, shard);
  return hourly?.currency === 'USD' ? hourly.micros * HOURS_PER_MONTH : null;
}

/** The subjects' own, and those that were allocated for them; what was there before costs the same with them. */
function hostsOf(
  { hosts }: Book,
  ids: ReadonlySet<string>,
  standing: readonly Standing[],
  since: Date | null,
): readonly Host[] {
  const own = [...ids].flatMap((id) => hosts.get(id) ?? []);
  const under = standing.flatMap(({ instance }) => hosts.get(instance.hostId ?? '') ?? []);
  const allocated = under.filter(
    ({ host: { allocatedAt } }) => since !== null && allocatedAt !== null && allocatedAt > since,
  );
  return [...new Set([...own, ...allocated])];
}

function hostPrice({ host, shard }: Host): number | null {
  if (host.state.startsWith('released')) return 0;
  const price = monthlyHostPrice(shard, host);
  return price?.currency === 'USD' ? price.micros : null;
}

/** Units of a right that would not be drawn without the subjects. */
interface Drawn {
  readonly right: ProgramRight;
  readonly units: number;
}

/** Of every right; `null` where some size is not known. */
function drawnBy(
  { rights, programRights: all }: Book,
  standing: readonly Standing[],
  ids: ReadonlySet<string>,
): readonly Drawn[] | null {
  const drawn = new Map<string, number>();
  for (const lot of new Set(standing.map((one) => one.lot))) {
    const others = lot.filter(({ instance }) => !ids.has(instance.instanceId));
    const [together, without] = [drawsOf(rights, lot), drawsOf(rights, others)];
    if (together === null || without === null) return null;
    addDraws(drawn, together);
    addDraws(drawn, without, -1);
  }
  return all.map((right) => ({ right, units: drawn.get(right.right.id) ?? 0 }));
}

function rightsPrice(drawn: readonly Drawn[]): number {
  return drawn.reduce((sum, { right, units }) => {
    const { drawnNow } = right;
    return sum + rightCost(right, drawnNow) - rightCost(right, drawnNow - units);
  }, 0);
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
    const running = standing.get(id)?.setup.running;
    return running === undefined || change === null || running === change.to.running ? [] : [id];
  });
  return [...new Set([...gone, ...other, ...turned])].toSorted();
}
