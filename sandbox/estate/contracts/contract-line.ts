import type { Entitlement, LicenseProgram } from '#domain/licenses/entitlement.ts';
import type { TermSwitches } from '#domain/licenses/license-terms.ts';

/*
 * Prices are list prices less what companies of this size get: Microsoft 15 to 20 %, Oracle about 60 %. Lists of SQL
 * Server and Oracle: redresscompliance.com and vendorbenchmark.com, 2025; of Red Hat: its store, 2026-05. The rest is
 * made up to be believable.
 */

/** One line of a contract, as its owner would write it down. Whole days count from today; negative days are past. */
export interface ContractLine
  extends Pick<Entitlement, 'contract' | 'product' | 'metric' | 'quantity'> {
  readonly program?: LicenseProgram;
  readonly edition?: string;
  readonly version?: string;
  /** The day on which perpetual licenses were bought, or in how many days a subscription ends and for how long it ran. */
  readonly bought: string | { readonly endsInDays: number; readonly years: number };
  /** The day on which Software Assurance or support ended, or in how many days it ends. */
  readonly maintained?: string | number;
  /** Of one unit, and of a year of its maintenance, in USD unless said otherwise. */
  readonly prices: readonly [unit: number, maintenance?: number];
  readonly currency?: 'USD' | 'EUR';
  readonly owner?: string;
  readonly accounts?: readonly string[];
  /** Names of license configurations, with `*`. */
  readonly pools?: readonly string[];
  readonly switches?: Partial<TermSwitches>;
}
