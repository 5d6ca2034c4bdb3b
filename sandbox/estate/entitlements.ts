import type { DeclaredServer } from '#domain/estate/declared-server.ts';
import type { Entitlement } from '#domain/licenses/entitlement.ts';
import type { LicenseRegister } from '#domain/licenses/license-register.ts';
import { DEFAULT_SWITCHES } from '#domain/licenses/license-terms.ts';
import type { Money } from '#domain/money.ts';
import type { ContractLine } from './contracts/contract-line.ts';
import { IBM_AND_SAP } from './contracts/ibm-and-sap.ts';
import { MICROSOFT, SQL_ENTERPRISE, SQL_STANDARD } from './contracts/microsoft.ts';
import { ORACLE } from './contracts/oracle.ts';
import { RED_HAT, SUBSCRIPTIONS } from './contracts/subscriptions.ts';

/** Some of it short, some to spare, one term over. */
const COMPANY: readonly ContractLine[] = [
  ...MICROSOFT,
  ...ORACLE,
  ...IBM_AND_SAP,
  ...SUBSCRIPTIONS,
];

/** A host's edition with room, Standard that people may launch, and subscriptions. */
const SMALL: readonly ContractLine[] = [
  { ...SQL_ENTERPRISE, quantity: 64 },
  { ...SQL_STANDARD, quantity: 120 },
  { ...RED_HAT, quantity: 60 },
];

/** What the company of an estate owns, and its servers that no source sees; terms end relative to this day. */
export function licenseRegister(seed: string, now: Date): LicenseRegister {
  return seed === 'small'
    ? { entitlements: SMALL.map((line) => entitlement(line, now)), servers: [] }
    : {
        entitlements: COMPANY.map((line) => entitlement(line, now)),
        servers: LYON.map((server) => ({ ...server, listedOn: day(now, -45) })),
      };
}

/** The plant in Lyon, where nobody installed the agent of Systems Manager. */
const LYON: readonly Omit<DeclaredServer, 'listedOn'>[] = [
  {
    name: 'lyon-mes-01',
    site: 'Lyon plant',
    sockets: 2,
    coresPerSocket: 8,
    vcpus: null,
    owner: 'plant-it',
    environment: 'production',
    product: 'sql-server',
    edition: 'standard',
    version: '2019',
    users: null,
  },
  {
    name: 'lyon-recipes',
    site: 'Lyon plant',
    sockets: 1,
    coresPerSocket: 12,
    vcpus: 4,
    owner: 'plant-it',
    environment: 'production',
    product: 'oracle-database',
    edition: 'standard-2',
    version: '19c',
    users: 40,
  },
];

function entitlement(line: ContractLine, now: Date): Entitlement {
  const { contract, product, metric, quantity, maintained = null } = line;
  const { unitPrice, maintenancePrice } = pricesOf(line);
  return {
    contract,
    product,
    edition: line.edition ?? null,
    version: line.version ?? null,
    metric,
    quantity,
    program: line.program ?? null,
    ...bought(line, now),
    maintainedUntil: typeof maintained === 'number' ? day(now, maintained) : maintained,
    unitPrice,
    maintenancePrice,
    owner: line.owner ?? 'license-management',
    accounts: line.accounts ?? [],
    pools: line.pools ?? [],
    switches: { ...DEFAULT_SWITCHES, ...line.switches },
  };
}

/** Perpetual licenses have a day of purchase, subscriptions a term. */
function bought({ bought: when }: ContractLine, now: Date) {
  if (typeof when === 'string') {
    return { kind: 'perpetual', purchasedOn: when, expiresOn: null } as const;
  }
  const { endsInDays, years } = when;
  return {
    kind: 'subscription',
    purchasedOn: day(now, endsInDays - years * 365),
    expiresOn: day(now, endsInDays),
  } as const;
}

function pricesOf({ prices: [unit, maintenance], currency = 'USD' }: ContractLine) {
  const money = (amount: number): Money => ({ micros: Math.round(amount * 1e6), currency });
  return {
    unitPrice: money(unit),
    maintenancePrice: maintenance === undefined ? null : money(maintenance),
  };
}

const DAY = 86_400_000;

/** The calendar day so many days from now. */
function day(now: Date, days: number): string {
  return new Date(now.getTime() + days * DAY).toISOString().slice(0, 10);
}
