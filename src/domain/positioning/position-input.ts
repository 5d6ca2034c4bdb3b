import type { DeclaredServer } from '#domain/estate/declared-server.ts';
import type { Deployment } from '#domain/estate/deployment.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { LicensingSettings } from '#domain/estate/licensing-settings.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { LicenseRegister } from '#domain/licenses/license-register.ts';
import type { ProductId } from '#domain/licenses/product.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
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
