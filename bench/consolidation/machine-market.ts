import type {
  AloneOption,
  HostedOption,
  HostType,
  Right,
  Use,
  Workload,
} from '#domain/consolidation/consolidation-problem.ts';
import { FAMILIES, type Family } from './families.ts';

/** What a machine runs. */
export type Software =
  | 'linux'
  | 'windows'
  | 'windows-sql-standard'
  | 'windows-sql-enterprise'
  | 'oracle';

/** What one machine asks for. */
export interface Demand {
  readonly cores: number;
  readonly memoryGib: number;
  readonly software: Software;
}

/** Licenses that are bought, in US dollars a year: a third of the list price and the maintenance. */
const LICENSE_YEAR_USD = {
  'windows-server/datacenter': 247,
  'sql-server/enterprise': 4411,
  'sql-server/standard': 1150,
  'oracle-database/enterprise': 19_950,
};
type RightId = keyof typeof LICENSE_YEAR_USD;

/** Licenses in the hourly price, in US dollars for each vCPU. */
const WINDOWS_HOUR_USD = 0.046;
const SQL_HOUR_USD = { 'sql-server/standard': 0.12, 'sql-server/enterprise': 0.375 };
const LEAST_SQL_VCPUS = 4;
const VCPUS_PER_CORE = 2;

const HOURS_PER_MONTH = 730;
const HOST_MARKUP = 1.1;

/** As many of each as one pays for. */
export const RIGHTS: readonly Right[] = Object.entries(LICENSE_YEAR_USD).map(([id, usd]) => ({
  id,
  owned: 0,
  ownedUnitMicros: 0,
  buyable: Number.POSITIVE_INFINITY,
  boughtUnitMicros: micros(usd / 12),
}));

/** What the licenses of a host cover for everything on it. */
interface Cover {
  readonly suffix: string;
  readonly rights: readonly RightId[];
}

const COVERS: readonly Cover[] = [
  { suffix: '', rights: [] },
  { suffix: '+windows', rights: ['windows-server/datacenter'] },
  { suffix: '+sql', rights: ['sql-server/enterprise'] },
  { suffix: '+windows+sql', rights: ['windows-server/datacenter', 'sql-server/enterprise'] },
];

const OFFERS = FAMILIES.flatMap((family) => COVERS.map((cover) => ({ family, cover })));

/** Hosts of every family, with every set of licenses. */
export function hostTypes(mostNew: number): readonly HostType[] {
  return OFFERS.map(({ family, cover }) => ({
    id: `${family.name}${cover.suffix}`,
    family: family.name,
    micros: monthly(family.cores * family.coreHourUsd * HOST_MARKUP),
    uses: cover.rights.map((rightId) => ({ rightId, units: hostUnits(rightId, family) })),
    compartments: { count: family.compartments, cores: family.cores / family.compartments },
    sizes: family.sizes,
    existing: [],
    mostNew,
  }));
}

/** Windows Server: 8 cores a socket and 16 a host at least; SQL Server: 4 a socket. */
function hostUnits(rightId: RightId, { cores, sockets }: Family): number {
  const perSocket = rightId === 'windows-server/datacenter' ? 8 : 4;
  return Math.max(perSocket * sockets, cores);
}

/**
 * By itself on the cheapest family that holds it, with licenses by the hour; or on every host that
 * holds it. License-included SQL Server never runs on a host.
 */
export function waysToRun(demand: Demand): Pick<Workload, 'alone' | 'hosted'> {
  const alone = FAMILIES.flatMap((family) => aloneOption(family, demand));
  const cheapest = alone.toSorted((a, b) => total(a) - total(b)).slice(0, 1);
  return { alone: cheapest, hosted: OFFERS.flatMap((offer) => hostedOption(offer, demand)) };
}

function aloneOption(family: Family, demand: Demand): readonly AloneOption[] {
  const cores = sizeFor(family, demand);
  if (cores === null) return [];
  const { software } = demand;
  const vcpus = cores * VCPUS_PER_CORE;
  const right = databaseRight(software);
  const includedSql =
    right === 'sql-server/standard' || right === 'sql-server/enterprise'
      ? Math.max(LEAST_SQL_VCPUS, vcpus) * SQL_HOUR_USD[right]
      : 0;
  const hourly = cores * family.coreHourUsd + includedWindows(software, vcpus) + includedSql;
  const uses = right === 'oracle-database/enterprise' ? [{ rightId: right, units: cores }] : [];
  return [{ id: `${family.name}/${cores}`, micros: monthly(hourly), uses }];
}

function hostedOption(
  { family, cover }: (typeof OFFERS)[number],
  demand: Demand,
): readonly HostedOption[] {
  const cores = sizeFor(family, demand);
  if (cores === null) return [];
  const { software } = demand;
  const hostTypeId = `${family.name}${cover.suffix}`;
  const isCovered = cover.rights.includes('windows-server/datacenter');
  const hourly = isCovered ? 0 : includedWindows(software, cores * VCPUS_PER_CORE);
  const right = databaseRight(software);
  const uses = right === null || cover.rights.includes(right) ? [] : [machineUse(right, cores)];
  return [{ id: `${hostTypeId}/${cores}`, hostTypeId, cores, micros: monthly(hourly), uses }];
}

/** Oracle counts two vCPUs as one processor; SQL Server four at least. */
function machineUse(rightId: RightId, cores: number): Use {
  const units =
    rightId === 'oracle-database/enterprise'
      ? cores
      : Math.max(LEAST_SQL_VCPUS, cores * VCPUS_PER_CORE);
  return { rightId, units };
}

function databaseRight(software: Software): RightId | null {
  switch (software) {
    case 'windows-sql-standard':
      return 'sql-server/standard';
    case 'windows-sql-enterprise':
      return 'sql-server/enterprise';
    case 'oracle':
      return 'oracle-database/enterprise';
    case 'linux':
    case 'windows':
      return null;
  }
}

function includedWindows(software: Software, vcpus: number): number {
  return software.startsWith('windows') ? vcpus * WINDOWS_HOUR_USD : 0;
}

/** The smallest size that holds it; `null`: none. */
function sizeFor({ sizes, gibPerCore }: Family, { cores, memoryGib }: Demand): number | null {
  return sizes.find((size) => size >= cores && size * gibPerCore >= memoryGib) ?? null;
}

function total({ micros: machine, uses }: AloneOption): number {
  const prices = new Map(RIGHTS.map(({ id, boughtUnitMicros }) => [id, boughtUnitMicros]));
  return uses.reduce((sum, use) => sum + use.units * (prices.get(use.rightId) ?? 0), machine);
}

function monthly(hourlyUsd: number): number {
  return micros(hourlyUsd * HOURS_PER_MONTH);
}

function micros(usd: number): number {
  return Math.round(usd * 1e6);
}
