import { canonicalJson } from '#domain/canonical-json.ts';
import type { Evaluation } from '#domain/launch/launch-evaluation.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';
import { verdictOn } from '#domain/launch/launch-verdict.ts';
import type { PoolLedger } from '#domain/licenses/license-pool.ts';
import { allowanceOf } from '#domain/policy/allowance.ts';
import { type GroupMembers, gateFor } from '#domain/policy/approval-rules.ts';
import { approvalSubject } from '#domain/policy/approval-subject.ts';
import type { Policy } from '#domain/policy/policy.ts';
import { isListed } from '#domain/policy/roles.ts';
import type { Gate, LaunchRequest } from '#domain/requests/launch-request.ts';

/** What a policy says to a request. `allow`: it is approved automatically. */
export interface PolicyAnswer {
  readonly verdict: Evaluation['verdict'];
  /** Why it is refused, or why somebody must approve it. */
  readonly reasons: readonly Reason['code'][];
  /** Name of the rule that it must pass, where somebody must approve it. */
  readonly rule: string | null;
  /** Level by level: how many of whom, silent ones included. */
  readonly approvers: readonly string[];
  readonly stepUp: boolean;
}

/** A request to which two policies say different things. */
export interface ReplayedRequest extends Pick<LaunchRequest, 'id' | 'requestedBy' | 'submittedAt'> {
  readonly before: PolicyAnswer;
  readonly after: PolicyAnswer;
}

/** What requests are judged by beside a policy. */
export interface ReplayFacts {
  /** For the names of pools. */
  readonly ledgers: readonly PoolLedger[];
  /** `null` where nobody asked Slack: then each user group counts as enough people. */
  readonly userGroups: GroupMembers | null;
}

/** The requests to which one policy says something else than another, in their order. */
export function replayRequests(
  requests: readonly LaunchRequest[],
  facts: ReplayFacts,
  { before, after }: { readonly before: Policy; readonly after: Policy },
): readonly ReplayedRequest[] {
  return requests.flatMap((request) => {
    const { id, requestedBy, submittedAt } = request;
    const answers = {
      before: answerOf(before, request, facts),
      after: answerOf(after, request, facts),
    };
    const same = canonicalJson(answers.before) === canonicalJson(answers.after);
    return same ? [] : [{ id, requestedBy, submittedAt, ...answers }];
  });
}

/** What policy itself says; every other reason is a fact of its day, and is kept. */
const BY_POLICY: ReadonlySet<Reason['code']> = new Set([
  'account-not-allowed',
  'region-not-allowed',
  'operation-not-allowed',
  'template-not-allowed',
  'instance-type-not-allowed',
  'pool-not-allowed',
  'count-above-maximum',
  'spot-not-allowed',
  'requester-not-allowed',
  'not-a-requester',
  'needs-approval',
  'above-auto-approval',
  'above-auto-approval-count',
  'above-auto-approval-cost',
  'no-rule',
  'rules-conflict',
  'nobody-may-approve',
]);

/**
 * What a policy says to a request as it was made: its plan, its price, what it takes, and what was
 * found about limits, hosts and terms on that day.
 */
export function answerOf(
  policy: Policy,
  request: LaunchRequest,
  { ledgers, userGroups }: ReplayFacts,
): PolicyAnswer {
  const subject = approvalSubject(policy, request, ledgers);
  const question = {
    policy,
    plan: request.plan,
    interested: request,
    ...(userGroups === null ? {} : { userGroups }),
  };
  const { reasons, notAutomatic } = allowanceOf(question, subject);
  const found: readonly Reason[] = [
    ...(mayAsk(policy, request, userGroups) ? [] : [{ code: 'not-a-requester' } as const]),
    ...reasons,
    ...request.evaluation.reasons.filter(({ code }) => !BY_POLICY.has(code)),
  ];
  const judged = verdictOn(found, question, subject, notAutomatic);
  const gate = judged.verdict === 'ask' ? gateFor(policy, subject) : null;
  return {
    verdict: judged.verdict,
    reasons: judged.reasons.map(({ code }) => code),
    rule: gate?.rule ?? null,
    approvers: gate?.levels.map(levelText) ?? [],
    stepUp: gate?.stepUp ?? false,
  };
}

/** Where nobody knows who is in a user group, those who could ask then are taken for members. */
function mayAsk(
  { roles: { requester } }: Policy,
  { requestedBy, evaluation }: LaunchRequest,
  userGroups: GroupMembers | null,
): boolean {
  if (isListed(requester, requestedBy, userGroups)) return true;
  const could = !evaluation.reasons.some(({ code }) => code === 'not-a-requester');
  return userGroups === null && requester.userGroups.length > 0 && could;
}

function levelText({ approvers, silent, quorum }: Gate['levels'][number]): string {
  const people = [approvers, silent].flatMap(({ users, userGroups }) => [...users, ...userGroups]);
  return `${quorum} of ${[...new Set(people)].toSorted().join(', ')}`;
}
