import { type Entitlement, isInForce } from '#domain/licenses/entitlement.ts';
import type { Money } from '#domain/money.ts';
import type { LicensePool } from '#domain/positioning/license-pools.ts';
import { linesOf } from '#domain/positioning/terms-cells.ts';
import { type LineKey, lineText } from '#domain/positioning/terms-tally.ts';

/** What is owned in one line. */
export interface OwnedLine {
  readonly line: LineKey;
  /** Of what is in force; 0 when all has expired or not begun. */
  readonly quantity: number;
  /** Of what is for one account alone. */
  readonly byAccount: ReadonlyMap<string, number>;
  /** Accounts that something covers together with others; `null`: all. */
  readonly shared: ReadonlySet<string> | null;
  /** Of the newest that states one. */
  readonly unitPrice: Money | null;
}

/** Lines by their text. */
export type OwnedLines = ReadonlyMap<string, OwnedLine>;

/** What each pool owns, by the pool's id, and all pools together. */
export interface Owned {
  readonly byPool: ReadonlyMap<string, OwnedLines>;
  readonly all: OwnedLines;
}

export function ownedLines(pools: readonly LicensePool[], now: Date): Owned {
  const lines = pools.map((pool) => {
    const lineOf = linesOf(pool);
    const entitled = pool.entitlements.map((one) => ({ line: lineOf(one), entitlement: one }));
    return { id: pool.id, entitled };
  });
  return {
    byPool: new Map(lines.map(({ id, entitled }) => [id, summed(entitled, now)])),
    all: summed(
      lines.flatMap(({ entitled }) => entitled),
      now,
    ),
  };
}

interface Entitled {
  readonly line: LineKey;
  readonly entitlement: Entitlement;
}

function summed(entitled: readonly Entitled[], now: Date): OwnedLines {
  const lines = new Map<string, { line: LineKey; entitlements: Entitlement[] }>();
  for (const { line, entitlement } of entitled) {
    const key = lineText(line);
    const known = lines.get(key);
    if (known === undefined) lines.set(key, { line, entitlements: [entitlement] });
    else known.entitlements.push(entitlement);
  }
  return new Map(
    [...lines].map(([key, { line, entitlements }]) => [
      key,
      { line, ...stockOf(entitlements, now) },
    ]),
  );
}

function stockOf(entitlements: readonly Entitlement[], now: Date): Omit<OwnedLine, 'line'> {
  const byAccount = new Map<string, number>();
  for (const entitlement of entitlements) {
    const [only, another] = entitlement.accounts;
    if (only === undefined || another !== undefined) continue;
    byAccount.set(only, (byAccount.get(only) ?? 0) + quantityNow(entitlement, now));
  }
  const [newest] = entitlements
    .filter(({ unitPrice }) => unitPrice !== null)
    .toSorted((a, b) => b.purchasedOn.localeCompare(a.purchasedOn));
  return {
    quantity: entitlements.reduce((sum, entitlement) => sum + quantityNow(entitlement, now), 0),
    byAccount,
    shared: sharedAccounts(entitlements),
    unitPrice: newest?.unitPrice ?? null,
  };
}

function quantityNow(entitlement: Entitlement, now: Date): number {
  return isInForce(entitlement, now) ? entitlement.quantity : 0;
}

function sharedAccounts(entitlements: readonly Entitlement[]): ReadonlySet<string> | null {
  if (entitlements.some(({ accounts }) => accounts.length === 0)) return null;
  return new Set(entitlements.flatMap(({ accounts }) => (accounts.length > 1 ? accounts : [])));
}

/**
 * What one account owns of a line: `null` when something that covers it covers others as well and
 * cannot be divided, 0 when all is for other accounts.
 */
export function quantityOfAccount(
  { shared, byAccount }: Pick<OwnedLine, 'shared' | 'byAccount'>,
  account: string,
): number | null {
  if (shared === null || shared.has(account)) return null;
  return byAccount.get(account) ?? 0;
}
