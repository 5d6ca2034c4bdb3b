import type { DeclaredServer } from '#domain/estate/declared-server.ts';
import type { Entitlement } from '#domain/licenses/entitlement.ts';
import type { LicenseRegister } from '#domain/licenses/license-register.ts';
import { DEFAULT_SWITCHES } from '#domain/licenses/license-terms.ts';

/** 40 cores of SQL Server Enterprise with Software Assurance. */
export function anEntitlement(changes: Partial<Entitlement> = {}): Entitlement {
  return {
    contract: 'EA-1',
    product: 'sql-server',
    edition: 'enterprise',
    version: '2022',
    metric: 'core',
    quantity: 40,
    kind: 'perpetual',
    program: 'EA',
    purchasedOn: '2019-06-30',
    maintainedUntil: '2027-06-30',
    expiresOn: null,
    unitPrice: { micros: 7_128_000_000, currency: 'USD' },
    maintenancePrice: { micros: 1_782_000_000, currency: 'USD' },
    owner: 'dba@example.com',
    accounts: ['222233334444'],
    pools: ['SQL Server Enterprise*'],
    switches: DEFAULT_SWITCHES,
    ...changes,
  };
}

/** A physical server in a data center, with Oracle Database. */
export function aServer(changes: Partial<DeclaredServer> = {}): DeclaredServer {
  return {
    name: 'ora-db-01',
    site: 'Frankfurt 2',
    sockets: 2,
    coresPerSocket: 16,
    vcpus: null,
    owner: 'Database team',
    environment: 'production',
    product: 'oracle-database',
    edition: 'enterprise',
    version: '19c',
    users: null,
    listedOn: '2026-11-01',
    ...changes,
  };
}

export function aRegister(changes: Partial<LicenseRegister> = {}): LicenseRegister {
  return { entitlements: [], servers: [], ...changes };
}
