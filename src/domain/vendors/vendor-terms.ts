import type { LicensingSettings } from '#domain/estate/licensing-settings.ts';
import type { LicenseMetric, ProductId } from '#domain/licenses/product.ts';
import type { RequirementRule } from '#domain/licenses/requirement.ts';
import { microsoftLicenses } from '#domain/vendors/core-licenses.ts';
import { customRequirement } from '#domain/vendors/custom-product.ts';
import { ibmRequirement, resourceValueUnits } from '#domain/vendors/ibm.ts';
import { oracleDatabaseRequirement } from '#domain/vendors/oracle-database.ts';
import { oracleWeblogicRequirement } from '#domain/vendors/oracle-weblogic.ts';
import { redHatRequirement } from '#domain/vendors/red-hat.ts';
import { sapHanaRequirement, sapNetweaverRequirement } from '#domain/vendors/sap.ts';
import { sqlServerRequirement } from '#domain/vendors/sql-server.ts';
import { suseRequirement } from '#domain/vendors/suse.ts';
import { whole, wholePacks } from '#domain/vendors/units.ts';
import { windowsServerRequirement } from '#domain/vendors/windows-server.ts';

/** What the terms of one product ask for. */
export interface VendorTerms {
  readonly requirement: RequirementRule;
  /** Whole licenses from the summed units of a pool or slice: the pool's rounding, packs, tiers. */
  licenses(units: number, metric: LicenseMetric): number;
}

const IBM: VendorTerms = {
  requirement: ibmRequirement,
  licenses: (units, metric) => whole(metric === 'rvu' ? resourceValueUnits(units) : units),
};

/** SAP HANA is sold in blocks of so many GiB. */
const HANA_BLOCK = 64;

const KNOWN: readonly (readonly [ProductId, VendorTerms])[] = [
  ['windows-server', { requirement: windowsServerRequirement, licenses: microsoftLicenses }],
  ['sql-server', { requirement: sqlServerRequirement, licenses: microsoftLicenses }],
  ['oracle-database', { requirement: oracleDatabaseRequirement, licenses: whole }],
  ['oracle-weblogic', { requirement: oracleWeblogicRequirement, licenses: whole }],
  ['ibm-db2', IBM],
  ['ibm-mq', IBM],
  ['ibm-websphere', IBM],
  [
    'sap-hana',
    {
      requirement: sapHanaRequirement,
      licenses: (units) => wholePacks(units, HANA_BLOCK),
    },
  ],
  ['sap-netweaver', { requirement: sapNetweaverRequirement, licenses: whole }],
  ['red-hat-enterprise-linux', { requirement: redHatRequirement, licenses: whole }],
  ['suse-linux-enterprise', { requirement: suseRequirement, licenses: whole }],
];

/** Terms by product. A product without any is absent: what it needs is not known. */
export function vendorTerms({ products }: LicensingSettings): ReadonlyMap<ProductId, VendorTerms> {
  return new Map([
    ...KNOWN,
    ...products.map((product): [ProductId, VendorTerms] => [
      product.id,
      {
        requirement: customRequirement(product),
        licenses: (units) => wholePacks(units, product.packSize),
      },
    ]),
  ]);
}
