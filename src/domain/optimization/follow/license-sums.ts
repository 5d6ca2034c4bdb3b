import type { LicenseSaving } from '#domain/optimization/recommendation.ts';

/** The same text for the same line of licenses. */
export function licenseLine({
  product,
  edition,
  metric,
}: Pick<LicenseSaving, 'product' | 'edition' | 'metric'>): string {
  return JSON.stringify([product, edition, metric]);
}

/** Licenses with those of each line together. */
export function licensesByLine(lines: readonly LicenseSaving[]): readonly LicenseSaving[] {
  const sums = new Map<string, LicenseSaving>();
  for (const line of lines) {
    const key = licenseLine(line);
    sums.set(key, { ...line, units: (sums.get(key)?.units ?? 0) + line.units });
  }
  return [...sums.values()];
}
