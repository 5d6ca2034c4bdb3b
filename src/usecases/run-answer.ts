import type { AnswerJob } from '#domain/jobs/answer-job.ts';
import type { ReplyTo } from '#domain/jobs/reply-to.ts';
import type { Refusal } from '#domain/notice.ts';
import type { LicenseCommand } from '#domain/policy/policy-people.ts';
import { mayUse, whyNotLook } from '#domain/policy/roles.ts';
import type { Cards } from '#ports/cards.ts';
import type { Channels } from '#ports/channels.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import type { LicenseRegisters, RegisterContents } from '#ports/license-registers.ts';
import type { Notifier } from '#ports/notifier.ts';
import type { OptimizationRuns } from '#ports/optimization-runs.ts';
import type { People } from '#ports/people.ts';
import type { Policies } from '#ports/policies.ts';
import type { PolicyProposals } from '#ports/policy-proposals.ts';
import type { ReadSheet } from '#ports/read-sheet.ts';
import type { Recommendations } from '#ports/recommendations.ts';
import type { RequestList } from '#ports/request-list.ts';
import type { PoolList, Snapshots } from '#ports/snapshots.ts';
import type { UploadedFiles } from '#ports/uploaded-files.ts';
import type { Within } from '#ports/within.ts';
import { answerHistory, answerRequests, tellNotice } from '#usecases/answer-requests.ts';
import { answerSavings, isSavingsJob } from '#usecases/answer-savings.ts';
import { answerUsage, shareUsage } from '#usecases/answer-usage.ts';
import { answerWho } from '#usecases/answer-who.ts';
import { announceOverride, remindApprovers, showCard } from '#usecases/show-card.ts';
import { showChainDigest } from '#usecases/show-digest.ts';
import { showFollowUp, tellFollowUpNotice } from '#usecases/show-follow-up.ts';
import { showHome } from '#usecases/show-home.ts';
import { showImportForm, showImportPreview } from '#usecases/show-import.ts';
import { showPolicyCard, tellPolicyNotice } from '#usecases/show-policy.ts';
import { showRequestForm } from '#usecases/show-request-form.ts';

export interface AnswerPorts {
  readonly store: Pick<DecisionStore, 'request' | 'ledgers' | 'followUp' | 'auditTrail'>;
  readonly requests: RequestList;
  readonly pools: PoolList;
  readonly snapshots: Snapshots;
  readonly policies: Policies;
  readonly proposals: PolicyProposals;
  /** Slack user ids that administer while no policy is published. */
  readonly firstAdministrators: readonly string[];
  readonly people: People;
  readonly channels: Channels;
  readonly cards: Cards;
  readonly runs: OptimizationRuns;
  readonly recommendations: Recommendations;
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
    await fail(ports, job, replyTo, reference);
  }
}

/** In the form that waits for it, else as a message. */
function fail(
  { notifier }: AnswerPorts,
  job: AnswerJob,
  replyTo: ReplyTo,
  reference: string,
): Promise<void> {
  const failed = { kind: 'failed', reference } as const;
  if (job.kind === 'request-form') return notifier.showRequestForm(job, failed);
  if (job.kind === 'scenario-form') return notifier.showScenarioForm(job, failed);
  if ('viewKey' in job) return notifier.showImport(job, failed);
  return notifier.apology(replyTo, reference);
}

async function answer(ports: AnswerPorts, job: AnswerJob): Promise<void> {
  const look = lookOf(job);
  const why = look === null ? null : await whyNot(ports, look);
  if (look !== null && why !== null) {
    return ports.notifier.notice(look.replyTo, null, { kind: 'refused', action: 'look', why });
  }
  if (isSavingsJob(job)) return answerSavings(ports, job);
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
    case 'chain-digest':
      return showChainDigest(ports, job);
    case 'follow-up-card':
      return showFollowUp(ports, job);
    case 'follow-up-notice':
      return tellFollowUpNotice(ports, job);
    case 'request-form':
      return showRequestForm(ports, job);
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
  { replyTo, command }: Look,
): Promise<Refusal | null> {
  const [person, published] = await Promise.all([people.get(replyTo.personId), policies.current()]);
  const policy = published?.policy ?? null;
  const unseen = whyNotLook(policy, person);
  if (unseen !== null || command === null || mayUse(policy, person, command)) return unseen;
  return { code: 'command-not-allowed', command };
}

/** Who would see figures or requests, by which command; `null` for what everybody who may look has. */
interface Look {
  readonly replyTo: ReplyTo;
  readonly command: LicenseCommand | null;
}

/** Cards and notices go to whom a decision concerns. */
function lookOf(job: AnswerJob): Look | null {
  switch (job.kind) {
    case 'usage':
    case 'who':
    case 'requests':
    case 'history':
      return { replyTo: job.replyTo, command: job.kind };
    case 'share':
      return { replyTo: directly(job.personId), command: 'usage' };
    case 'optimization':
    case 'optimization-plan':
    case 'scenario-form':
    case 'recommendations':
    case 'recommendation':
      return { replyTo: job.replyTo, command: 'optimize' };
    case 'share-optimization':
      return { replyTo: directly(job.personId), command: 'optimize' };
    case 'home':
      return { replyTo: directly(job.personId), command: null };
    case 'card':
    case 'reminder':
    case 'override-announcement':
    case 'notice':
    case 'stuck':
    case 'policy-card':
    case 'policy-notice':
    case 'chain-digest':
    case 'follow-up-card':
    case 'follow-up-notice':
    case 'request-form':
    case 'import-form':
    case 'import-preview':
    case 'import-notice':
    case 'recommendation-notice':
      return null;
  }
}

function directly(personId: string): ReplyTo {
  return { personId, channelId: null, responseUrl: null };
}

/** Somebody who fills in a form is not to lose it. */
function waitingFor(job: AnswerJob): ReplyTo | null {
  if (job.kind === 'request-form' && job.purpose.kind === 'launch') return null;
  return 'replyTo' in job ? job.replyTo : null;
}
