import type {
  ConsolidationProblem,
  HostedOption,
  HostType,
  Use,
} from '#domain/consolidation/consolidation-problem.ts';

interface Host {
  readonly type: HostType;
  readonly zone: string;
  readonly hostId: string | null;
  readonly loads: number[];
  readonly groups: (string | null)[];
}

/** What the cheapest plan costs, found by trying all of them one machine after another; `Infinity`: there is none. */
export function cheapestByTrying(problem: ConsolidationProblem): number {
  const machines = problem.workloads.flatMap((workload) =>
    Array.from({ length: workload.count }, (_, index) => ({
      workload,
      apart: workload.apart[index] ?? null,
    })),
  );
  const hosts: Host[] = [];
  const units = new Map<string, number>();
  let micros = 0;
  let best = Number.POSITIVE_INFINITY;

  function paying(price: { micros: number; uses: readonly Use[] }, then: () => void): void {
    const draw = (times: number) => {
      micros += times * price.micros;
      for (const { rightId, units: each } of price.uses) {
        units.set(rightId, (units.get(rightId) ?? 0) + times * each);
      }
    };
    draw(1);
    if (micros < best) then();
    draw(-1);
  }

  function opening(type: HostType, zone: string, then: (host: Host) => void): void {
    const used = new Set(hosts.map(({ hostId }) => hostId));
    const sources = type.existing
      .filter((host) => host.zone === zone && !used.has(host.hostId))
      .map((host): { hostId: string | null; micros: number } => host);
    const isNew = (host: Host) => host.type === type && host.zone === zone && host.hostId === null;
    if (hosts.filter(isNew).length < type.mostNew) {
      sources.push({ hostId: null, micros: type.micros });
    }
    for (const { hostId, micros } of sources) {
      const host = { type, zone, hostId, loads: [], groups: [] };
      hosts.push(host);
      paying({ micros, uses: type.uses }, () => then(host));
      hosts.pop();
    }
  }

  function place(index: number): void {
    const machine = machines[index];
    if (machine === undefined) {
      spare(familiesInUse());
      return;
    }
    const { workload, apart } = machine;
    const next = () => place(index + 1);
    for (const option of workload.alone) paying(option, next);
    for (const option of workload.hosted) seat(option, workload.zone, apart, next);
  }

  function seat(option: HostedOption, zone: string, apart: string | null, next: () => void): void {
    const then = () => paying(option, next);
    const enter = (host: Host) => entering(host, option.cores, apart, then);
    for (const type of problem.hostTypes.filter(({ id }) => id === option.hostTypeId)) {
      for (const host of hosts.filter((each) => isOf(each, type, zone))) enter(host);
      opening(type, zone, enter);
    }
  }

  function entering(host: Host, cores: number, apart: string | null, then: () => void): void {
    if (apart !== null && host.groups.includes(apart)) return;
    for (const loads of loadsWith(host, cores)) {
      const { count, cores: most } = host.type.compartments;
      const total = loads.reduce((sum, each) => sum + each, 0);
      const isFull = total * 100 > count * most * problem.headroom.fillPercent + 1e-9;
      if (isFull || loads.some((each) => each > most + 1e-9)) continue;
      const before = host.loads.splice(0, count, ...loads);
      host.groups.push(apart);
      then();
      host.groups.pop();
      host.loads.splice(0, count, ...before);
    }
  }

  function familiesInUse(): readonly Host[] {
    const dearest = new Map<string, Host>();
    for (const host of hosts) {
      const key = `${host.type.family} ${host.zone}`;
      const other = dearest.get(key);
      if (other === undefined || dearness(other.type) < dearness(host.type)) dearest.set(key, host);
    }
    return [...dearest.values()].flatMap((host) =>
      Array.from({ length: problem.headroom.spareHosts }, () => host),
    );
  }

  function dearness({ micros, uses }: HostType): number {
    const price = (id: string) => problem.rights.find((each) => each.id === id)?.boughtUnitMicros;
    return uses.reduce((sum, { rightId, units }) => sum + units * (price(rightId) ?? 0), micros);
  }

  function spare([first, ...others]: readonly Host[]): void {
    if (first === undefined) {
      finish();
      return;
    }
    for (const type of problem.hostTypes) {
      if (type.family !== first.type.family || dearness(type) < dearness(first.type)) continue;
      opening(type, first.zone, () => spare(others));
    }
  }

  function finish(): void {
    let total = micros;
    for (const right of problem.rights) {
      const drawn = units.get(right.id) ?? 0;
      const bought = Math.max(0, drawn - right.owned);
      if (bought > right.buyable) return;
      total += (drawn - bought) * right.ownedUnitMicros + bought * right.boughtUnitMicros;
    }
    best = Math.min(best, total);
  }

  place(0);
  return best;
}

function isOf(host: Host, type: HostType, zone: string): boolean {
  return host.type === type && host.zone === zone;
}

/** By compartment, for each way to put so many cores in. */
function loadsWith({ type, loads }: Host, cores: number): readonly (readonly number[])[] {
  const { count, cores: most } = type.compartments;
  const before = Array.from({ length: count }, (_, place) => loads[place] ?? 0);
  if (cores > most) return [before.map((load) => load + cores / count)];
  return before.map((_, chosen) =>
    before.map((load, place) => load + (place === chosen ? cores : 0)),
  );
}
