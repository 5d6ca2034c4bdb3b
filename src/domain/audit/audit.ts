import * as z from 'zod';
import { Instant } from '#domain/instant.ts';

/**
 * One link of a hash chain: `hash` covers the entry and the hash before it. There is a chain per
 * request, one per pool, one for the policy, one for the register. Persons appear by Slack user id,
 * texts not at all.
 */
export const AuditEntry = z
  .object({
    /** `request/<id>`, `pool/<pool id>`, `policy` or `register`. */
    stream: z.string(),
    sequence: z.int().positive(),
    at: Instant,
    /** What happened: `request.submitted`, `request.approved`, `approval.refused`, `hold.placed` … */
    event: z.string(),
    by: z.string(),
    /** Small facts: numbers, codes, hashes, ids. */
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    previousHash: z.string(),
    hash: z.string(),
  })
  .readonly();
export type AuditEntry = z.output<typeof AuditEntry>;

/** An entry before it is chained. */
export type AuditEvent = Pick<AuditEntry, 'stream' | 'at' | 'event' | 'by' | 'details'>;
