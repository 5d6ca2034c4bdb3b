import { canonicalJson } from '#domain/canonical-json.ts';
import { licenseLine } from '#domain/optimization/follow/license-sums.ts';
import type { SubjectFigures } from '#domain/optimization/follow/subject-figures.ts';
import type {
  FollowedRecommendation,
  RecommendationStatus,
} from '#domain/optimization/followed-recommendation.ts';
import type { Recommendation, Savings } from '#domain/optimization/recommendation.ts';

/** A recommendation that a run came to, with what its subjects cost and draw as they are. */
export interface Found {
  readonly recommendation: Recommendation;
  readonly figures: SubjectFigures | null;
}

/** What a run came to. */
export interface FoundByRun {
  /** In any order. */
  readonly found: readonly Found[];
  /** True where the run looked at everything, so that what it did not find is no longer so. */
  readonly complete: boolean;
}

function isOpen(status: RecommendationStatus): boolean {
  return status === 'new' || status === 'snoozed';
}

/** What nobody was promised anything of: it goes when it is no longer so. */
const PASSING: ReadonlySet<RecommendationStatus> = new Set(['new', 'snoozed', 'dismissed']);

/**
 * What a run changes of the recommendations that are followed, each with its version raised, by id.
 * Merged once more, nothing changes.
 */
export function mergeFound(
  known: readonly FollowedRecommendation[],
  { found, complete }: FoundByRun,
  now: Date,
): readonly FollowedRecommendation[] {
  const byId = new Map(known.map((one) => [one.recommendation.id, one]));
  const newest = newestOfEach(found);
  const seen = [...newest.values()].map((one) => {
    const before = byId.get(one.recommendation.id);
    return before === undefined ? seenFirst(one, now) : raised(before, seenAgain(before, one, now));
  });
  const gone = complete
    ? known
        .filter(
          ({ recommendation, status }) => PASSING.has(status) && !newest.has(recommendation.id),
        )
        .map((one) => raised(one, { ...one, status: 'gone' }))
    : [];
  return [...seen, ...gone]
    .filter((one) => one !== null)
    .toSorted((a, b) => (a.recommendation.id < b.recommendation.id ? -1 : 1));
}

/** Two of one id come from two scenarios of a run: the newest counts, whatever their order. */
function newestOfEach(found: readonly Found[]): ReadonlyMap<string, Found> {
  const newest = new Map<string, Found>();
  for (const one of found) {
    const other = newest.get(one.recommendation.id);
    if (other === undefined || comesAfter(one, other)) newest.set(one.recommendation.id, one);
  }
  return newest;
}

function comesAfter(one: Found, other: Found): boolean {
  const later = one.recommendation.asOf.getTime() - other.recommendation.asOf.getTime();
  return later === 0 ? canonicalJson(one) > canonicalJson(other) : later > 0;
}

function seenFirst({ recommendation, figures }: Found, now: Date): FollowedRecommendation {
  return {
    recommendation,
    asFound: figures,
    status: 'new',
    version: 1,
    firstSeenAt: now,
    lastSeenAt: now,
    decided: null,
    snoozedUntil: null,
    promised: null,
    requests: [],
    doneByHand: [],
    doneAt: null,
    realized: [],
  };
}

function seenAgain(
  before: FollowedRecommendation,
  found: Found,
  now: Date,
): FollowedRecommendation {
  const lastSeenAt = now > before.lastSeenAt ? now : before.lastSeenAt;
  const status = statusOf(before, found.recommendation, now);
  const standing = { ...before, status, lastSeenAt };
  if (!isOpen(status)) return standing;
  const isBack = status === 'new' && before.status !== 'new';
  const afresh = isBack ? { ...standing, decided: null, snoozedUntil: null } : standing;
  return withContent(afresh, found);
}

/**
 * What somebody decided on stays as they saw it: steps are counted by their place, savings are measured
 * from how things were then, and what was dismissed comes back by how much more it would save.
 */
function withContent(
  before: FollowedRecommendation,
  { recommendation, figures }: Found,
): FollowedRecommendation {
  return recommendation.asOf < before.recommendation.asOf
    ? before
    : { ...before, recommendation, asFound: figures };
}

function statusOf(
  before: FollowedRecommendation,
  found: Recommendation,
  now: Date,
): RecommendationStatus {
  const status = before.status === 'gone' ? formerStatus(before) : before.status;
  const { snoozedUntil, recommendation } = before;
  if (status === 'snoozed' && (snoozedUntil === null || snoozedUntil <= now)) return 'new';
  if (status === 'dismissed' && hasGrown(recommendation.savings, found.savings)) return 'new';
  return status;
}

/** What was gone for a night is what it was before: nobody has to say no twice. */
function formerStatus({ decided, snoozedUntil }: FollowedRecommendation): RecommendationStatus {
  if (snoozedUntil !== null) return 'snoozed';
  return decided === null || decided.reason === null ? 'new' : 'dismissed';
}

/**
 * Whether it would save more than half as much again as when it was dismissed. Other facts do not bring
 * it back: measurements differ every night, and a reason is about the thing itself, until it is worth
 * more. Money counts; where none is known, licenses do.
 */
function hasGrown(before: Savings, now: Savings): boolean {
  if (before.monthly?.currency !== now.monthly?.currency) return false;
  if (before.monthly !== null && now.monthly !== null) {
    return 2 * now.monthly.micros > 3 * before.monthly.micros;
  }
  const units = new Map(before.licenses.map((line) => [licenseLine(line), line.units]));
  return now.licenses.some(
    (line) => 2 * line.units > 3 * Math.max(0, units.get(licenseLine(line)) ?? 0),
  );
}

/** With its version raised where anything is otherwise; else `null`. */
function raised(
  before: FollowedRecommendation,
  after: FollowedRecommendation,
): FollowedRecommendation | null {
  const isSame = canonicalJson(before) === canonicalJson(after);
  return isSame ? null : { ...after, version: before.version + 1 };
}
