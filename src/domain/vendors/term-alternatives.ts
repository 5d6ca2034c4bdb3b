import { entryFor } from '#domain/estate/shard-index.ts';
import type { LicenseTerms, TermSwitches } from '#domain/licenses/license-terms.ts';
import type { Alternative } from '#domain/licenses/requirement.ts';

/** One answer to one question that the terms leave open. */
export interface Answer {
  readonly switch: keyof TermSwitches;
  readonly setting: string;
  readonly switches: Partial<TermSwitches>;
}

/** What would be counted under each of these answers, where it differs from the count under these terms. */
export function recountUnder(
  answers: readonly Answer[],
  terms: LicenseTerms,
  count: (terms: LicenseTerms) => number | null,
): readonly Alternative[] {
  const counted = count(terms);
  const alternatives: Alternative[] = [];
  for (const answer of answers) {
    const units = count(termsUnder(answer, terms));
    if (units === null || units === counted) continue;
    alternatives.push({ switch: answer.switch, setting: answer.setting, units });
  }
  return alternatives;
}

const ANSWERED = new WeakMap<LicenseTerms, Map<Answer, LicenseTerms>>();

/** These terms with another answer. Terms never change, so they are answered once, not for every machine. */
function termsUnder(answer: Answer, terms: LicenseTerms): LicenseTerms {
  let known = ANSWERED.get(terms);
  if (known === undefined) {
    known = new Map();
    ANSWERED.set(terms, known);
  }
  return entryFor(known, answer, () => ({
    ...terms,
    switches: { ...terms.switches, ...answer.switches },
  }));
}
