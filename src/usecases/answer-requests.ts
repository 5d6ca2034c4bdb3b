import type { AnswerJob } from '#domain/jobs/answer-job.ts';
import type { Person } from '#domain/person.ts';
import { sightOf } from '#domain/policy/roles.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { waitsFor } from '#domain/requests/waiting-for.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import type { Notifier } from '#ports/notifier.ts';
import type { People } from '#ports/people.ts';
import type { Policies } from '#ports/policies.ts';
import type { RequestList } from '#ports/request-list.ts';

interface Ports {
  readonly store: Pick<DecisionStore, 'request'>;
  readonly requests: RequestList;
  readonly notifier: Notifier;
}
interface HistoryPorts {
  readonly store: Pick<DecisionStore, 'request'>;
  readonly requests: Pick<RequestList, 'auditTrail'>;
  readonly people: Pick<People, 'get'>;
  readonly policies: Pick<Policies, 'current'>;
  readonly notifier: Pick<Notifier, 'history'>;
}
type JobOf<Kind extends AnswerJob['kind']> = Extract<AnswerJob, { kind: Kind }>;

const REQUESTS_SHOWN = 20;
const PENDING_READ = 200;

/** Answer `/license requests`: what waits for the person, oldest first, and their own, newest first. */
export async function answerRequests(
  { requests, people, notifier }: Ports & { readonly people: People },
  { replyTo }: JobOf<'requests'>,
): Promise<void> {
  const { personId } = replyTo;
  const [mine, pending, person] = await Promise.all([
    requests.ofPerson(personId, REQUESTS_SHOWN),
    requests.open(['pending'], PENDING_READ),
    people.get(personId),
  ]);
  const waitingForMe = pending.filter((request) => waitsFor(request, person));
  await notifier.requests(replyTo, { waitingForMe, mine });
}

/**
 * Answer `/license history <request>` from the request's audit chain: to those who take part in it, and
 * to whoever may see figures of its account and Region. To others it does not exist.
 */
export async function answerHistory(
  ports: HistoryPorts,
  { requestId, replyTo }: JobOf<'history'>,
): Promise<void> {
  const [found, person, published] = await Promise.all([
    ports.store.request(requestId),
    ports.people.get(replyTo.personId),
    ports.policies.current(),
  ]);
  const sees = sightOf(published?.policy ?? null, person);
  const request = found !== null && (takesPart(found, person) || sees(found.choice)) ? found : null;
  const trail = request === null ? [] : await ports.requests.auditTrail(`request/${requestId}`);
  await ports.notifier.history(replyTo, request, trail);
}

/** Who asked, changed, decided, or is waited for. */
function takesPart(request: LaunchRequest, person: Person): boolean {
  const known = [...request.editors, request.for, ...request.decisions.map(({ by }) => by)];
  return known.includes(person.id) || waitsFor(request, person);
}

/** Tell somebody what became of their click. */
export async function tellNotice(
  ports: Ports,
  { requestId, notice, replyTo }: JobOf<'notice'>,
): Promise<void> {
  const request: LaunchRequest | null = await ports.store.request(requestId);
  await ports.notifier.notice(replyTo, request, notice);
}
