import { z } from 'zod';

/** What the sandbox shows of a launch request; the item's document as the product stores it. */
const RequestItem = z.object({
  pk: z.string().startsWith('REQUEST#'),
  document: z.object({
    id: z.string(),
    status: z.string(),
    generation: z.number(),
    planHash: z.string(),
    decisions: z.array(z.unknown()),
    instanceIds: z.array(z.string()),
    submittedAt: z.string(),
  }),
});

const DueItem = z.object({ duePk: z.enum(['DUE', 'DUE#FOLLOWUP']), dueAt: z.iso.datetime() });
const OutboxItem = z.object({ statePk: z.literal('OUTBOX'), stateSk: z.iso.datetime() });

/** The sweep sends what has lain in the outbox for so long, in milliseconds. */
const OUTBOX_AGE_MS = 60_000;

type Items = readonly Record<string, unknown>[];

/** Every launch request in the table, oldest first. */
export function requestSummaries(items: Items) {
  return items
    .flatMap((item) => RequestItem.safeParse(item).data?.document ?? [])
    .toSorted((a, b) => a.submittedAt.localeCompare(b.submittedAt) || a.id.localeCompare(b.id))
    .map(({ id, status, generation, planHash, decisions, instanceIds }) => ({
      id,
      status,
      generation,
      plan_hash: planHash,
      decisions,
      instance_ids: instanceIds,
    }));
}

/** When the sweep next has something to do after `now`; null when nothing is planned. Milliseconds since the epoch. */
export function nextSweepWork(items: Items, now: number): number | null {
  const instants = items.flatMap((item) => {
    const due = DueItem.safeParse(item).data;
    const outbox = OutboxItem.safeParse(item).data;
    return [
      ...(due === undefined ? [] : [Date.parse(due.dueAt)]),
      ...(outbox === undefined ? [] : [Date.parse(outbox.stateSk) + OUTBOX_AGE_MS]),
    ];
  });
  const future = instants.filter((instant) => instant > now);
  return future.length === 0 ? null : Math.min(...future);
}
