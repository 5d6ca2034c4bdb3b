import type { DeclaredServer } from '#domain/declared-server.ts';
import type { Deployment } from '#domain/deployment.ts';
import type { InventoryShard } from '#domain/inventory.ts';
import type { LaunchRequest } from '#domain/launch-request.ts';
import type { PoolLedger } from '#domain/license-pool.ts';
import type { LicenseRegister } from '#domain/license-register.ts';
import type { LicensingSettings } from '#domain/licensing-settings.ts';
import type { ProductId } from '#domain/product.ts';
import type { Scope } from '#domain/scope.ts';
import type { SoftwareCatalog } from '#domain/software/software-catalog.ts';
import type { VendorTerms } from '#domain/vendors/vendor-terms.ts';

/** Everything that a position is computed from. */
export interface PositionInput {
  /** Gone through twice: for the configurations, then for everything else, one shard at a time. */
  readonly shards: Iterable<InventoryShard>;
  /** Those that exist. */
  readonly ledgers: readonly PoolLedger[];
  /** At least those that hold licenses. */
  readonly openRequests: readonly LaunchRequest[];
  readonly register: LicenseRegister;
  readonly settings: LicensingSettings;
  /** Accounts and Regions that are looked after, whether or not they were collected. */
  readonly expectedScopes: readonly Scope[];
  /** What people call accounts; others keep their id. */
  readonly accountNames: ReadonlyMap<string, string>;
  /** Older figures are called old. */
  readonly oldAfterMs: number;
  readonly now: Date;
}

/** What is known of software and its vendors' terms. */
export interface Knowledge {
  deploymentsOf(shard: InventoryShard): readonly Deployment[];
  declaredDeployments(servers: readonly DeclaredServer[]): readonly Deployment[];
  readonly terms: ReadonlyMap<ProductId, VendorTerms>;
  readonly catalog: SoftwareCatalog;
}
