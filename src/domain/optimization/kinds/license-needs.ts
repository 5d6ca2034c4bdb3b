import { billedVcpus } from '#domain/launch/license-included.ts';
import type { KindContext } from '#domain/optimization/kind.ts';
import type { Machine } from '#domain/optimization/machine.ts';
import type { Setup } from '#domain/optimization/recommendation.ts';
import { activeVcpus } from '#domain/optimization/setup.ts';

type Product = Setup['products'][number];

/** vCPUs below which SQL Server asks for no less, and is not sold by the hour. */
const LEAST_SQL_VCPUS = 4;

const DATABASES: ReadonlySet<string> = new Set([
  'sql-server',
  'oracle-database',
  'ibm-db2',
  'sap-hana',
]);

/** True where a database runs whose licenses somebody pays for. */
export function hasLicensedDatabase({ products }: Pick<Setup, 'products'>): boolean {
  return products.some(({ product, licensing }) => licensing !== 'free' && DATABASES.has(product));
}

/** SQL Server in the setup that is paid for; Developer and Express are not. */
export function paidSqlServer({ products }: Pick<Setup, 'products'>): Product | null {
  return (
    products.find(({ product, licensing }) => product === 'sql-server' && licensing !== 'free') ??
    null
  );
}

/** A product whose license is in the hourly price. */
export function isIncluded(
  { products }: Pick<Setup, 'products'>,
  product: 'windows-server' | 'sql-server',
): boolean {
  return products.some((one) => one.product === product && one.licensing === 'license-included');
}

/** Active vCPUs below which licenses save nothing more, or the hourly price forbids it. */
export function leastVcpus(setup: Pick<Setup, 'products'>): number {
  return paidSqlServer(setup) === null ? 1 : LEAST_SQL_VCPUS;
}

/**
 * What each product takes in a setup: units of licenses that are brought, vCPUs billed for Windows and
 * SQL Server in the hourly price, and 0 for what CPU options do not change. `null`: not known.
 */
export function licenseNeeds(
  machine: Machine,
  setup: Setup,
  context: KindContext,
): readonly (number | null)[] {
  return setup.products.map(({ product, licensing }) => {
    if (licensing === 'license-included') return vcpusBilled(product, machine, setup, context);
    if (licensing === 'marketplace' || licensing === 'free') return 0;
    return context.requiredUnits(machine, setup, product);
  });
}

/** True where no product takes more, as far as is known. */
export function takesNoMore(
  needs: readonly (number | null)[],
  before: readonly (number | null)[],
): boolean {
  return changesOf(needs, before).every((change) => change <= 0);
}

/** True where some product is known to take less, and none more. */
export function takesLess(
  needs: readonly (number | null)[],
  before: readonly (number | null)[],
): boolean {
  return takesNoMore(needs, before) && changesOf(needs, before).some((change) => change < 0);
}

function changesOf(
  needs: readonly (number | null)[],
  before: readonly (number | null)[],
): readonly number[] {
  return needs.map((need, index) => {
    const was = before[index] ?? null;
    return need === null || was === null ? 0 : need - was;
  });
}

function vcpusBilled(
  product: string,
  { evidence: { sqlHa } }: Machine,
  setup: Setup,
  { types }: KindContext,
): number | null {
  const active = activeVcpus(setup, types);
  if (active === null) return null;
  const billed = billedVcpus({
    instanceType: setup.instanceType,
    activeVcpus: active,
    maximumVcpus: active,
    windows: true,
    sqlServer: 'standard',
    sqlServerWaived: sqlHa?.licenseUsage === 'waived',
  });
  if (product === 'windows-server') return billed.windows;
  return product === 'sql-server' ? billed.sqlServer : 0;
}
