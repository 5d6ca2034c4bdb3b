import { NO_STEP, type Step } from '#domain/requests/change.ts';
import { promoteTerms } from '#domain/requests/transition.ts';
import {
  applyRequirement,
  newTermsLedger,
  type TermsFigures,
  type TermsLedger,
} from '#domain/terms/terms-ledger.ts';
import type { CountedLine } from '#domain/terms/terms-outlook.ts';

/** The step that brings a line's ledger up to date, or `null` when its figures are newer already. */
export function collectTerms(
  ledger: TermsLedger | null,
  figures: TermsFigures,
  now: Date,
): Step | null {
  const next = ledger ? applyRequirement(ledger, figures) : newTermsLedger(figures);
  if (next === ledger) return null;
  const { id, entitled, required, held, waiting } = next;
  const details = { entitled, required, held, waiting: waiting.length };
  const event = { stream: `terms/${id}`, at: now, event: 'figures.changed', by: 'clock', details };
  const changed = !sameFigures(ledger, next);
  return {
    ...NO_STEP,
    termsLedgers: [{ ...next, version: next.version + 1 }],
    audit: changed ? [event] : [],
    messages: changed && waiting.length > 0 ? [promoteTerms(next, now)] : [],
  };
}

function sameFigures(before: TermsLedger | null, after: TermsLedger): boolean {
  return (
    before !== null &&
    before.entitled === after.entitled &&
    before.required === after.required &&
    before.requiredAtLeast === after.requiredAtLeast &&
    before.held === after.held &&
    before.expiresAt?.getTime() === after.expiresAt?.getTime()
  );
}

/** The figures of a line that is no longer owned: its holds stay until their requests end. */
export function goneLine({ id, product, edition, metric }: TermsLedger, asOf: Date): CountedLine {
  const nothing = { entitled: null, expiresAt: null, entitledThen: 0 };
  return { id, product, edition, metric, ...nothing, required: null, requiredAtLeast: 0, asOf };
}
