import * as z from 'zod';
import { Reason, words } from '#api/request-body.ts';

const HASH = 'Write the hash of the plan that you saw (64 hexadecimal digits)';
const PlanHash = z.string(HASH).regex(/^[0-9a-f]{64}$/, HASH);

const given = { key: z.string().optional() };
/** What is agreed to is named by its hash; for what only ends or notes, the newest plan will do. */
const pinned = { ...given, planHash: PlanHash };
const unpinned = { ...given, planHash: PlanHash.optional() };

/** What somebody does with a request. */
export const DecisionBody = z.discriminatedUnion(
  'decision',
  [
    z.strictObject({ decision: z.literal('approve'), ...pinned }),
    z.strictObject({ decision: z.literal('deny'), ...unpinned, reason: Reason }),
    z.strictObject({ decision: z.literal('cancel'), ...unpinned }),
    z.strictObject({ decision: z.literal('override'), ...pinned, reason: Reason }),
    z.strictObject({ decision: z.literal('accept'), ...pinned }),
    z.strictObject({ decision: z.literal('decline'), ...unpinned }),
    z.strictObject({ decision: z.literal('note'), ...unpinned, reason: words(500) }),
  ],
  'Write approve, deny, cancel, override, accept, decline or note',
);
export type DecisionBody = z.output<typeof DecisionBody>;
