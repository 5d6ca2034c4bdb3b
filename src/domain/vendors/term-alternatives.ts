import type { LicenseTerms, TermSwitches } from '#domain/license-terms.ts';
import type { Alternative } from '#domain/requirement.ts';

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
  return answers.flatMap(({ switch: question, setting, switches }) => {
    const units = count({ ...terms, switches: { ...terms.switches, ...switches } });
    return units === null || units === counted ? [] : [{ switch: question, setting, units }];
  });
}
