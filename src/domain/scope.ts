import * as z from 'zod';

/** Twelve digits. Not a secret, but never taken from input without a look-up in policy. */
export const AccountId = z.string().regex(/^\d{12}$/, 'An AWS account id has twelve digits');
export type AccountId = z.output<typeof AccountId>;

/** An AWS Region code, for example `eu-west-1`. */
export const Region = z
  .string()
  .regex(/^[a-z]{2}(-[a-z]+)+-\d$/, 'A Region code, for example eu-west-1');
export type Region = z.output<typeof Region>;

/** One account in one Region: the unit that is collected, stored and named in every key. */
export const Scope = z.object({ account: AccountId, region: Region }).readonly();
export type Scope = z.output<typeof Scope>;

/** `123456789012/eu-west-1`: how a scope is written in keys and ids. */
export function scopeKey({ account, region }: Scope): string {
  return `${account}/${region}`;
}
