import type { TermsLine } from '#domain/licenses/position-report.ts';
import { productKey, productLabel } from '#domain/positioning/licensed-product.ts';

/**
 * Editions whose licenses may be assigned to those with a lower number, never the reverse.
 *
 * @see ServiceNow SAM documentation, microsoft-percore-withcal (2026-03-12)
 */
const RANKS: ReadonlyMap<string, number> = new Map([
  ['sql-server/standard', 1],
  ['sql-server/enterprise', 2],
  ['windows-server/standard', 1],
  ['windows-server/datacenter', 2],
]);

/**
 * Say beside what is short what spare licenses of a higher edition might cover. It stays a note: whose
 * licenses they are, and where they may be used, is for people to decide.
 */
export function withSpareOfHigherEditions(lines: readonly TermsLine[]): readonly TermsLine[] {
  return lines.map((line) => {
    const spare = (line.shortfall ?? 0) > 0 ? lines.filter((other) => mayCover(other, line)) : [];
    const notes = spare.map((other) => ({
      code: 'higher-edition-spare',
      severity: 'note' as const,
      text: `Spare ${productLabel(other)} licenses may cover this: ${other.available}.`,
      resources: [],
    }));
    return notes.length === 0 ? line : { ...line, findings: [...line.findings, ...notes] };
  });
}

function mayCover(other: TermsLine, line: TermsLine): boolean {
  return (
    other.product === line.product &&
    other.metric === line.metric &&
    rankOf(line) > 0 &&
    rankOf(other) > rankOf(line) &&
    other.available !== null &&
    other.available > 0
  );
}

function rankOf(line: TermsLine): number {
  return RANKS.get(productKey(line)) ?? 0;
}
