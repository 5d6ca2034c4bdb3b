import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { Instance } from '#domain/estate/instance.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { entryFor, shardIndex } from '#domain/estate/shard-index.ts';
import type { MachineChoices } from '#domain/optimization/estate-program.ts';
import type { EstateRights } from '#domain/optimization/estate-rights.ts';
import { mayChange, mayMove, mayTouch } from '#domain/optimization/goals.ts';
import { isBoundToHost } from '#domain/optimization/host-affinity.ts';
import { type HostChoice, hostChoices } from '#domain/optimization/host-choices.ts';
import type { KindContext, MachineKind } from '#domain/optimization/kind.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import { aloneChoices, hostedChoices } from '#domain/optimization/machine-options.ts';
import type { OptimizationSettings } from '#domain/optimization/optimization-settings.ts';
import type { Scenario } from '#domain/optimization/scenario.ts';
import { setupHourlyPrice } from '#domain/optimization/setup-price.ts';
import { usefulChoices } from '#domain/optimization/useful-choices.ts';
import { type Way, waysOf } from '#domain/optimization/ways.ts';
import { scopeKey } from '#domain/scope.ts';

/** Why a machine stays as it is, whatever would be cheaper. */
export type WhyFixed =
  /** No price, or no size, is known of it as it is now: nothing can be compared. */
  | 'price-unknown'
  /** Its Dedicated Host has something on it that cannot be moved or counted. */
  | 'host-shared'
  /** It is stopped, and its host may be full when it starts again. */
  | 'stopped-on-host'
  /** Its licenses stay on its host for so many days. */
  | 'affinity';

export interface FixedMachine {
  readonly machine: Machine;
  readonly why: WhyFixed;
}

/** What may become of every machine, and which ones stay as they are. */
export interface EstateChoices {
  readonly choices: readonly MachineChoices[];
  readonly fixed: readonly FixedMachine[];
}

/** What choices are looked for with. */
export interface ChoosingQuestion {
  readonly shard: InventoryShard;
  readonly machines: readonly Machine[];
  readonly rights: EstateRights;
  readonly kinds: readonly MachineKind[];
  readonly settings: OptimizationSettings;
  readonly scenario: Scenario;
  readonly now: Date;
}

/** Everything that may become of the machines of one account and Region. */
export function estateChoices(question: ChoosingQuestion): EstateChoices {
  const { shard, machines, settings } = question;
  const hosts = hostChoices(shard, settings.families);
  const context = contextOf(question);
  const found = new Map(
    machines.map((machine) => [
      machine.instance.instanceId,
      choicesOf(machine, question, context, hosts),
    ]),
  );
  const blocked = blockedHosts(question, found);
  const choices: MachineChoices[] = [];
  const fixed: FixedMachine[] = [];
  for (const machine of machines) {
    const own = found.get(machine.instance.instanceId) ?? null;
    const why = whyStopped(machine) ?? blocked.get(machine.host?.hostId ?? '');
    if (why === undefined && own !== null) choices.push(own);
    else fixed.push({ machine, why: why ?? 'price-unknown' });
  }
  return { choices: withoutHosts(choices, blocked), fixed };
}

function whyStopped({ host, setup }: Machine): WhyFixed | undefined {
  return host !== null && !setup.running ? 'stopped-on-host' : undefined;
}

function withoutHosts(
  choices: readonly MachineChoices[],
  blocked: ReadonlyMap<string, WhyFixed>,
): readonly MachineChoices[] {
  const open = new Map<HostChoice, HostChoice>();
  const openOf = (host: HostChoice) =>
    entryFor(open, host, () => ({
      ...host,
      existing: host.existing.filter(({ hostId }) => !blocked.has(hostId)),
    }));
  return choices.map((one) => ({
    ...one,
    hosted: one.hosted.map((choice) => ({ ...choice, host: openOf(choice.host) })),
  }));
}

/** `null`: what it costs now is not among the choices, so that nothing can be compared. */
function choicesOf(
  machine: Machine,
  { shard, rights, kinds, scenario }: ChoosingQuestion,
  context: KindContext,
  hosts: readonly HostChoice[],
): MachineChoices | null {
  const { instance, scope } = machine;
  if (instance.availabilityZone === null) return null;
  const zone = `${scopeKey(scope)}/${instance.availabilityZone}`;
  const touchable = mayTouch(machine, scenario);
  const ways: readonly Way[] = touchable
    ? waysOf(machine, kinds, context, (change) => mayChange(change, scenario))
    : [{ setup: machine.setup, changes: [] }];
  const options = { shard, rights, hosts: touchable && mayMove(scenario) ? hosts : [] };
  const alone = aloneChoices(machine, ways, options);
  const hosted = hostedChoices(machine, ways, options);
  const all = { machine, zone, alone, hosted, apart: groupOf(machine) };
  return isComparable(machine, all) ? usefulChoices(all) : null;
}

function isComparable({ host }: Machine, { alone, hosted }: MachineChoices): boolean {
  if (host === null) return alone.some(({ way }) => way.changes.length === 0);
  return hosted.some(
    ({ way, host: { existing } }) =>
      way.changes.length === 0 && existing.some(({ hostId }) => hostId === host.hostId),
  );
}

/** Replicas of one group never share a host. */
function groupOf({ instance: { tags }, scope }: Machine): string | null {
  const group = Object.hasOwn(tags, 'ha:group') ? tags['ha:group']?.trim() : undefined;
  return group ? `${scopeKey(scope)} ${group}` : null;
}

/** Hosts with licenses that stay there, or with anything on them that no choice is made for. */
function blockedHosts(
  { shard, now, scenario }: ChoosingQuestion,
  found: ReadonlyMap<string, MachineChoices | null>,
): ReadonlyMap<string, WhyFixed> {
  const { onHost } = shardIndex(shard);
  const isMovable = (id: string) => found.get(id)?.machine.setup.running === true;
  const blocked = new Map<string, WhyFixed>();
  for (const host of shard.hosts) {
    const everybody = everybodyOn(host, onHost);
    const isKept = everybody.length === 0 && scenario.without.includes('release-host');
    if (isBoundToHost(host, shard, now)) blocked.set(host.hostId, 'affinity');
    else if (isKept || !everybody.every(isMovable)) blocked.set(host.hostId, 'host-shared');
  }
  return blocked;
}

/** Those that run there, and those that are stopped and will want to start there again. */
function everybodyOn(
  { hostId, instanceIds }: DedicatedHost,
  onHost: ReadonlyMap<string, readonly Instance[]>,
): readonly string[] {
  const seen = (onHost.get(hostId) ?? []).filter(({ state }) => state !== 'terminated');
  return [...instanceIds, ...seen.map(({ instanceId }) => instanceId)];
}

function contextOf({ shard, rights, settings, now }: ChoosingQuestion): KindContext {
  const { types } = shardIndex(shard);
  return {
    settings,
    types,
    termsOf: (product, edition, machine) => rights.termsFor(machine, product, edition),
    hourlyPrice: (machine, setup) => setupHourlyPrice(machine, setup, shard),
    requiredUnits: (machine, setup, product) => {
      const host = setup.tenancy === 'host' ? machine.host : null;
      const hardware = host && { id: host.hostId, sockets: host.sockets, cores: host.cores };
      const draws = rights.drawsOf([{ machine, setup, host: hardware }]);
      if (draws === null) return null;
      return draws
        .filter(({ line }) => line.product === product)
        .reduce((sum, { units }) => sum + units, 0);
    },
    now,
  };
}
