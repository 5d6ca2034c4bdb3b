import type { Evidence, Licensing } from '#domain/estate/deployment.ts';
import { PRODUCTS, type ProductId } from '#domain/licenses/product.ts';

/** What one source says of a product on a machine. */
export interface Finding {
  readonly product: ProductId;
  readonly edition: string | null;
  readonly version: string | null;
  readonly licensing: Licensing;
  readonly options?: readonly string[];
  readonly evidence: readonly Evidence[];
}

/** One product on one machine by all sources; grows while they are read. */
export interface FoundSoftware {
  readonly product: ProductId;
  edition: string | null;
  version: string | null;
  licensing: Licensing;
  readonly options: readonly string[];
  readonly evidence: Evidence[];
}

/** Enough to judge by; a machine may list the same product a thousand times. */
const MOST_EVIDENCE = 8;

const NO_OPTIONS: readonly string[] = [];

/** Editions from the highest to the lowest. */
const EDITIONS: ReadonlyMap<ProductId, readonly string[]> = new Map(
  PRODUCTS.map(({ id, editions }) => [id, Object.keys(editions)]),
);

/**
 * Adds what the next source says: sources come from the surest to the weakest, and a weaker one only
 * fills in what is not known yet. An edition above the one in the hourly price is not covered by it, so
 * it is found beside it.
 */
export function addFinding(found: FoundSoftware[], finding: Finding): void {
  const known = foundOf(found, finding.product);
  if (known === undefined || isBeyondPrice(known, finding)) {
    const { product, edition, version, licensing, options = NO_OPTIONS } = finding;
    const evidence = finding.evidence.slice(0, MOST_EVIDENCE);
    found.push({ product, edition, version, licensing, options, evidence });
  } else {
    fillIn(known, finding);
  }
}

/** The product among what was found: the last one, that is, the one beside what the price includes. */
export function foundOf(
  found: readonly FoundSoftware[],
  product: ProductId,
): FoundSoftware | undefined {
  for (let index = found.length - 1; index >= 0; index -= 1) {
    if (found[index]?.product === product) return found[index];
  }
  return undefined;
}

/** True when edition `one` covers more than `other`, both known. */
export function isHigherEdition(product: ProductId, one: string, other: string): boolean {
  const editions = EDITIONS.get(product);
  return editions !== undefined && editions.indexOf(one) < editions.indexOf(other);
}

/** Adds evidence once, up to a sensible number. */
export function addEvidence(to: Evidence[], evidence: Evidence): void {
  if (to.length === MOST_EVIDENCE) return;
  for (const { source, text } of to) {
    if (text === evidence.text && source === evidence.source) return;
  }
  to.push(evidence);
}

function isBeyondPrice(known: FoundSoftware, { product, edition, licensing }: Finding): boolean {
  return (
    known.licensing === 'license-included' &&
    licensing === 'byol' &&
    known.edition !== null &&
    edition !== null &&
    isHigherEdition(product, edition, known.edition)
  );
}

function fillIn(known: FoundSoftware, { edition, version, licensing, evidence }: Finding): void {
  const namesEdition = known.edition === null && edition !== null;
  if (isPaid(known.licensing, licensing, namesEdition)) known.licensing = licensing;
  known.edition ??= edition;
  known.version ??= version;
  for (const each of evidence) addEvidence(known.evidence, each);
}

/** Whether the way of paying that a weaker source names stands. */
function isPaid(known: Licensing, named: Licensing, namesEdition: boolean): boolean {
  switch (named) {
    case 'license-included':
    case 'marketplace':
      return known === 'byol' || known === 'unknown';
    case 'free':
      return namesEdition && known === 'byol';
    case 'byol':
      return known === 'unknown';
    case 'unknown':
      return false;
  }
}
