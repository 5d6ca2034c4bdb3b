import type { TermsLine } from '#domain/licenses/position-report.ts';
import type { Money } from '#domain/money.ts';
import type { TermsTally } from '#domain/positioning/terms-tally.ts';
import type { VendorTerms } from '#domain/vendors/vendor-terms.ts';

/** How short a slice is, and what that costs. */
export interface Shortage {
  readonly licenses: number;
  /** `null`: no price is known, or several currencies. */
  readonly cost: Money | null;
}

/** A tally in whole licenses, each rounded once. */
export interface WholeLicenses {
  readonly required: number | null;
  readonly requiredAtLeast: number;
  readonly held: number;
}

/** Sums of parts are off by less: that does not make another license. */
const PRECISION = 1e6;

/** Rounds by the vendor's terms; a product without them gets `null` for what it requires. */
export function wholeLicenses(tally: TermsTally, vendor: VendorTerms | undefined): WholeLicenses {
  if (vendor === undefined) return { required: null, requiredAtLeast: 0, held: 0 };
  const requiredAtLeast = rounded(tally.units, tally, vendor);
  return {
    required: tally.unknown === 0 ? requiredAtLeast : null,
    requiredAtLeast,
    held: rounded(tally.units + tally.heldUnits, tally, vendor) - requiredAtLeast,
  };
}

function rounded(units: number, { line }: TermsTally, vendor: VendorTerms): number {
  const whole = vendor.licenses(Math.round(units * PRECISION) / PRECISION, line.metric);
  return Math.max(0, whole);
}

/** What is missing of `entitled`, at the price of one. */
export function shortageOf(
  entitled: number,
  { requiredAtLeast, held }: WholeLicenses,
  unitPrice: Money | null,
): Shortage {
  const licenses = Math.max(0, requiredAtLeast + held - entitled);
  const micros = licenses * (unitPrice?.micros ?? 0);
  const cost =
    unitPrice !== null && Number.isSafeInteger(micros)
      ? { micros, currency: unitPrice.currency }
      : null;
  return { licenses, cost };
}

/** Shortages one by one: what one pool has to spare does not help another. */
export function sumOfShortages(shortages: readonly Shortage[]): Shortage {
  const short = shortages.filter(({ licenses }) => licenses > 0);
  const counted = short.length > 0 ? short : shortages.slice(0, 1);
  const costs = counted.flatMap(({ cost }) => cost ?? []);
  const [first] = costs;
  const one =
    costs.length === counted.length && costs.every(({ currency }) => currency === first?.currency);
  return {
    licenses: short.reduce((sum, { licenses }) => sum + licenses, 0),
    cost:
      one && first !== undefined
        ? { ...first, micros: costs.reduce((sum, { micros }) => sum + micros, 0) }
        : null,
  };
}

/** One line of a slice. `entitled` and `shortage` are `null` where they cannot be told. */
export function termsLine(
  tally: TermsTally,
  vendor: VendorTerms | undefined,
  entitled: number | null,
  shortage: Shortage | null,
): TermsLine {
  const whole = wholeLicenses(tally, vendor);
  const { required, held } = whole;
  return {
    ...tally.line,
    entitled,
    ...whole,
    available: entitled === null || required === null ? null : entitled - required - held,
    shortfall: shortage?.licenses ?? null,
    shortfallCost: shortage?.cost ?? null,
    alternatives: vendor === undefined || required === null ? [] : alternativesOf(tally, vendor),
    rules: [...tally.rules.values()]
      .map(({ id, source, asOf }) => ({ id, source, asOf }))
      .toSorted((a, b) => a.id.localeCompare(b.id)),
    findings: [...tally.findings.values()]
      .map(({ finding: { code, severity, text }, parts }) => ({
        code,
        severity,
        text,
        resources: parts.flatMap((part) => [...part]),
      }))
      .toSorted((a, b) => a.code.localeCompare(b.code)),
  };
}

function alternativesOf(tally: TermsTally, vendor: VendorTerms): TermsLine['alternatives'] {
  return [...tally.alternatives.values()]
    .map(({ switch: question, setting, difference }) => ({
      switch: question,
      setting,
      required: rounded(tally.units + difference, tally, vendor),
    }))
    .toSorted((a, b) => a.switch.localeCompare(b.switch) || a.setting.localeCompare(b.setting));
}
