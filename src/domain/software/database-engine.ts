import type { Database } from '#domain/estate/database.ts';
import type { Licensing } from '#domain/estate/deployment.ts';
import type { ProductId } from '#domain/licenses/product.ts';
import { versionIn } from '#domain/software/product-versions.ts';

/** The licensed product that an RDS engine is. */
export interface DatabaseProduct {
  readonly product: ProductId;
  readonly edition: string;
  readonly version: string | null;
  readonly licensing: Licensing;
  /** In the vendor's words. */
  readonly options: readonly string[];
}

/** RDS's engine names, without `custom-` (RDS Custom) and `-cdb` (Oracle's container architecture). */
const ENGINES: ReadonlyMap<string, readonly [ProductId, string]> = new Map([
  ['oracle-ee', ['oracle-database', 'enterprise']],
  ['oracle-se2', ['oracle-database', 'standard-2']],
  ['oracle-se1', ['oracle-database', 'standard-1']],
  ['oracle-se', ['oracle-database', 'standard']],
  ['sqlserver-ee', ['sql-server', 'enterprise']],
  ['sqlserver-se', ['sql-server', 'standard']],
  ['sqlserver-web', ['sql-server', 'web']],
  ['sqlserver-ex', ['sql-server', 'express']],
  ['sqlserver-dev', ['sql-server', 'developer']],
  ['sqlserver-dev-ee', ['sql-server', 'developer']],
  ['db2-ae', ['ibm-db2', 'advanced']],
  ['db2-se', ['ibm-db2', 'standard']],
]);

const LICENSE_MODELS: ReadonlyMap<string, Licensing> = new Map([
  ['license-included', 'license-included'],
  ['bring-your-own-license', 'byol'],
  ['marketplace-license', 'marketplace'],
]);

/**
 * Oracle's options and packs by RDS's option and by License Manager's license pack. What is not listed
 * (OEM, STATSPACK, SPATIAL, NATIVE_NETWORK_ENCRYPTION and so on) comes with the database.
 *
 * @see https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Appendix.Oracle.Options.html (2026-11)
 * @see https://docs.aws.amazon.com/license-manager/latest/APIReference/API_ProductInformation.html (2026-11)
 */
const ORACLE_OPTIONS: ReadonlyMap<string, readonly string[]> = new Map([
  ['tde', ['Advanced Security']],
  ['tde_hsm', ['Advanced Security']],
  ['ols', ['Label Security']],
  ['olap', ['OLAP']],
  ['sqlt', ['Diagnostics Pack', 'Tuning Pack']],
  ['diagnostic pack sqlt', ['Diagnostics Pack']],
  ['tuning pack sqlt', ['Tuning Pack']],
  ['data guard', ['Active Data Guard']],
]);

/** `null` for engines without a license to own: PostgreSQL, MySQL, MariaDB and what AWS adds. */
export function databaseProduct(database: Database): DatabaseProduct | null {
  const { engine, engineVersion, licenseModel, options } = database;
  const known = engineProduct(engine);
  if (known === null) return null;
  const { product, edition } = known;
  return {
    product,
    edition,
    version: versionIn(product, '', engineVersion),
    licensing: isFreeEdition(product, edition)
      ? 'free'
      : (LICENSE_MODELS.get(licenseModel) ?? 'unknown'),
    options: product === 'oracle-database' ? licensedOptions(options) : [],
  };
}

/** What an engine is, by the name that RDS and License Manager's discovery give it. */
export function engineProduct(engine: string): Pick<DatabaseProduct, 'product' | 'edition'> | null {
  const known = ENGINES.get(engine.replace(/^custom-/, '').replace(/-cdb$/, ''));
  return known === undefined ? null : { product: known[0], edition: known[1] };
}

/** SQL Server Developer and Express. */
export function isFreeEdition(product: ProductId, edition: string | null): boolean {
  return product === 'sql-server' && (edition === 'developer' || edition === 'express');
}

function licensedOptions(options: readonly string[]): readonly string[] {
  const licensed = options.flatMap((option) => ORACLE_OPTIONS.get(option.toLowerCase()) ?? []);
  return [...new Set(licensed)];
}
