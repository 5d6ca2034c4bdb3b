import type { Entitlement } from '#domain/licenses/entitlement.ts';
import type { PositionReport, TermsLine } from '#domain/licenses/position-report.ts';
import type { OptimizableEstate } from '#domain/optimization/kind.ts';
import type { Subject } from '#domain/optimization/recommendation.ts';
import { productKey, productLabel } from '#domain/positioning/licensed-product.ts';
import { type LineKey, lineText } from '#domain/positioning/terms-tally.ts';

/** Lines of all pools together. */
export function organizationLines({ slices }: PositionReport): readonly TermsLine[] {
  return slices
    .filter(({ dimension }) => dimension === 'organization')
    .flatMap(({ terms }) => terms);
}

/** What pools have to spare of a line, one by one: what one is short of does not lessen it. */
export function spareOf({ slices }: PositionReport, line: LineKey): number {
  return slices
    .filter(({ dimension }) => dimension === 'pool')
    .flatMap(({ terms }) => terms)
    .filter((other) => lineText(other) === lineText(line))
    .reduce((sum, { available }) => sum + Math.max(0, available ?? 0), 0);
}

/** A product, edition and metric, as what a recommendation is about. */
export function lineSubject(line: LineKey): Subject {
  return { kind: 'product', id: lineId(line), name: productLabel(line) };
}

/** `sql-server/enterprise/core` */
export function lineId(line: LineKey): string {
  return `${productKey(line)}/${line.metric}`;
}

/**
 * The line that an entitlement counts in, as text: beside one for all editions of its pool it counts
 * there, and there is no line of its own.
 */
export function lineTextOf(
  entitlement: Entitlement,
  { position }: Pick<OptimizableEstate, 'position'>,
): string {
  const own = lineText(entitlement);
  const isThere = organizationLines(position).some((line) => lineText(line) === own);
  return isThere ? own : lineText({ ...entitlement, edition: null });
}

/** What is owned in a line, the newest first. */
export function entitlementsOf(
  estate: Pick<OptimizableEstate, 'entitlements' | 'position'>,
  line: LineKey,
): readonly Entitlement[] {
  return estate.entitlements
    .filter((entitlement) => lineTextOf(entitlement, estate) === lineText(line))
    .toSorted((a, b) => b.purchasedOn.localeCompare(a.purchasedOn));
}
