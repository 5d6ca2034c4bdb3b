import * as z from 'zod';
import { Spending } from '#domain/launch/launch-budget.ts';
import { Entitlement } from '#domain/licenses/entitlement.ts';
import { ProductId } from '#domain/licenses/product.ts';
import { linesOf } from '#domain/positioning/terms-cells.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { type TermsLedger, termsLedgerId } from '#domain/terms/terms-ledger.ts';

/**
 * What launches in one account and Region may draw on by the vendors' terms, as far as it takes more
 * than that account and Region to know: kept by the collector, because pools cross both.
 */
export const TermsView = z
  .object({
    /** What each license configuration is for. */
    configurations: z
      .array(
        z
          .object({
            arn: z.string(),
            products: z
              .array(z.object({ product: ProductId, edition: z.string().nullable() }).readonly())
              .readonly(),
          })
          .readonly(),
      )
      .readonly(),
    /** What launches of ours cost a month, everywhere: budgets cross accounts. */
    spending: z.array(Spending).readonly(),
    /** Pools that these configurations, or their products in this account, may draw on. */
    pools: z
      .array(
        z
          .object({
            id: z.string(),
            /** ARNs, here and elsewhere. */
            configurations: z.array(z.string()).readonly(),
            entitlements: z.array(Entitlement).readonly(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
export type TermsView = z.output<typeof TermsView>;
export type ViewedPool = TermsView['pools'][number];

/** What a launch is judged on beyond its Region: what is owned, and whether anybody may launch there. */
export interface LaunchTerms {
  /** `null` while nothing is known to be owned: then terms are not looked at. */
  readonly view: TermsView | null;
  /** Those that exist of `termsToRead`. */
  readonly ledgers: readonly TermsLedger[];
  /** When the account's launch role last let nobody in; absent or `null`: not that anybody knows. */
  readonly launchRoleRefusedAt?: Date | null | undefined;
}

/** Terms where nothing is known to be owned. */
export const NO_TERMS: LaunchTerms = { view: null, ledgers: [] };

/** The terms ledgers that a decision must be given: the request's, and all that the view leads to. */
export function termsToRead(
  request: Pick<LaunchRequest, 'evaluation'> | null,
  view: TermsView | null,
): readonly string[] {
  const drawn = request?.evaluation.terms.map(({ ledgerId }) => ledgerId) ?? [];
  const products = new Set(
    view?.configurations.flatMap((one) => one.products.map(({ product }) => product)),
  );
  const known = (view?.pools ?? []).flatMap((pool) => {
    const lineOf = linesOf(pool);
    return pool.entitlements
      .filter(({ product }) => products.has(product))
      .map((entitlement) => termsLedgerId(pool.id, lineOf(entitlement)));
  });
  return [...new Set([...drawn, ...known])].toSorted();
}
