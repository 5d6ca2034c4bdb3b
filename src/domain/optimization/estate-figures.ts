import type { PricedHost } from '#domain/optimization/attribution.ts';
import type { Placed } from '#domain/optimization/estate-rights.ts';
import { drawnBy } from '#domain/optimization/estate-rights.ts';
import type { EstateFigures, HostFill } from '#domain/optimization/optimization-result.ts';
import type { OptimizedEstate } from '#domain/optimization/optimized-estate.ts';
import type { PreparedOptimization } from '#domain/optimization/prepare-optimization.ts';
import type { HostPricing } from '#domain/optimization/program-hosts.ts';

export interface FiguresContext {
  readonly prepared: PreparedOptimization;
  readonly pricing: HostPricing;
}

/** A machine where it is, or would be. */
interface Seated extends Placed {
  readonly ref: string | null;
  readonly cores: number;
}

/** How things are. Money is what the parts of a plan add up from. */
export function figuresBefore({ prepared, pricing }: FiguresContext): EstateFigures {
  const hosts = new Map(pricing.before.map((host) => [host.ref, host]));
  const seated = prepared.choices.map(({ machine }) => {
    const ref = machine.host?.hostId ?? null;
    const host = hosts.get(ref ?? '')?.hardware ?? null;
    return { machine, setup: machine.setup, host, ref, cores: machine.type.defaultCores };
  });
  return figures(prepared, seated, pricing.before, new Set());
}

/** How things would be. */
export function figuresAfter(
  { prepared, pricing }: FiguresContext,
  { assignments, hosts }: OptimizedEstate,
): EstateFigures {
  const priced = hosts.map((host) => pricing.priceOf(host));
  const hardware = new Map(priced.map((host) => [host.ref, host.hardware]));
  const seated = assignments.map(({ machine: { machine }, chosen, host: ref }) => ({
    machine,
    setup: chosen.kind === 'hosted' ? chosen.choice.setup : chosen.choice.way.setup,
    host: hardware.get(ref ?? '') ?? null,
    ref,
    cores: chosen.kind === 'hosted' ? chosen.choice.cores : 0,
  }));
  const spare = new Set(hosts.filter(({ planned }) => planned.spare).map(({ ref }) => ref));
  return figures(prepared, seated, priced, spare);
}

function figures(
  { rights, programRights }: PreparedOptimization,
  seated: readonly Seated[],
  hosts: readonly PricedHost[],
  spare: ReadonlySet<string>,
): EstateFigures {
  const onHosts = Map.groupBy(seated, ({ ref }) => ref);
  const drawn = drawnBy(rights, onHosts.values());
  return {
    monthly: { micros: 0, currency: 'USD' },
    hosts: hosts.map((host) => fillOf(host, onHosts.get(host.ref) ?? [], spare.has(host.ref))),
    licenses: programRights
      .map(({ line, right }) => {
        const units = drawn.get(right.id) ?? 0;
        const missing = Math.max(0, units - right.owned);
        return { ...line, units: Math.ceil(units), missing: Math.ceil(missing) };
      })
      .filter(({ units }) => units > 0),
  };
}

function fillOf(host: PricedHost, machines: readonly Seated[], spare: boolean): HostFill {
  const [account = '', region = '', availabilityZone = ''] = host.zone.split('/');
  return {
    ref: host.ref,
    isNew: host.isNew,
    account,
    region,
    availabilityZone,
    family: host.family,
    cores: host.hardware.cores,
    usedCores: machines.reduce((sum, { cores }) => sum + cores, 0),
    machines: machines.length,
    spare,
  };
}
