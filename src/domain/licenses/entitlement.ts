import * as z from 'zod';
import { CalendarDate, dayOf, isPast } from '#domain/calendar-date.ts';
import { TermSwitches } from '#domain/licenses/license-terms.ts';
import { LicenseMetric, ProductId } from '#domain/licenses/product.ts';
import { Money } from '#domain/money.ts';
import { oneLine } from '#domain/one-line.ts';
import { AccountId } from '#domain/scope.ts';

/** How licenses were bought; some programs bar them from AWS. */
export const LicenseProgram = z.enum([
  'EA',
  'MPSA',
  'Open Value',
  'CSP',
  'SPLA',
  'OEM',
  'retail',
  'ULA',
  'Passport Advantage',
  'other',
]);
export type LicenseProgram = z.output<typeof LicenseProgram>;

const Price = Money.refine(({ micros }) => micros >= 0, 'Write a price of 0 or more');

/** What the company owns by one line of a contract. Texts are what somebody typed: untrusted. */
export const Entitlement = z
  .strictObject({
    contract: oneLine(100),
    product: ProductId,
    /** A short name of the product's editions; `null`: all, or none. */
    edition: oneLine(40).nullable(),
    /** The newest version that it covers, as the vendor writes it: `2017`, `19c`. */
    version: oneLine(40).nullable(),
    metric: LicenseMetric,
    /** In `metric`: 20 two-core packs are 40. */
    quantity: z.int().nonnegative().max(1_000_000_000, 'Write at most 1000000000'),
    /** Perpetual rights stay when maintenance ends; a subscription ends with `expiresOn`. */
    kind: z.enum(['perpetual', 'subscription']),
    program: LicenseProgram.nullable(),
    purchasedOn: CalendarDate,
    /** The last day of Software Assurance or the vendor's support. */
    maintainedUntil: CalendarDate.nullable(),
    /** The last day on which it counts. */
    expiresOn: CalendarDate.nullable(),
    /** Of one unit of `metric`, once. */
    unitPrice: Price.nullable(),
    /** Of one unit of `metric`, a year; in the currency of `unitPrice`. */
    maintenancePrice: Price.nullable(),
    /** Who answers for it: a name, team or mail address. */
    owner: oneLine(200).nullable(),
    /** Accounts whose use it covers; empty: all. */
    accounts: z.array(AccountId).readonly(),
    /** Names of the license configurations that draw on it, with `*` for any text. */
    pools: z.array(oneLine(200).regex(/^[^|]*$/, 'Write * in place of |')).readonly(),
    switches: TermSwitches,
  })
  .refine(
    ({ unitPrice, maintenancePrice }) =>
      (unitPrice ?? maintenancePrice)?.currency === (maintenancePrice ?? unitPrice)?.currency,
    { path: ['maintenancePrice'], message: 'Write both prices in one currency' },
  )
  .readonly();
export type Entitlement = z.output<typeof Entitlement>;

/** What makes two lines the same line, so that a second import changes it rather than adds one. */
export function entitlementKey(entitlement: Entitlement): string {
  const { contract, product, edition, version, metric, purchasedOn } = entitlement;
  return JSON.stringify([contract, product, edition, version, metric, purchasedOn]);
}

/** True from the day on which it was bought through the last day on which it counts. */
export function isInForce({ expiresOn, purchasedOn }: Entitlement, now: Date): boolean {
  return purchasedOn <= dayOf(now) && (expiresOn === null || !isPast(expiresOn, now));
}
