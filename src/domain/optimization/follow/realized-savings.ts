import { DAY_MS, later } from '#domain/instant.ts';
import type { Money } from '#domain/money.ts';
import { licensesByLine } from '#domain/optimization/follow/license-sums.ts';
import type { SubjectFigures } from '#domain/optimization/follow/subject-figures.ts';
import type {
  FollowedRecommendation,
  RealizedSavings,
} from '#domain/optimization/followed-recommendation.ts';

const MEASURED_AFTER = [7, 30] as const;

/** After how many days it is to be measured now: those that are over and have no figure yet. */
export function measurementsDue(
  { status, doneAt, realized }: FollowedRecommendation,
  now: Date,
): readonly RealizedSavings['days'][] {
  if (status !== 'done' || doneAt === null) return [];
  return MEASURED_AFTER.filter(
    (days) => later(doneAt, days * DAY_MS) <= now && !realized.some((one) => one.days === days),
  );
}

/** The subjects of a recommendation as they are now. */
export interface SubjectsNow {
  /** `null`: they are nothing that is measured. */
  readonly figures: SubjectFigures | null;
  /** Machines that are gone, or otherwise than the steps left them. */
  readonly otherwise: readonly string[];
}

/**
 * What was saved since somebody decided on it: what its subjects cost and drew then less what they do
 * now. Where one is gone or was changed otherwise, the difference is not the recommendation's doing, and
 * nothing is claimed.
 */
export function realizedSavings(
  { asFound }: Pick<FollowedRecommendation, 'asFound'>,
  { figures, otherwise }: SubjectsNow,
  days: RealizedSavings['days'],
  at: Date,
): RealizedSavings {
  if (asFound === null || figures === null || otherwise.length > 0) {
    return { days, at, monthly: null, licenses: [], otherwise };
  }
  return {
    days,
    at,
    monthly: difference(asFound.monthly, figures.monthly),
    licenses: licensesByLine([
      ...asFound.licenses,
      ...figures.licenses.map((line) => ({ ...line, units: -line.units })),
    ]).filter(({ units }) => units !== 0),
    otherwise,
  };
}

function difference(before: Money | null, now: Money | null): Money | null {
  if (before === null || now === null || before.currency !== now.currency) return null;
  return { ...before, micros: before.micros - now.micros };
}
