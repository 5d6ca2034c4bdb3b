import type { InventoryShard } from '#domain/estate/inventory.ts';
import { DEFAULT_SETTINGS } from '#domain/estate/licensing-settings.ts';
import type { Entitlement } from '#domain/licenses/entitlement.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { newTermsLedger, type TermsLedger } from '#domain/terms/terms-ledger.ts';
import { type TermsOutlook, termsOutlook } from '#domain/terms/terms-outlook.ts';
import type { LaunchTerms } from '#domain/terms/terms-view.ts';
import { aConfiguration, aShard, NOW } from '../../builders.ts';
import { anEntitlement, aRegister } from '../../register-builders.ts';

/** 40 cores of SQL Server Enterprise for the pool of `sqlShard`. */
export function sqlEntitlement(changes: Partial<Entitlement> = {}): Entitlement {
  return anEntitlement({ accounts: [], pools: ['SQL Server 1'], ...changes });
}

/** Where the register's SQL Server runs, `sources` included. */
export function sqlShard(changes: Partial<InventoryShard> = {}): InventoryShard {
  const read = { asOf: NOW, error: null, state: 'read' } as const;
  return aShard({
    sources: { 'license-configurations': read, 'license-usage': read, instances: read },
    configurations: [aConfiguration()],
    ...changes,
  });
}

export function outlookOn(
  shards: readonly InventoryShard[],
  entitlements: readonly Entitlement[] = [sqlEntitlement()],
  openRequests: readonly LaunchRequest[] = [],
  now = NOW,
): TermsOutlook {
  return termsOutlook(
    {
      shards,
      ledgers: [],
      openRequests,
      register: aRegister({ entitlements }),
      settings: DEFAULT_SETTINGS,
      expectedScopes: [],
      accountNames: new Map(),
      oldAfterMs: 0,
      now,
    },
    now,
  );
}

/** What a launch in the first shard is judged on, its ledgers changed as said. */
export function termsOf(
  outlook: TermsOutlook,
  change: (ledger: TermsLedger) => Partial<TermsLedger> = () => ({}),
): LaunchTerms {
  const ledgers = outlook.lines.map((line) => {
    const ledger = { ...newTermsLedger({ ...line, uncounted: new Map() }), version: 1 };
    return { ...ledger, ...change(ledger) };
  });
  return { view: outlook.views[0]?.view ?? null, ledgers };
}
