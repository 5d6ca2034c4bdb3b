import { AuditEntry } from '#domain/audit/audit.ts';
import type { Sha256 } from '#domain/audit/audit-chain.ts';
import { type AuditFault, auditVerifier } from '#domain/audit/audit-verify.ts';
import { type DayHeads, DIGEST_STREAM, digestedHeads } from '#domain/audit/chain-digest.ts';
import type { AuditRows } from '#ports/audit-rows.ts';

/** What a look at a whole audit came to. */
export interface VerifiedAudit {
  readonly rows: number;
  readonly streams: number;
  /** The newest digest that it was compared with; `null` where there is none. */
  readonly digest: { readonly day: string; readonly hash: string } | null;
  /** The first of every stream that has one. */
  readonly faults: readonly AuditFault[];
}

/**
 * Check every chain, row by row, and against the newest digest.
 *
 * @param posted the hash of a digest as it was posted: it must be among those that are there
 */
export async function verifyAudit(
  { audit, sha256 }: { readonly audit: AuditRows; readonly sha256: Sha256 },
  posted: string | null,
): Promise<VerifiedAudit> {
  const digests = await digestsOf(audit);
  const lists = await listsOf(audit, digests);
  const digested = digestedHeads(digests, lists, sha256);
  const verifier = auditVerifier(digested.heads, sha256);
  for await (const { document, place } of audit.rows()) verifier.add(document, place);
  const { rows, streams, faults } = verifier.finish();
  const newest = digests.at(-1);
  const found = [...cutOff(digests, posted), ...digested.faults, ...faults];
  return {
    rows,
    streams,
    digest: newest === undefined ? null : { day: String(newest.details['day']), hash: newest.hash },
    faults: firstOfEach(found),
  };
}

/** Those that can be read; what cannot is a fault of its own, which the verifier finds. */
async function digestsOf(audit: AuditRows): Promise<readonly AuditEntry[]> {
  const digests: AuditEntry[] = [];
  for await (const { document } of audit.rows(DIGEST_STREAM)) {
    const digest = AuditEntry.safeParse(document);
    if (digest.success) digests.push(digest.data);
  }
  return digests;
}

async function listsOf(
  audit: AuditRows,
  digests: readonly AuditEntry[],
): Promise<ReadonlyMap<string, DayHeads>> {
  const lists = new Map<string, DayHeads>();
  for (const { details } of digests) {
    const hash = String(details['headsHash']);
    const list = await audit.list(hash);
    if (list !== null) lists.set(hash, list);
  }
  return lists;
}

function cutOff(digests: readonly AuditEntry[], posted: string | null): readonly AuditFault[] {
  if (posted === null || digests.some(({ hash }) => hash === posted)) return [];
  return [{ stream: DIGEST_STREAM, sequence: digests.length + 1, what: 'truncated' }];
}

function firstOfEach(faults: readonly AuditFault[]): readonly AuditFault[] {
  const first = new Map<string, AuditFault>();
  for (const fault of faults) {
    const known = first.get(fault.stream);
    if (known === undefined || fault.sequence < known.sequence) first.set(fault.stream, fault);
  }
  return [...first.values()].toSorted((a, b) => (a.stream < b.stream ? -1 : 1));
}
