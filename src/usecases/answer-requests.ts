import type { AnswerJob } from '#domain/job.ts';
import type { LaunchRequest } from '#domain/launch-request.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import type { Notifier } from '#ports/notifier.ts';
import type { RequestList } from '#ports/request-list.ts';

interface Ports {
  readonly store: Pick<DecisionStore, 'request'>;
  readonly requests: RequestList;
  readonly notifier: Notifier;
}
type JobOf<Kind extends AnswerJob['kind']> = Extract<AnswerJob, { kind: Kind }>;

const REQUESTS_SHOWN = 20;

/** Answer `/license requests`: the person's own, newest first. */
export async function answerRequests(
  { requests, notifier }: Ports,
  { replyTo }: JobOf<'requests'>,
): Promise<void> {
  await notifier.requests(replyTo, await requests.ofPerson(replyTo.personId, REQUESTS_SHOWN));
}

/** Answer `/license history <request>` from the request's audit chain. */
export async function answerHistory(
  ports: Ports,
  { requestId, replyTo }: JobOf<'history'>,
): Promise<void> {
  const request = await ports.store.request(requestId);
  const trail = request === null ? [] : await ports.requests.auditTrail(`request/${requestId}`);
  await ports.notifier.history(replyTo, request, trail);
}

/** Tell somebody what became of their click. */
export async function tellNotice(
  ports: Ports,
  { requestId, notice, replyTo }: JobOf<'notice'>,
): Promise<void> {
  const request: LaunchRequest | null = await ports.store.request(requestId);
  await ports.notifier.notice(replyTo, request, notice);
}
