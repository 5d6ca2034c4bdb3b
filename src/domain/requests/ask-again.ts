import type { Sha256 } from '#domain/audit/audit-chain.ts';
import type { OutboxMessage } from '#domain/jobs/outbox.ts';
import type { Evaluation } from '#domain/launch/launch-evaluation.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';
import { ask, nextGeneration } from '#domain/requests/asked.ts';
import type { Step } from '#domain/requests/change.ts';
import { noticeFor } from '#domain/requests/decision-outcome.ts';
import {
  type Facts,
  type Judgement,
  judgePlan,
  whyAskAgain,
  withoutOwn,
} from '#domain/requests/judgement.ts';
import type { LaunchRequest, ReaskedWhy } from '#domain/requests/launch-request.ts';
import { type Opened, openGeneration } from '#domain/requests/open-generation.ts';
import { seatsTaken } from '#domain/requests/request-gate.ts';

/** Why a request is asked again, and by what: a click that found it out, or the clock. */
export interface Finding {
  readonly why: ReaskedWhy;
  /** Of the plan as it was. */
  readonly evaluation: Evaluation;
  readonly by: string;
  /** Of the command. */
  readonly key: string;
  readonly messages: readonly OutboxMessage[];
}

/** The same launch as a new generation, under today's policy and price: earlier approvals are void. */
export function askAgain(
  request: LaunchRequest,
  facts: Facts,
  { why, evaluation, by, key, messages }: Finding,
  now: Date,
  sha256: Sha256,
): Opened {
  const { id: requestId, choice, dueAt } = request;
  const price = evaluation.reasons.find((reason) => reason.code === 'price-changed');
  const hourlyPrice = price?.to ?? request.plan.hourlyPrice;
  const plan = { ...request.plan, policyHash: facts.published.hash, hourlyPrice };
  const asking = { requestId, choice, plan, interested: request };
  const asked = ask(withoutOwn(openToAll(facts), requestId), asking, now, sha256);
  return openGeneration(
    {
      request: nextGeneration(request, asked, why, now),
      facts,
      event: 'request.reasked',
      by,
      key,
      messages,
      notAfter: dueAt,
    },
    now,
  );
}

/** Tell those who take part in a request that earlier approvals are void; `except` knows already. */
export function tellAskedAgain(
  request: LaunchRequest,
  { why, key }: Pick<Finding, 'why' | 'key'>,
  except: string | null,
): readonly OutboxMessage[] {
  return participants(request)
    .filter((personId) => personId !== except)
    .map((personId) => noticeFor(personId, key, request.id, { kind: 'asked-again', why }));
}

/** Who asked, who benefits, who has approved, and who offered something else. */
function participants(request: LaunchRequest): readonly string[] {
  const { requestedBy, for: beneficiary, counter } = request;
  const approvers = seatsTaken(request).map(({ by }) => by);
  const author = counter === null ? [] : [counter.by];
  return [...new Set([requestedBy, beneficiary, ...approvers, ...author])];
}

/** What an approved request is worth just before its launch. */
export type BeforeLaunch =
  | { readonly kind: 'as-approved' }
  /** The step voids its approvals: it waits for new ones, and nothing is launched. */
  | { readonly kind: 'asked-again'; readonly step: Step }
  /** No approval could make it right now. */
  | { readonly kind: 'impossible'; readonly reasons: readonly Reason[] };

/**
 * Judge an approved request once more, by the facts and the policy of the moment. An override is nobody's
 * approval: no rule can void it, but what makes the launch impossible or dearer does.
 */
export function judgeBeforeLaunch(
  request: LaunchRequest,
  facts: Facts,
  now: Date,
  sha256: Sha256,
): BeforeLaunch {
  const { id: requestId, plan } = request;
  const judgement = judgePlan(openToAll(facts), { requestId, plan, interested: request }, now);
  const { evaluation } = judgement;
  if (isImpossible(request, evaluation)) {
    return { kind: 'impossible', reasons: evaluation.reasons };
  }
  const why = whyVoid(request, judgement);
  if (why === null) return { kind: 'as-approved' };
  const key = `launch/${requestId}/${request.generation}`;
  const messages = tellAskedAgain(request, { why, key }, null);
  const finding = { why, evaluation, by: 'clock', key, messages };
  const opened = askAgain(request, facts, finding, now, sha256);
  return opened.kind === 'opened'
    ? { kind: 'asked-again', step: opened.step }
    : { kind: 'impossible', reasons: [opened.reason] };
}

/** Whether the person may ask was judged when they asked: nobody takes back what others have approved. */
function openToAll({ published, ...facts }: Facts): Facts {
  const { policy } = published;
  const launchProfiles = policy.launchProfiles.map(({ requesters: _, ...profile }) => profile);
  const changes = policy.changes.map(({ requesters: _, ...change }) => change);
  return { ...facts, published: { ...published, policy: { ...policy, launchProfiles, changes } } };
}

/** That nobody could be asked is no obstacle to what nobody was asked about. */
function isImpossible(request: LaunchRequest, { verdict, reasons }: Evaluation): boolean {
  const unaskable = reasons.some(({ code }) => NOBODY_TO_ASK.has(code));
  return verdict === 'refuse' && !(unaskable && isOverridden(request));
}
const NOBODY_TO_ASK: ReadonlySet<Reason['code']> = new Set([
  'no-rule',
  'rules-conflict',
  'nobody-may-approve',
]);

function whyVoid(request: LaunchRequest, judgement: Judgement): ReaskedWhy | null {
  const why = whyAskAgain(request, judgement);
  return isOverridden(request) && why !== 'price-changed' ? null : why;
}

function isOverridden({ decisions }: Pick<LaunchRequest, 'decisions'>): boolean {
  return decisions.at(-1)?.kind === 'override';
}
