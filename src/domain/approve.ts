import type { Click, DecisionOutcome, DecisionState } from '#domain/decision-outcome.ts';
import { noticeTo, refuse } from '#domain/decision-outcome.ts';
import { later } from '#domain/instant.ts';
import type { InventoryShard } from '#domain/inventory.ts';
import { type Evaluation, evaluateLaunch } from '#domain/launch-evaluation.ts';
import type { LaunchRequest } from '#domain/launch-request.ts';
import { allLedgers } from '#domain/ledger.ts';
import type { Refusal } from '#domain/notice.ts';
import { removeHeld } from '#domain/person-quota.ts';
import type { PublishedPolicy } from '#domain/policy.ts';
import { ruleOn } from '#domain/ruling.ts';
import { takeHolds } from '#domain/transition.ts';

/** A decision that an eligible approver is about to make on an open request. */
export interface Approvable extends DecisionState {
  readonly request: LaunchRequest;
  readonly published: PublishedPolicy;
}

/**
 * Record an approval: the plan is judged again by today's inventory, policy and ledgers, and its
 * holds become firm. A request that waited takes its holds now; when they do not fit, nothing is
 * recorded and it stays pending. A soft limit is the approver's to exceed.
 */
export function approve(state: Approvable, command: Click, now: Date): DecisionOutcome {
  const { request, shard, published, quota } = state;
  if (shard === null) {
    const why: Refusal = { code: 'cannot-launch', reasons: [{ code: 'figures-missing' }] };
    return refuse(request, command, why, now);
  }
  const evaluation = judgeAgain(state, shard, now);
  const why = whyNotNow(evaluation);
  if (why !== null) return refuse(request, command, why, now);

  const { id, generation, dueAt } = request;
  const ledgers = allLedgers(shard, state.ledgers);
  const step = ruleOn(
    {
      ruling: {
        kind: 'approve',
        by: command.by,
        policyHash: published.hash,
        reason: null,
        level: 0,
        route: command.route,
        principal: command.principal,
        key: command.key,
      },
      request: {
        ...request,
        evaluation,
        status: 'approved',
        standing: null,
        dueAt: later(now, published.policy.expiry.approved),
      },
      before: { ledgers, quota },
      after: {
        ledgers: takeHolds(ledgers, evaluation.draws, { requestId: id, firm: true, at: now }),
        quota: removeHeld(quota, id),
      },
      messages: [
        { queue: 'launches', message: { kind: 'launch', requestId: id, generation } },
        noticeTo(command, { kind: 'done', action: 'approve' }),
      ],
      notAfter: dueAt,
    },
    now,
  );
  return { kind: 'decided', step };
}

function judgeAgain(state: Approvable, shard: InventoryShard, now: Date): Evaluation {
  const { request, ledgers, published } = state;
  const { id, plan } = request;
  const { policy } = published;
  return evaluateLaunch({ requestId: id, plan, interested: request, shard, ledgers, policy, now });
}

function whyNotNow({ verdict, reasons }: Evaluation): Refusal | null {
  if (verdict === 'refuse') return { code: 'cannot-launch', reasons };
  const short = reasons.filter(({ code }) => code === 'over-hard-limit');
  return short.length === 0 ? null : { code: 'does-not-fit', reasons: short };
}
