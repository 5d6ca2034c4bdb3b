import type { AuditEntry } from '#domain/audit/audit.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';

/** What can happen to a request, by the events that say so in its audit. */
const TURNS = {
  'request.submitted': 'submitted',
  'request.edited': 'edited',
  'request.reasked': 'asked-again',
  'request.held': 'held',
  'request.seat-filled': 'seat-filled',
  'request.seats-reopened': 'seats-reopened',
  'request.approved': 'approved',
  'request.auto-approved': 'auto-approved',
  'request.overridden': 'overridden',
  'request.denied': 'denied',
  'request.cancelled': 'cancelled',
  'request.expired': 'expired',
  'request.reminded': 'reminded',
  'request.postponed': 'reminder-put-off',
  'request.escalated': 'escalated',
  'request.countered': 'countered',
  'request.counter-accepted': 'counter-accepted',
  'request.counter-declined': 'counter-declined',
  'request.noted': 'noted',
  'request.launching': 'launching',
  'request.launched': 'launched',
  'request.failed': 'failed',
  'request.undoing': 'undoing',
  'request.unknown': 'unknown',
  'request.confirmed': 'confirmed',
  'request.unlisted': 'unlisted',
  'request.erased': 'erased',
} as const;
const REFUSED = '.refused';
const REPEATED = '.repeated';

/** `refused` and `repeated` are clicks that changed nothing; `other` is what this version has no words for. */
export type Turn = (typeof TURNS)[keyof typeof TURNS] | 'refused' | 'repeated' | 'other';

/** One turn of a request's story. */
export interface StoryLine {
  readonly at: Date;
  /** Slack user id, `policy` or `clock`. */
  readonly by: string;
  readonly turn: Turn;
  /** What somebody tried, of `refused` and `repeated`; the event, of `other`. */
  readonly what: string | null;
  /** `null` where the audit does not say. */
  readonly generation: number | null;
  readonly details: AuditEntry['details'];
  /** Their own words, where they are kept: untrusted text. */
  readonly words: string | null;
}

/** A request's story, first to last: what its audit says, with the words that the request keeps. */
export function requestStory(
  request: LaunchRequest,
  trail: readonly AuditEntry[],
): readonly StoryLine[] {
  return trail.map((entry) => {
    const { at, by, details } = entry;
    const { generation } = details;
    return {
      at,
      by,
      ...turnOf(entry),
      generation: typeof generation === 'number' ? generation : null,
      details,
      words: wordsOf(request, entry),
    };
  });
}

function turnOf({ event }: AuditEntry): Pick<StoryLine, 'turn' | 'what'> {
  const [, turn] = Object.entries(TURNS).find(([name]) => name === event) ?? [];
  if (turn !== undefined) return { turn, what: null };
  if (event.endsWith(REFUSED)) return { turn: 'refused', what: event.slice(0, -REFUSED.length) };
  if (event.endsWith(REPEATED)) return { turn: 'repeated', what: event.slice(0, -REPEATED.length) };
  return { turn: 'other', what: event };
}

/** What somebody said with it. Texts lie in the request, and not in its audit. */
function wordsOf(
  { reason, generation, decisions, notes, counter }: LaunchRequest,
  { event, at, by, details }: AuditEntry,
): string | null {
  const command = details['command'];
  switch (event) {
    case 'request.submitted':
    case 'request.edited':
      return details['generation'] === generation ? reason : null;
    case 'request.noted':
      return (
        notes.find((note) => note.by === by && note.at.getTime() === at.getTime())?.text ?? null
      );
    case 'request.countered':
      return counter?.key === command ? (counter?.reason ?? null) : null;
    default:
      return decisions.find(({ key }) => key === command)?.reason ?? null;
  }
}
