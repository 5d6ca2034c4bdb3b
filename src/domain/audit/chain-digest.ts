import * as z from 'zod';
import type { AuditEntry, AuditEvent } from '#domain/audit/audit.ts';
import type { Sha256 } from '#domain/audit/audit-chain.ts';
import type { AuditFault, StreamHead } from '#domain/audit/audit-verify.ts';
import { canonicalJson } from '#domain/canonical-json.ts';
import { DAY_MS, later } from '#domain/instant.ts';

/** The stream of daily digests: each covers the one before, so that the newest covers all. */
export const DIGEST_STREAM = 'digest';

/** The newest entries, on one UTC day, of every stream that grew on it; by stream. */
export const DayHeads = z.object({
  /** `2026-11-22` */
  day: z.iso.date(),
  heads: z.array(z.object({ stream: z.string(), sequence: z.int().positive(), hash: z.string() })),
});
export type DayHeads = z.output<typeof DayHeads>;

/** The UTC day of an instant. */
export function dayOf(instant: Date): string {
  return instant.toISOString().slice(0, 10);
}

/** An index may show an entry a moment late; a day is digested so long after its end. */
const SETTLED_MS = DAY_MS / 48;
/** The most days that one run catches up. */
const MOST_DAYS = 31;

/**
 * The days that are over and not digested yet, oldest first; at first only the one before `now`.
 *
 * @param newest the newest digest, `null` before the first
 */
export function daysToDigest(newest: AuditEntry | null, now: Date): readonly string[] {
  const yesterday = dayOf(later(now, -DAY_MS - SETTLED_MS));
  if (newest === null) return [yesterday];
  const days: string[] = [];
  let day = dayAfter(String(newest.details['day']));
  while (day <= yesterday && days.length < MOST_DAYS) {
    days.push(day);
    day = dayAfter(day);
  }
  return days;
}

function dayAfter(day: string): string {
  return dayOf(later(new Date(day), DAY_MS));
}

/** The heads of a day's entries, which come in any order. The digests' own stream is not among them. */
export function headsOf(day: string, entries: readonly StreamHead[]): DayHeads {
  const newest = new Map<string, StreamHead>();
  for (const entry of entries) {
    const known = newest.get(entry.stream)?.sequence ?? 0;
    if (entry.stream !== DIGEST_STREAM && entry.sequence > known) newest.set(entry.stream, entry);
  }
  const heads = [...newest.values()]
    .map(({ stream, sequence, hash }) => ({ stream, sequence, hash }))
    .toSorted((a, b) => (a.stream < b.stream ? -1 : 1));
  return { day, heads };
}

/** The digest of a day, for the chain of digests. */
export function digestEvent(heads: DayHeads, now: Date, sha256: Sha256): AuditEvent {
  return {
    stream: DIGEST_STREAM,
    at: now,
    event: 'digest.made',
    by: 'clock',
    details: {
      day: heads.day,
      streams: heads.heads.length,
      headsHash: headsHash(heads, sha256),
    },
  };
}

/** What a day's list is kept under, and what its digest names. */
export function headsHash(heads: DayHeads, sha256: Sha256): string {
  return sha256(canonicalJson(heads));
}

/**
 * What all digests together saw of each stream last, and what is wrong with their lists.
 *
 * @param lists the stored lists by the hashes that digests name
 */
export function digestedHeads(
  digests: readonly AuditEntry[],
  lists: ReadonlyMap<string, DayHeads>,
  sha256: Sha256,
): { readonly heads: ReadonlyMap<string, StreamHead>; readonly faults: readonly AuditFault[] } {
  const read = digests.map((digest) => ({
    digest,
    list: lists.get(String(digest.details['headsHash'])),
  }));
  const heads = read.flatMap(({ list }) => list?.heads ?? []);
  return {
    heads: new Map(heads.map((head) => [head.stream, head])),
    faults: read.flatMap(({ digest, list }) => listFault(digest, list, sha256)),
  };
}

function listFault(
  { sequence, details }: AuditEntry,
  list: DayHeads | undefined,
  sha256: Sha256,
): readonly AuditFault[] {
  if (list === undefined) return [{ stream: DIGEST_STREAM, sequence, what: 'missing' }];
  const isOfDay = list.day === details['day'];
  if (isOfDay && headsHash(list, sha256) === details['headsHash']) return [];
  return [{ stream: DIGEST_STREAM, sequence, what: 'changed' }];
}
