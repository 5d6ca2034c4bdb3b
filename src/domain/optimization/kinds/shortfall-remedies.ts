import { licenseIncludedHourly } from '#domain/launch/license-included.ts';
import { type IncludedSqlServer, PER_ACTIVE_VCPU } from '#domain/launch/license-included-rates.ts';
import type { TermsLine } from '#domain/licenses/position-report.ts';
import type { Money } from '#domain/money.ts';
import type { OptimizableEstate } from '#domain/optimization/kind.ts';
import type { NeedsOf } from '#domain/optimization/kinds/placed-needs.ts';
import { entitlementsOf, lineId } from '#domain/optimization/kinds/product-lines.ts';
import { purchaseMonthly } from '#domain/optimization/kinds/purchase-price.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { Effort, PriceBasis, Risk, Step } from '#domain/optimization/recommendation.ts';
import { HOURS_PER_MONTH } from '#domain/optimization/setup-price.ts';
import { lineText } from '#domain/positioning/terms-tally.ts';
import type { Scope } from '#domain/scope.ts';

/** One way out of a shortfall. */
export interface Remedy {
  readonly code: 'reduce' | 'buy' | 'license-included';
  /** Where its cost is from. */
  readonly source: string;
  /** What it costs; `null`: no price is known. */
  readonly monthly: Money | null;
  readonly basis: PriceBasis;
  readonly risk: Risk;
  readonly effort: Effort;
  readonly downtime: boolean;
  readonly steps: readonly Step[];
  readonly rollback: readonly Step[];
}

/** How much of what is missing, and where it is filed. */
export interface ShortfallQuestion {
  readonly line: TermsLine;
  readonly short: number;
  readonly scope: Scope;
  readonly estate: OptimizableEstate;
  readonly needsOf: NeedsOf;
}

/** Those that make up for all of it. Buying always does. */
export function remediesFor(question: ShortfallQuestion): readonly Remedy[] {
  const users = usersOf(question);
  return [...reduce(question, users), buy(question), ...rent(question, users)];
}

/** A machine with the units of the line that it takes by itself. */
interface User {
  readonly machine: Machine;
  readonly units: number;
}

/** Not those on Dedicated Hosts: their licenses may be the host's. */
function usersOf({ line, estate, needsOf }: ShortfallQuestion): readonly User[] {
  return estate.machines
    .filter(
      ({ host, deployments }) =>
        host === null &&
        deployments.some(
          ({ product, licensing }) => product === line.product && licensing === 'byol',
        ),
    )
    .flatMap((machine) => {
      const units = needsOf([{ machine, host: null }])?.get(lineText(line))?.units ?? 0;
      return units > 0 ? [{ machine, units }] : [];
    });
}

/** The first that together take as much as is missing; `null`: all of them take less. */
function enough<Item extends User>(users: readonly Item[], short: number): readonly Item[] | null {
  const chosen: Item[] = [];
  let left = short;
  for (const user of users) {
    if (left <= 0) break;
    chosen.push(user);
    left -= user.units;
  }
  return left <= 0 ? chosen : null;
}

/** Stop what does nothing. */
function reduce(
  { short, estate: { settings } }: ShortfallQuestion,
  users: readonly User[],
): readonly Remedy[] {
  const idle = users.filter(({ machine: { setup, evidence } }) => {
    const { utilization } = evidence;
    return (
      setup.running &&
      utilization !== null &&
      utilization.days >= settings.leastDays &&
      utilization.cpu.p995 < settings.idleCpuPercent
    );
  });
  const stopped = enough(
    idle.toSorted((a, b) => b.units - a.units),
    short,
  );
  if (stopped === null) return [];
  const places = stopped.map(({ machine: { scope, instance } }) => ({
    account: scope.account,
    region: scope.region,
    instanceId: instance.instanceId,
  }));
  return [
    {
      code: 'reduce',
      source: 'utilization',
      monthly: { micros: 0, currency: 'USD' },
      basis: 'observed',
      risk: 'medium',
      effort: 'restart',
      downtime: true,
      steps: places.map((place) => ({ do: 'stop', ...place })),
      rollback: places.map((place) => ({ do: 'start', ...place })),
    },
  ];
}

function buy({ line, short, scope, estate }: ShortfallQuestion): Remedy {
  const owned = entitlementsOf(estate, line);
  return {
    code: 'buy',
    source: 'entitlements',
    monthly: purchaseMonthly(owned, short, estate.settings),
    basis: 'entitlement',
    risk: 'none',
    effort: 'decision',
    downtime: false,
    steps: [{ do: 'by-hand', ...scope, task: 'buy-licenses', on: lineId(line), to: `${short}` }],
    rollback: [],
  };
}

/**
 * What AWS sells by the hour, by the code of the price that has it.
 *
 * @see AWS License Manager User Guide, license type conversion for Windows
 */
const INCLUDED: ReadonlyMap<
  string,
  { readonly code: string; readonly sqlServer: IncludedSqlServer | null }
> = new Map([
  ['sql-server/web', { code: 'RunInstances:0202', sqlServer: 'web' }],
  ['sql-server/standard', { code: 'RunInstances:0006', sqlServer: 'standard' }],
  ['sql-server/enterprise', { code: 'RunInstances:0102', sqlServer: 'enterprise' }],
  ['windows-server/standard', { code: 'RunInstances:0002', sqlServer: null }],
  ['windows-server/datacenter', { code: 'RunInstances:0002', sqlServer: null }],
]);

const WINDOWS = new Set(['RunInstances:0800', 'RunInstances:0002']);

/** Licenses by the hour, on the machines where they cost least for what they replace. */
function rent({ line, short }: ShortfallQuestion, users: readonly User[]): readonly Remedy[] {
  const included = INCLUDED.get(`${line.product}/${line.edition}`);
  if (included === undefined) return [];
  const offers = users
    .filter(({ machine: { instance } }) => WINDOWS.has(instance.usageOperation))
    .map((user) => ({ ...user, micros: includedMicros(user.machine, included.sqlServer) }));
  const rented = enough(
    offers.toSorted((a, b) => a.micros / a.units - b.micros / b.units),
    short,
  );
  if (rented === null) return [];
  const conversions = rented.map(({ machine: { scope, instance } }) => ({
    place: { account: scope.account, region: scope.region, instanceId: instance.instanceId },
    from: instance.usageOperation,
    to: included.code,
  }));
  return [
    {
      code: 'license-included',
      source: PER_ACTIVE_VCPU.source,
      monthly: {
        micros: rented.reduce((sum, { micros }) => sum + micros, 0),
        currency: 'USD',
      },
      basis: 'list',
      risk: 'medium',
      effort: 'restart',
      downtime: true,
      steps: conversions.map(({ place, from, to }) => ({ do: 'convert', ...place, from, to })),
      rollback: conversions.map(({ place, from, to }) => ({
        do: 'convert',
        ...place,
        from: to,
        to: from,
      })),
    },
  ];
}

/** A month without stops; Windows Server as well where it was brought along. */
function includedMicros({ instance, type }: Machine, sqlServer: IncludedSqlServer | null): number {
  const { instanceType, cpuOptions, usageOperation } = instance;
  const hourly = licenseIncludedHourly({
    instanceType,
    activeVcpus:
      cpuOptions === null ? type.defaultVcpus : cpuOptions.coreCount * cpuOptions.threadsPerCore,
    maximumVcpus: type.defaultVcpus,
    windows: usageOperation === 'RunInstances:0800',
    sqlServer,
    sqlServerWaived: false,
  });
  return hourly.micros * HOURS_PER_MONTH;
}
