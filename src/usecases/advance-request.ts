import { withTimeBox } from '#domain/follow-ups/time-box.ts';
import { advance, type Progress } from '#domain/requests/advance.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { type CommitPorts, decideAndCommit } from '#usecases/commit-change.ts';

/** Note the progress of a launch; old news changes nothing. True when it was noted. */
export async function advanceRequest(
  ports: CommitPorts,
  { id, generation }: Pick<LaunchRequest, 'id' | 'generation'>,
  progress: Progress,
): Promise<boolean> {
  const { store, sha256, now } = ports;
  return decideAndCommit(ports, async () => {
    const request = await store.request(id);
    if (request === null) return null;
    const { draws, terms: lines } = request.evaluation;
    const [ledgers, terms] = await Promise.all([
      store.ledgers(draws.map(({ poolId }) => poolId)),
      store.termsLedgers(lines.map(({ ledgerId }) => ledgerId)),
    ]);
    const step = advance({ request, generation, ledgers, terms }, progress, now());
    return step && withTimeBox(step, sha256, now());
  });
}
