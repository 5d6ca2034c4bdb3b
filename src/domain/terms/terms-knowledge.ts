import type { InventoryShard } from '#domain/estate/inventory.ts';
import type { LicensingSettings } from '#domain/estate/licensing-settings.ts';
import { DAY_MS } from '#domain/instant.ts';
import type { ProductId } from '#domain/licenses/product.ts';
import type { LicensedProduct } from '#domain/positioning/licensed-product.ts';
import { type PoolChoice, poolChoice } from '#domain/positioning/pool-choice.ts';
import {
  type AskTerms,
  askTerms,
  groupsOf,
  type ProductGroups,
} from '#domain/positioning/product-groups.ts';
import { shardView } from '#domain/positioning/shard-view.ts';
import { deploymentsOf } from '#domain/software/deployments.ts';
import { softwareCatalog } from '#domain/software/software-catalog.ts';
import type { TermsView, ViewedPool } from '#domain/terms/terms-view.ts';
import { type VendorTerms, vendorTerms } from '#domain/vendors/vendor-terms.ts';

/** What is known of a view's products and pools on one day. */
export interface TermsKnowledge {
  readonly vendors: ReadonlyMap<ProductId, VendorTerms>;
  readonly choose: PoolChoice<ViewedPool>;
  readonly ask: AskTerms;
  products(configurationArn: string): readonly LicensedProduct[];
  /** What runs there by product and pool: as positions group it, as far as this account and Region tells. */
  running(shard: InventoryShard): ProductGroups<ViewedPool>;
}

interface Known extends TermsKnowledge {
  readonly day: number;
  readonly settings: LicensingSettings;
}

const KNOWN = new WeakMap<TermsView, Known>();

/** Views never change, so each is looked into once a day for as long as it is kept. */
export function termsKnowledge(
  view: TermsView,
  settings: LicensingSettings,
  now: Date,
): TermsKnowledge {
  const before = KNOWN.get(view);
  const day = Math.floor(now.getTime() / DAY_MS);
  if (before?.day === day && before.settings === settings) return before;
  const known = { ...lookInto(view, settings, now), day, settings };
  KNOWN.set(view, known);
  return known;
}

function lookInto(view: TermsView, settings: LicensingSettings, now: Date): TermsKnowledge {
  const vendors = vendorTerms(settings);
  const entitledProducts = new Map(view.configurations.map(({ arn, products }) => [arn, products]));
  const byConfiguration = new Map(
    view.pools.flatMap((pool) => pool.configurations.map((arn) => [arn, pool] as const)),
  );
  const choose = poolChoice({ all: view.pools, byConfiguration }, now);
  const groups = new WeakMap<InventoryShard, ProductGroups<ViewedPool>>();
  const running = (shard: InventoryShard): ProductGroups<ViewedPool> => {
    const estate = {
      pools: { entitledProducts },
      configurations: new Map(),
      catalog: softwareCatalog(settings),
    };
    return groupsOf(shardView(shard, deploymentsOf(shard, settings), estate), choose);
  };
  return {
    vendors,
    choose,
    ask: askTerms(vendors, now),
    products: (arn) => entitledProducts.get(arn) ?? [],
    running(shard) {
      const known = groups.get(shard) ?? running(shard);
      groups.set(shard, known);
      return known;
    },
  };
}
