import * as z from 'zod';
import { AuditEntry, type AuditEvent } from '#domain/audit/audit.ts';
import { canonicalJson } from '#domain/canonical-json.ts';

/** Hexadecimal SHA-256 of a text in UTF-8; passed in, because the domain imports nothing. */
export type Sha256 = (text: string) => string;

/** Chain one stream's events, in order, to its newest entry (`null`: to nothing). */
export function chain(
  head: AuditEntry | null,
  events: readonly AuditEvent[],
  sha256: Sha256,
): readonly AuditEntry[] {
  const entries: AuditEntry[] = [];
  let last = head;
  for (const event of events) {
    last = link(last, event, sha256);
    entries.push(last);
  }
  return entries;
}

function link(last: AuditEntry | null, event: AuditEvent, sha256: Sha256): AuditEntry {
  const unsealed = {
    ...event,
    sequence: (last?.sequence ?? 0) + 1,
    previousHash: last?.hash ?? '',
    hash: '',
  };
  return { ...unsealed, hash: hashOf(unsealed, sha256) };
}

/** The hash that an entry must have: over everything in it but the hash itself. */
export function hashOf(entry: AuditEntry, sha256: Sha256): string {
  return sha256(canonicalJson(z.encode(AuditEntry, { ...entry, hash: '' })));
}
