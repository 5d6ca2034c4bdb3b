import type { DeployedOn } from '#domain/estate/deployment.ts';
import { entryFor } from '#domain/estate/shard-index.ts';
import type { LicenseMetric, ProductId } from '#domain/licenses/product.ts';
import type { Requirement, TermsFinding, TermsRule } from '#domain/licenses/requirement.ts';

/** A line of terms: one product, edition and metric. */
export interface LineKey {
  readonly product: ProductId;
  readonly edition: string | null;
  readonly metric: LicenseMetric;
}

/** Requirements of one line, summed before any rounding. Grows in place while a position is folded. */
export interface TermsTally {
  readonly line: LineKey;
  /** Of all machines whose size is known. */
  units: number;
  /** Of open requests that hold licenses. */
  heldUnits: number;
  /** Machines whose size is not known. */
  unknown: number;
  readonly alternatives: Map<string, AlternativeTally>;
  readonly rules: Map<string, TermsRule>;
  /** By text: what says the same is the same. */
  readonly findings: Map<string, FindingTally>;
}

/** By how much another answer to a question would change the sum. */
interface AlternativeTally {
  readonly switch: string;
  readonly setting: string;
  difference: number;
}

interface FindingTally {
  readonly finding: TermsFinding;
  /** A cell has one part; a slice has its cells' parts, which share no resource. */
  readonly parts: Set<string>[];
}

export function newTally(line: LineKey): TermsTally {
  return {
    line,
    units: 0,
    heldUnits: 0,
    unknown: 0,
    alternatives: new Map(),
    rules: new Map(),
    findings: new Map(),
  };
}

/** The same for lines that are the same. The edition comes last, because it may be any text. */
export function lineText({ product, edition, metric }: LineKey): string {
  return `${product} ${metric} ${edition === null ? '' : `=${edition}`}`;
}

/** Add a share of a requirement, which is 1 unless its machines belong to several slices. */
export function addRequirement(
  tally: TermsTally,
  { units, rule, alternatives, findings }: Requirement,
  share: number,
  resources: readonly DeployedOn[],
): void {
  tally.rules.set(rule.id, rule);
  if (units === null) tally.unknown += 1;
  else addUnits(tally, units, alternatives, share);
  for (const finding of findings) addFinding(tally, finding, resources);
}

function addUnits(
  tally: TermsTally,
  units: number,
  alternatives: Requirement['alternatives'],
  share: number,
): void {
  tally.units += units * share;
  for (const { switch: question, setting, units: other } of alternatives) {
    const difference = (other - units) * share;
    addAlternative(tally, `${question}=${setting}`, { switch: question, setting, difference });
  }
}

function addAlternative(
  { alternatives }: TermsTally,
  key: string,
  alternative: Readonly<AlternativeTally>,
): void {
  const known = alternatives.get(key);
  if (known === undefined) alternatives.set(key, { ...alternative });
  else known.difference += alternative.difference;
}

function addFinding(
  { findings, rules }: TermsTally,
  finding: TermsFinding,
  resources: readonly DeployedOn[],
): void {
  let known = findings.get(finding.text);
  if (known === undefined) {
    known = { finding, parts: [new Set()] };
    findings.set(finding.text, known);
    rules.set(finding.rule.id, finding.rule);
  }
  for (const part of known.parts) {
    for (const { id } of resources) part.add(id);
  }
}

/** Add all of one tally to another of the same line. */
export function addTally(tally: TermsTally, other: TermsTally): void {
  tally.units += other.units;
  tally.heldUnits += other.heldUnits;
  tally.unknown += other.unknown;
  for (const [key, alternative] of other.alternatives) addAlternative(tally, key, alternative);
  for (const [id, rule] of other.rules) tally.rules.set(id, rule);
  for (const { finding, parts } of other.findings.values()) {
    entryFor(tally.findings, finding.text, () => ({ finding, parts: [] })).parts.push(...parts);
  }
}
