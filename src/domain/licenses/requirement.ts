import type { DeployedOn, Deployment } from '#domain/estate/deployment.ts';
import type { LicenseTerms, TermSwitches } from '#domain/licenses/license-terms.ts';
import type { LicenseMetric, ProductId } from '#domain/licenses/product.ts';

/** One rule of a vendor's terms, in our own words. */
export interface TermsRule {
  /** Stable: `microsoft/sql-server/per-vm`. */
  readonly id: string;
  /** What it asks for, in a sentence. */
  readonly text: string;
  /** Where the vendor, or whoever reads the vendor, says so. */
  readonly source: string;
  /** Day of the source, as far as it is known: `2019-10-01`, `2024-06`. */
  readonly asOf: string;
  /** Seen in the vendor's or AWS's own words, reported by others, or contested. */
  readonly confidence: 'primary' | 'secondary' | 'contested';
}

/** What a vendor's terms ask for one machine: a VM, or a host with everything on it. */
export interface Requirement {
  readonly product: ProductId;
  readonly edition: string | null;
  readonly metric: LicenseMetric;
  /**
   * Before rounding over the pool: half a subscription for a virtual node. `null` when the machine's
   * size is not known; then a finding says so.
   */
  readonly units: number | null;
  readonly on: readonly DeployedOn[];
  readonly rule: TermsRule;
  /** The other numbers, where a switch would change this one. */
  readonly alternatives: readonly Alternative[];
  readonly findings: readonly TermsFinding[];
}

/** The number under another answer to one question. */
export interface Alternative {
  readonly switch: keyof TermSwitches;
  readonly setting: string;
  readonly units: number;
}

/** Something that numbers do not say: not allowed here, or to be looked at. */
export interface TermsFinding {
  readonly code: string;
  /** A violation stands whatever the company owns; a warning needs somebody's eyes. */
  readonly severity: 'violation' | 'warning' | 'note';
  readonly text: string;
  readonly rule: TermsRule;
}

/**
 * A product's terms: one requirement for each machine. The deployments are of that product, and all
 * that share a physical host are given together.
 */
export type RequirementRule = (
  deployments: readonly Deployment[],
  terms: LicenseTerms,
) => readonly Requirement[];
