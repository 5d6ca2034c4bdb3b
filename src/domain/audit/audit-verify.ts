import * as z from 'zod';
import type { Sha256 } from '#domain/audit/audit-chain.ts';
import { canonicalJson } from '#domain/canonical-json.ts';

/** How far a stream had come: its newest entry at some moment. */
export interface StreamHead {
  readonly stream: string;
  readonly sequence: number;
  readonly hash: string;
}

/**
 * The first thing that is wrong in a stream. `changed`: the row is not what its hash stands for.
 * `missing`: nothing has this number. `reordered`: the row is not where its number says. `forked`: it
 * does not follow the row before it, or is not the row that the digest saw. `truncated`: the digest
 * saw a row here, and the stream ends before it.
 */
export const AuditFault = z.object({
  stream: z.string(),
  sequence: z.int(),
  what: z.enum(['changed', 'missing', 'reordered', 'forked', 'truncated']),
});
export type AuditFault = z.output<typeof AuditFault>;

/** Where a row lies; a file's rows lie where they say themselves. */
export interface RowPlace {
  readonly stream: string;
  readonly sequence: number;
}

/** Checks chains row by row; keeps one row for each stream. */
export interface AuditVerifier {
  /** The next row, as it is stored. Rows of a stream come in the order in which they lie. */
  add(document: unknown, place?: RowPlace): void;
  /** The first fault of every stream that has one, by name. */
  finish(): {
    readonly rows: number;
    readonly streams: number;
    readonly faults: readonly AuditFault[];
  };
}

/** What makes a row a link of a chain; all else of it is covered by its hash. */
const Link = z.looseObject({
  stream: z.string(),
  sequence: z.int().positive(),
  previousHash: z.string(),
  hash: z.string(),
});
type Link = z.output<typeof Link>;

/** How far a stream is checked. */
interface Progress {
  /** The last row that was right. */
  readonly last: StreamHead;
  readonly fault: Pick<AuditFault, 'sequence' | 'what'> | null;
}

interface Row {
  readonly link: Link;
  readonly at: RowPlace;
}

/**
 * A verifier of whole audit trails.
 *
 * @param heads what the newest digest saw of each stream: they must be there still
 */
export function auditVerifier(
  heads: ReadonlyMap<string, StreamHead>,
  sha256: Sha256,
): AuditVerifier {
  const streams = new Map<string, Progress>();
  let rows = 0;
  return {
    add(document, place) {
      rows += 1;
      const link = Link.safeParse(document).data;
      const stream = place?.stream ?? link?.stream ?? 'unreadable';
      const last = { stream, sequence: 0, hash: '' };
      const before = streams.get(stream) ?? { last, fault: null };
      streams.set(stream, after(before, link, place, heads.get(stream), sha256));
    },
    finish() {
      const faults = [...streams].flatMap(([stream, { fault }]) =>
        fault === null ? [] : [{ stream, ...fault }],
      );
      const ended = [...heads.values()].flatMap((head) => truncation(head, streams));
      const sorted = [...faults, ...ended].toSorted((a, b) => (a.stream < b.stream ? -1 : 1));
      return { rows, streams: streams.size, faults: sorted };
    },
  };
}

function truncation(
  { stream, sequence }: StreamHead,
  streams: ReadonlyMap<string, Progress>,
): readonly AuditFault[] {
  const { last, fault } = streams.get(stream) ?? { last: { sequence: 0 }, fault: null };
  if (fault !== null || last.sequence >= sequence) return [];
  return [{ stream, sequence: last.sequence + 1, what: 'truncated' }];
}

/** A stream's progress after one more row; it may be no link of a chain at all. */
function after(
  before: Progress,
  link: Link | undefined,
  place: RowPlace | undefined,
  head: StreamHead | undefined,
  sha256: Sha256,
): Progress {
  const { last, fault } = before;
  const expected = last.sequence + 1;
  if (fault !== null) {
    // What was missed turns up later: it is there, in another place.
    const turnsUp = fault.what === 'missing' && link?.sequence === fault.sequence;
    return turnsUp ? { last, fault: { ...fault, what: 'reordered' } } : before;
  }
  if (link === undefined) {
    return { last, fault: { what: 'changed', sequence: place?.sequence ?? expected } };
  }
  const at = place ?? link;
  const what = faultOf({ link, at }, last, head, sha256);
  if (what === null) return { last: link, fault: null };
  return { last, fault: { what, sequence: what === 'missing' ? expected : at.sequence } };
}

/** What is wrong with a row that should follow `last`, or `null`. */
function faultOf(
  { link, at }: Row,
  last: StreamHead,
  head: StreamHead | undefined,
  sha256: Sha256,
): AuditFault['what'] | null {
  if (rowHash(link, sha256) !== link.hash) return 'changed';
  const expected = last.sequence + 1;
  if (at.sequence > expected) return 'missing';
  if (link.stream !== at.stream || link.sequence !== at.sequence) return 'reordered';
  if (link.sequence < expected || link.previousHash !== last.hash) return 'forked';
  return head?.sequence === link.sequence && head.hash !== link.hash ? 'forked' : null;
}

/** The hash that a stored row must have: over everything in it but the hash itself. */
function rowHash(row: Link, sha256: Sha256): string {
  return sha256(canonicalJson({ ...row, hash: '' }));
}
