import * as z from 'zod';
import { Instant } from '#domain/instant.ts';
import { Hold } from '#domain/licenses/license-pool.ts';
import { LicenseMetric, ProductId } from '#domain/licenses/product.ts';
import { releaseHold, shrinkHolds } from '#domain/requests/ledger.ts';

/**
 * What is left of what a pool owns in one line of product, edition and metric, by the vendor's terms:
 * `entitled - required - held`. Changed only inside a decision's transaction or by the collector,
 * always under `version`.
 */
export const TermsLedger = z
  .object({
    /** As `termsLedgerId` makes it. */
    id: z.string(),
    product: ProductId,
    edition: z.string().nullable(),
    metric: LicenseMetric,
    /** In force when it was counted; `null`: no entitlement says. */
    entitled: z.int().nonnegative().nullable(),
    /** The first end of what is in force; of what has ended, the last. `null`: it has no end. */
    expiresAt: Instant.nullable(),
    /** What is entitled from `expiresAt` on. */
    entitledThen: z.int().nonnegative(),
    /** `null`: the size of some machine is not known. */
    required: z.int().nonnegative().nullable(),
    /** What the others need then. */
    requiredAtLeast: z.int().nonnegative(),
    /** Sum of the holds' licenses. */
    held: z.int().nonnegative(),
    holds: z.array(Hold).readonly(),
    /** Open requests that wait for licenses, first come first. */
    waiting: z.array(z.string()).readonly(),
    /** When the figures began to be read; older ones never replace newer ones. */
    asOf: Instant,
    /** Grows by one with every write. */
    version: z.int().nonnegative(),
  })
  .readonly();
export type TermsLedger = z.output<typeof TermsLedger>;

/** The line of a pool of entitlements that a ledger is of. The edition comes last: it may be any text. */
export function termsLedgerId(
  poolId: string,
  { product, edition, metric }: Pick<TermsLedger, 'product' | 'edition' | 'metric'>,
): string {
  return `${poolId} ${metric} ${edition === null ? product : `${product}/${edition}`}`;
}

/** What is in force now; `null`: no entitlement says. */
export function entitledNow(
  { entitled, expiresAt, entitledThen }: TermsLedger,
  now: Date,
): number | null {
  if (entitled === null) return null;
  return expiresAt !== null && expiresAt <= now ? entitledThen : entitled;
}

/** Licenses left at most, while some machine's size is not known; negative when short. `null`: no entitlement says. */
export function freeByTerms(ledger: TermsLedger, now: Date): number | null {
  const entitled = entitledNow(ledger, now);
  return entitled === null ? null : entitled - ledger.requiredAtLeast - ledger.held;
}

/** What the collector found out about a line at one moment. */
export interface TermsFigures
  extends Pick<
    TermsLedger,
    | 'id'
    | 'product'
    | 'edition'
    | 'metric'
    | 'entitled'
    | 'expiresAt'
    | 'entitledThen'
    | 'required'
    | 'requiredAtLeast'
    | 'asOf'
  > {
  /** What of a hold is not among the requirements yet, by consumer; holds not named stay whole. */
  readonly uncounted: ReadonlyMap<string, number>;
}

/** The ledger of a line that has none yet. Version 0: nothing is written. */
export function newTermsLedger({ uncounted: _, ...figures }: TermsFigures): TermsLedger {
  return { ...figures, held: 0, holds: [], waiting: [], version: 0 };
}

/**
 * Requirement up and holds down in one step, from figures newer than the ledger's; older ones change
 * nothing.
 */
export function applyRequirement(ledger: TermsLedger, figures: TermsFigures): TermsLedger {
  if (figures.asOf <= ledger.asOf) return ledger;
  const { uncounted, ...counted } = figures;
  return shrinkHolds({ ...ledger, ...counted }, uncounted);
}

/**
 * Turn a request's own hold into requirement, for what runs. Figures that were read before cannot take
 * it back: they had not seen it. A host's hold stays while other requests need it.
 */
export function requireHold(ledger: TermsLedger, requestId: string, now: Date): TermsLedger {
  const released = releaseHold(ledger, requestId);
  if (released === ledger) return ledger;
  const licenses = ledger.held - released.held;
  const { required, requiredAtLeast } = ledger;
  return {
    ...released,
    required: required === null ? null : required + licenses,
    requiredAtLeast: requiredAtLeast + licenses,
    asOf: now > ledger.asOf ? now : ledger.asOf,
  };
}
