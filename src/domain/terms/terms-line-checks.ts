import { DAY_MS, later } from '#domain/instant.ts';
import type { TermsDraw } from '#domain/launch/launch-evaluation.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';
import type { Policy } from '#domain/policy/policy.ts';
import { additionalLicenses } from '#domain/requests/ledger.ts';
import type { TermsCheck } from '#domain/terms/terms-draw.ts';
import { entitledNow, type TermsLedger } from '#domain/terms/terms-ledger.ts';
import type { LaunchTerms } from '#domain/terms/terms-view.ts';

/** What a line is checked against. */
interface Against {
  readonly terms: LaunchTerms;
  readonly policy: Policy;
  readonly now: Date;
}

/**
 * What a line says to a launch that draws on it. Where no entitlement says what is owned, nothing can be
 * held. @param unsized whether the launch may need more, on machines whose size is not known
 */
export function checkLine(draw: TermsDraw, unsized: boolean, against: Against): TermsCheck {
  const ledger = against.terms.ledgers.find(({ id }) => id === draw.ledgerId);
  const unknown: Reason = { code: 'terms-unknown', ...lineOf(draw) };
  const entitled = ledger === undefined ? null : entitledNow(ledger, against.now);
  if (ledger === undefined || entitled === null) {
    return { draws: [], reasons: [], warnings: [unknown] };
  }
  return {
    draws: draw.licenses > 0 ? [draw] : [],
    reasons: shortage(draw, ledger, entitled, against.now),
    warnings: [
      ...(unsized || ledger.required === null ? [unknown] : []),
      ...endWarnings(draw, ledger, against),
    ],
  };
}

function lineOf({ product, edition, metric }: TermsDraw) {
  return { product, edition, metric };
}

/** A hold that another request has for the same host is shared, not added. */
function shortage(
  draw: TermsDraw,
  ledger: TermsLedger,
  entitled: number,
  now: Date,
): readonly Reason[] {
  const { expiresAt, requiredAtLeast, held } = ledger;
  if (entitled === 0 && expiresAt !== null && expiresAt <= now) {
    return [{ code: 'entitlement-expired', ...lineOf(draw), expiredAt: expiresAt }];
  }
  const additional = additionalLicenses(ledger, draw);
  const short = additional - (entitled - requiredAtLeast - held);
  if (additional === 0 || short <= 0) return [];
  return [{ code: 'over-terms', ...lineOf(draw), short }];
}

function endWarnings(
  draw: TermsDraw,
  { expiresAt }: TermsLedger,
  { policy, now }: Against,
): readonly Reason[] {
  const soon = later(now, policy.thresholds.expiresSoonDays * DAY_MS);
  if (expiresAt === null || expiresAt <= now || expiresAt > soon) return [];
  return [{ code: 'entitlement-expires-soon', ...lineOf(draw), expiresAt }];
}
