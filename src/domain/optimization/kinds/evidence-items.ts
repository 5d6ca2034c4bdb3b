import type { TermsRule } from '#domain/licenses/requirement.ts';
import type { EvidenceItem, GateCheck } from '#domain/optimization/recommendation.ts';

/** A fact that is true of the moment. */
export function stated(
  source: string,
  measure: string,
  value: number | string,
  unit: string | null = null,
): EvidenceItem {
  return { source, measure, value, unit, lookBackDays: null, asOf: null };
}

/** A rule that whoever decides should know: its sentence, and where it is written. */
export function ruleEvidence(measure: string, { text, source }: TermsRule): EvidenceItem {
  return stated(source, measure, text);
}

/** A condition in the words of the rule that asks for it. */
export function gateCheck(code: string, holds: boolean | null, rule: TermsRule): GateCheck {
  return { code, holds, text: rule.text, rule: rule.id, source: rule.source };
}

/** False where a condition is known not to hold: nothing is recommended then. */
export function mayPass(gate: readonly GateCheck[]): boolean {
  return gate.every(({ holds }) => holds !== false);
}
