import type { HostType } from '#domain/consolidation/consolidation-problem.ts';
import { entryFor } from '#domain/estate/shard-index.ts';
import type { ProductId } from '#domain/licenses/product.ts';
import type { PricedHost } from '#domain/optimization/attribution.ts';
import type { MachineChoices } from '#domain/optimization/estate-program.ts';
import type { HostDraw } from '#domain/optimization/estate-rights.ts';
import type { HostChoice } from '#domain/optimization/host-choices.ts';
import type { ChosenHost } from '#domain/optimization/optimized-estate.ts';
import { scopeKey } from '#domain/scope.ts';

/** Rights that a host is licensed whole for, in order of their ids. */
export type CoverSet = readonly { readonly rightId: string; readonly units: number }[];

/** The hosts that a program may use. */
export interface ProgramHosts {
  readonly types: readonly HostType[];
  /** What hosts of a family may be licensed for whole in an account and Region; nothing among them. */
  setsOf(scope: string, family: string): readonly CoverSet[];
  idOf(scope: string, family: string, covers: CoverSet): string;
}

/** A right that hosts may be licensed whole for. */
interface Cover {
  readonly rightId: string;
  readonly product: ProductId;
  readonly units: number;
}

/** A family of hosts in an account and Region. */
interface Family {
  readonly scope: string;
  readonly host: HostChoice;
  /** By right. */
  readonly covers: Map<string, Cover>;
}

/** Host types for every family and every set of rights that some machine could share there. */
export function programHosts(choices: readonly MachineChoices[], mostNew: number): ProgramHosts {
  const families = new Map<string, Family>();
  for (const { machine, hosted } of choices) {
    const scope = scopeKey(machine.scope);
    for (const { host, draws } of hosted) {
      const family = { scope, host, covers: new Map<string, Cover>() };
      addCovers(entryFor(families, `${scope} ${host.family}`, () => family).covers, draws);
    }
  }
  const found = [...families].map(([key, { scope, host, covers }]) => {
    const sets = coverSets([...covers.values()]);
    return { key, sets, types: sets.map((set) => hostType(scope, host, set, mostNew)) };
  });
  const sets = new Map(found.map((one) => [one.key, one.sets]));
  return {
    types: found.flatMap(({ types }) => types),
    setsOf: (scope, family) => sets.get(`${scope} ${family}`) ?? [],
    idOf,
  };
}

function addCovers(known: Map<string, Cover>, draws: readonly HostDraw[]): void {
  for (const { rightId, line, whole } of draws) {
    if (whole !== null) known.set(rightId, { rightId, product: line.product, units: whole });
  }
}

/** Of each product one right or none: a host is not licensed twice for one product. */
function coverSets(covers: readonly Cover[]): readonly CoverSet[] {
  const sorted = covers.toSorted((a, b) => (a.rightId < b.rightId ? -1 : 1));
  let sets: readonly CoverSet[] = [[]];
  for (const rights of Map.groupBy(sorted, ({ product }) => product).values()) {
    const more = rights.flatMap(({ rightId, units }) =>
      sets.map((set) => [...set, { rightId, units }]),
    );
    sets = [...sets, ...more];
  }
  return sets;
}

function idOf(scope: string, family: string, covers: CoverSet): string {
  return [scope, family, ...covers.map(({ rightId }) => rightId)].join(' + ');
}

function hostType(
  scope: string,
  { family, packing, micros, existing }: HostChoice,
  covers: CoverSet,
  mostNew: number,
): HostType {
  return {
    id: idOf(scope, family, covers),
    family: `${scope} ${family}`,
    micros: micros ?? 0,
    uses: covers,
    compartments: packing.compartments,
    sizes: [...new Set(packing.sizes.values())].toSorted((a, b) => a - b),
    existing: existing.map((host) => ({
      hostId: host.hostId,
      zone: `${scope}/${host.availabilityZone}`,
      micros: host.micros,
    })),
    mostNew: micros === null ? 0 : mostNew,
  };
}

/** Hosts with what they cost. */
export interface HostPricing {
  /** Those that the program may keep or give back, as they are now. */
  readonly before: readonly PricedHost[];
  priceOf(host: ChosenHost): PricedHost;
}

/** The prices of every host that the choices speak of. */
export function hostPricing(choices: readonly MachineChoices[]): HostPricing {
  const families = new Map<string, Pick<PricedHost, 'family' | 'hardware' | 'micros'>>();
  const before = new Map<string, PricedHost>();
  for (const { machine, hosted } of choices) {
    const scope = scopeKey(machine.scope);
    for (const { host } of hosted) {
      const { family, hardware } = host;
      families.set(`${scope} ${family}`, { family, hardware, micros: host.micros ?? 0 });
      for (const { hostId, availabilityZone, micros } of host.existing) {
        const zone = `${scope}/${availabilityZone}`;
        const priced = { ref: hostId, isNew: false, zone, family, micros };
        before.set(hostId, { ...priced, hardware: { ...hardware, id: hostId } });
      }
    }
  }
  return {
    before: [...before.values()],
    priceOf({ ref, isNew, planned: { zone, hostTypeId } }) {
      const known = before.get(ref);
      if (known !== undefined) return known;
      const [scopeOfType = '', family = ''] = hostTypeId.split(' + ');
      const host = families.get(`${scopeOfType} ${family}`);
      if (host === undefined) throw new Error(`The plan has a host of no family: ${hostTypeId}`);
      return { ...host, ref, isNew, zone, hardware: { ...host.hardware, id: ref } };
    },
  };
}
