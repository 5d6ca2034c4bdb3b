import type { AnswerJob } from '#domain/jobs/answer-job.ts';
import type { Notifier } from '#ports/notifier.ts';
import { closestNames, matchingPools } from '#usecases/match-pools.ts';
import { consumersOf, narrowed } from '#usecases/narrow-pools.ts';
import { readSeenPools, type SightPorts } from '#usecases/seen-pools.ts';

/** So many resources fit a message, with long names and the pools' names beside them. */
const PAGE_SIZE = 20;

/** Answer `/license who <name>`: one page of the resources that use the pools of a name. */
export async function answerWho(
  ports: SightPorts & { readonly notifier: Notifier },
  { query, view, page, replyTo }: Extract<AnswerJob, { kind: 'who' }>,
): Promise<void> {
  const known = await readSeenPools(ports, replyTo.personId);
  const pools = matchingPools(known.all, query);
  const consumers = narrowed(known, pools, view)
    .flatMap((pool) =>
      consumersOf(known, pool, view.tag).map((consumer) => ({ ...consumer, pool })),
    )
    .toSorted((a, b) => b.licenses - a.licenses);
  const pages = Math.max(1, Math.ceil(consumers.length / PAGE_SIZE));
  // A page that was there a minute ago may be gone.
  const shown = Math.min(page, pages);
  await ports.notifier.who(replyTo, {
    query,
    view,
    pools,
    suggestions: pools.length === 0 ? closestNames(known.all, query) : [],
    consumers: consumers.slice((shown - 1) * PAGE_SIZE, shown * PAGE_SIZE),
    page: shown,
    pages,
    total: consumers.length,
    coverage: known.coverage,
  });
}
