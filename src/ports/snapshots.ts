import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { OrganizationView } from '#domain/estate/organization-view.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { Scope } from '#domain/scope.ts';
import type { TermsLedger } from '#domain/terms/terms-ledger.ts';
import type { TermsView } from '#domain/terms/terms-view.ts';

/** The collected inventory, one shard per account and Region. */
export interface Snapshots {
  /** The newest shard of a scope, or `null` before its first collection. */
  shard(scope: Scope): Promise<InventoryShard | null>;
  /** Every shard there is. */
  shards(): Promise<readonly InventoryShard[]>;
  /** What was last seen of the organization, or `null` where nobody looks at one. */
  organization(): Promise<OrganizationView | null>;
  /** What launches there may draw on by the vendors' terms; `null` while nothing is known to be owned. */
  termsView(scope: Scope): Promise<TermsView | null>;
  /** When the launch role of an account last let nobody in; `null`: not that anybody knows. */
  launchRoleRefusedAt(account: string): Promise<Date | null>;
  /** Replace a scope's shard, unless a newer collection is there already. Only the collector calls this. */
  put(shard: InventoryShard): Promise<void>;
}

/** Keeps the view of the organization beside the shards. Only the collector calls it. */
export interface OrganizationKeeper {
  keepOrganization(view: OrganizationView): Promise<void>;
}

/** Keeps the views of terms beside the shards. Only the collector calls it. */
export interface TermsViewKeeper {
  keepTermsView(scope: Scope, view: TermsView): Promise<void>;
}

/** Keeps what trying to launch taught about an account. Only functions/launch calls it. */
export interface LaunchRoleKeeper {
  noteLaunchRoleRefused(account: string, at: Date): Promise<void>;
}

/** Terms ledgers for reading: eventually consistent. */
export interface TermsLedgerList {
  allTermsLedgers(): Promise<readonly TermsLedger[]>;
}

/** Pool ledgers for reading: eventually consistent. */
export interface PoolList {
  pools(): Promise<readonly PoolLedger[]>;
}
