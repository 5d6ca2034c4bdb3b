import type { FollowUp } from '#domain/follow-ups/follow-up.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';

/** What stands where somebody's words were. */
export const ERASED = '(erased)';

/** A document without a person's words, and how many texts of theirs were in it. */
export interface Without<Document> {
  readonly document: Document;
  readonly texts: number;
}

/**
 * A request without the words of a person: reasons, notes and offers. Who did what and when stays, as
 * the audit has it, and so does every figure.
 */
export function eraseFromRequest(request: LaunchRequest, personId: string): Without<LaunchRequest> {
  const eraser = eraserFor(personId);
  const { requestedBy, decisions, notes, counter } = request;
  const document = {
    ...request,
    reason: eraser.erase(requestedBy, request.reason),
    decisions: decisions.map((decision) => ({
      ...decision,
      reason: decision.reason === null ? null : eraser.erase(decision.by, decision.reason),
    })),
    notes: notes.map((note) => ({ ...note, text: eraser.erase(note.by, note.text) })),
    counter: counter && { ...counter, reason: eraser.erase(counter.by, counter.reason) },
  };
  return { document, texts: eraser.count() };
}

/** A follow-up without the words of a person. */
export function eraseFromFollowUp(followUp: FollowUp, personId: string): Without<FollowUp> {
  const eraser = eraserFor(personId);
  const decisions = followUp.decisions.map((decision) => {
    const { action, by } = decision;
    if (!('reason' in action)) return decision;
    return { ...decision, action: { ...action, reason: eraser.erase(by, action.reason) } };
  });
  return { document: { ...followUp, decisions }, texts: eraser.count() };
}

function eraserFor(personId: string) {
  let texts = 0;
  return {
    erase(by: string, text: string): string {
      if (by !== personId || text === '' || text === ERASED) return text;
      texts += 1;
      return ERASED;
    },
    count: () => texts,
  };
}
