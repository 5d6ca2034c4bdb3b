import type { AnswerJob } from '#domain/jobs/answer-job.ts';
import { positionOf } from '#domain/licenses/position.ts';
import { sightOf } from '#domain/policy/roles.ts';
import { waitsFor } from '#domain/requests/waiting-for.ts';
import type { Notifier } from '#ports/notifier.ts';
import type { People } from '#ports/people.ts';
import type { Recommendations } from '#ports/recommendations.ts';
import type { RequestList } from '#ports/request-list.ts';
import { readSeenPools, type SightPorts } from '#usecases/seen-pools.ts';
import { openSavings } from '#usecases/show-recommendation.ts';

type Ports = SightPorts & {
  readonly requests: RequestList;
  readonly people: People;
  readonly recommendations: Recommendations;
  readonly notifier: Notifier;
};

const MINE_SHOWN = 10;
const PENDING_READ = 200;
const DEFAULT_THRESHOLDS = { nearlyFullPercent: 90, expiresSoonDays: 30 };

/** Draw somebody's Home tab: their requests, what waits for them, pools near their limit. */
export async function showHome(
  ports: Ports,
  { personId }: Extract<AnswerJob, { kind: 'home' }>,
): Promise<void> {
  const [known, mine, pending, person, followed] = await Promise.all([
    readSeenPools(ports, personId),
    ports.requests.ofPerson(personId, MINE_SHOWN),
    ports.requests.open(['pending'], PENDING_READ),
    ports.people.get(personId),
    ports.recommendations.followed(),
  ]);
  const now = ports.now();
  const sees = sightOf(known.published?.policy ?? null, person);
  const thresholds = known.published?.policy.thresholds ?? DEFAULT_THRESHOLDS;
  await ports.notifier.home(personId, {
    mine,
    waitingForMe: pending.filter((request) => waitsFor(request, person)),
    nearLimit: known.all.filter(
      ({ pool }) => positionOf(pool, thresholds, now).state !== 'healthy',
    ),
    savings: openSavings(followed.filter(({ recommendation }) => sees(recommendation))),
    coverage: known.coverage,
    now,
  });
}
