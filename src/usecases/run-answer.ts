import type { AnswerJob, ReplyTo } from '#domain/job.ts';
import type { Refusal } from '#domain/notice.ts';
import { whyNotLook } from '#domain/roles.ts';
import type { Cards } from '#ports/cards.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import type { LicenseRegisters, RegisterContents } from '#ports/license-registers.ts';
import type { Notifier } from '#ports/notifier.ts';
import type { People } from '#ports/people.ts';
import type { Policies } from '#ports/policies.ts';
import type { PolicyProposals } from '#ports/policy-proposals.ts';
import type { ReadSheet } from '#ports/read-sheet.ts';
import type { RequestList } from '#ports/request-list.ts';
import type { PoolList, Snapshots } from '#ports/snapshots.ts';
import type { UploadedFiles } from '#ports/uploaded-files.ts';
import type { Within } from '#ports/within.ts';
import { answerHistory, answerRequests, tellNotice } from '#usecases/answer-requests.ts';
import { answerUsage, shareUsage } from '#usecases/answer-usage.ts';
import { answerWho } from '#usecases/answer-who.ts';
import { announceOverride, remindApprovers, showCard } from '#usecases/show-card.ts';
import { showFollowUp, tellFollowUpNotice } from '#usecases/show-follow-up.ts';
import { showHome } from '#usecases/show-home.ts';
import { showImportForm, showImportPreview } from '#usecases/show-import.ts';
import { showPolicyCard, tellPolicyNotice } from '#usecases/show-policy.ts';

export interface AnswerPorts {
  readonly store: Pick<DecisionStore, 'request' | 'ledgers' | 'followUp'>;
  readonly requests: RequestList;
  readonly pools: PoolList;
  readonly snapshots: Snapshots;
  readonly policies: Policies;
  readonly proposals: PolicyProposals;
  /** Slack user ids that administer while no policy is published. */
  readonly firstAdministrators: readonly string[];
  readonly people: People;
  readonly cards: Cards;
  readonly registers: LicenseRegisters & Pick<RegisterContents, 'storeDraft'>;
  readonly files: UploadedFiles;
  readonly readSheet: ReadSheet;
  readonly notifier: Notifier;
  readonly now: () => Date;
  readonly pause: (ms: number) => Promise<void>;
  readonly within: Within;
  /** Notes an error that a person was told of, under the reference that they were given. */
  readonly report: (reference: string, error: unknown) => void;
}

/** A person hears something within 25 s of asking; the queue and Slack need some of them. */
const ANSWER_MS = 15_000;

/**
 * Do one answer job. Somebody who waits for an answer gets it or a plain error with a reference;
 * cards and the Home tab go back to the queue instead.
 */
export async function runAnswer(
  ports: AnswerPorts,
  job: AnswerJob,
  { messageId }: { readonly messageId: string },
): Promise<void> {
  try {
    await ports.within(ANSWER_MS, answer(ports, job));
  } catch (error) {
    const replyTo = waitingFor(job);
    if (replyTo === null) throw error;
    const reference = messageId.slice(0, 8);
    ports.report(reference, error);
    if ('viewKey' in job) await ports.notifier.showImport(job, { kind: 'failed', reference });
    else await ports.notifier.apology(replyTo, reference);
  }
}

async function answer(ports: AnswerPorts, job: AnswerJob): Promise<void> {
  const looker = lookerOf(job);
  const why = looker === null ? null : await whyNot(ports, looker.personId);
  if (looker !== null && why !== null) {
    return ports.notifier.notice(looker, null, { kind: 'refused', action: 'look', why });
  }
  switch (job.kind) {
    case 'usage':
      return answerUsage(ports, job);
    case 'who':
      return answerWho(ports, job);
    case 'share':
      return shareUsage(ports, job);
    case 'requests':
      return answerRequests(ports, job);
    case 'history':
      return answerHistory(ports, job);
    case 'notice':
      return tellNotice(ports, job);
    case 'stuck':
      return ports.notifier.stuck(job.replyTo, job.reference, job.givenUp);
    case 'card':
      return showCard(ports, job);
    case 'reminder':
      return remindApprovers(ports, job);
    case 'override-announcement':
      return announceOverride(ports, job);
    case 'home':
      return showHome(ports, job);
    case 'policy-card':
      return showPolicyCard(ports, job);
    case 'policy-notice':
      return tellPolicyNotice(ports, job);
    case 'follow-up-card':
      return showFollowUp(ports, job);
    case 'follow-up-notice':
      return tellFollowUpNotice(ports, job);
    case 'import-form':
      return showImportForm(ports, job);
    case 'import-preview':
      return showImportPreview(ports, job);
    case 'import-notice':
      return ports.notifier.importNotice(job.replyTo, job.notice);
  }
}

async function whyNot(
  { people, policies }: AnswerPorts,
  personId: string,
): Promise<Refusal | null> {
  const [person, published] = await Promise.all([people.get(personId), policies.current()]);
  return whyNotLook(published?.policy ?? null, person);
}

/** Who would see figures or requests by this job. Cards and notices go to whom a decision concerns. */
function lookerOf(job: AnswerJob): ReplyTo | null {
  switch (job.kind) {
    case 'usage':
    case 'who':
    case 'requests':
    case 'history':
      return job.replyTo;
    case 'share':
    case 'home':
      return { personId: job.personId, channelId: null, responseUrl: null };
    case 'card':
    case 'reminder':
    case 'override-announcement':
    case 'notice':
    case 'stuck':
    case 'policy-card':
    case 'policy-notice':
    case 'follow-up-card':
    case 'follow-up-notice':
    case 'import-form':
    case 'import-preview':
    case 'import-notice':
      return null;
  }
}

function waitingFor(job: AnswerJob): ReplyTo | null {
  return 'replyTo' in job ? job.replyTo : null;
}
