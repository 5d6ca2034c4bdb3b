import { canonicalJson } from '#domain/canonical-json.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import {
  type Evaluation,
  evaluateLaunch,
  type LaunchQuestion,
  mustHeal,
} from '#domain/launch/launch-evaluation.ts';
import type { LaunchPlan } from '#domain/launch/launch-plan.ts';
import type { Elsewhere } from '#domain/launch/places-elsewhere.ts';
import { type PoolLedger, poolIdOf } from '#domain/licenses/license-pool.ts';
import type { Refusal } from '#domain/notice.ts';
import { type GroupMembers, gateFor, type Interested } from '#domain/policy/approval-rules.ts';
import { approvalSubjectOf } from '#domain/policy/approval-subject.ts';
import type { PublishedPolicy } from '#domain/policy/policy.ts';
import type { Gate, LaunchRequest, ReaskedWhy } from '#domain/requests/launch-request.ts';
import { allLedgers } from '#domain/requests/ledger.ts';
import type { PersonQuota } from '#domain/requests/person-quota.ts';
import { giveBack } from '#domain/requests/transition.ts';
import type { LaunchTerms } from '#domain/terms/terms-view.ts';

/** What a plan is judged on, read consistently. */
export interface Facts {
  /** Of all pools of the Region, and of all that the request draws on. */
  readonly ledgers: readonly PoolLedger[];
  readonly terms: LaunchTerms;
  /** The requester's. */
  readonly quota: PersonQuota;
  readonly shard: InventoryShard;
  readonly published: PublishedPolicy;
  /** Members of all user groups that policy names; `null`: not known, and taken for enough people. */
  readonly userGroups: GroupMembers | null;
  /** Other accounts where it might be launched; absent: nobody looked. */
  readonly elsewhere?: readonly Elsewhere[] | undefined;
}

/** What moves with the request whose plan is judged. */
export function holdingsOf({ ledgers, terms, quota }: Pick<Facts, 'ledgers' | 'terms' | 'quota'>) {
  return { ledgers, terms: terms.ledgers, quota };
}

/** As if the request held nothing: what it holds now ends with what it asked for. */
export function withoutOwn(facts: Facts, requestId: string): Facts {
  const { ledgers, terms } = giveBack(holdingsOf(facts), requestId);
  return { ...facts, ledgers, terms: { ...facts.terms, ledgers: terms } };
}

/** The facts of a state that has them all; `null` when the inventory or the policy is missing. */
export function factsOf(
  state: {
    readonly [Part in keyof Facts]: Part extends 'shard' | 'published'
      ? Facts[Part] | null
      : Facts[Part];
  },
): Facts | null {
  const { shard, published } = state;
  if (shard === null || published === null) return null;
  return { ...state, shard, published, ledgers: allLedgers(shard, state.ledgers) };
}

/** A plan, and who may not approve it. */
export interface Judgeable {
  readonly requestId: string;
  readonly plan: LaunchPlan;
  readonly interested: Interested;
}

/** What rules, limits and policy say to a plan now. */
export interface Judgement {
  readonly evaluation: Evaluation;
  /** What it must pass; `null` where nobody has to approve it, or nobody may. */
  readonly gate: Gate | null;
}

/** Judge a plan. */
export function judgePlan(facts: Facts, judgeable: Judgeable, now: Date): Judgement {
  const evaluation = evaluateLaunch(questionOf(facts, judgeable, now));
  const gate = evaluation.verdict === 'ask' ? gateOfPlan(facts, judgeable.plan, evaluation) : null;
  return { evaluation, gate };
}

/** The question that a judgement asks. */
export function questionOf(
  { shard, ledgers, terms, published, userGroups }: Facts,
  judgeable: Judgeable,
  now: Date,
): LaunchQuestion {
  const groups = userGroups === null ? {} : { userGroups };
  return { ...judgeable, shard, ledgers, terms, policy: published.policy, ...groups, now };
}

function gateOfPlan(
  { shard, published }: Facts,
  plan: LaunchPlan,
  { draws }: Evaluation,
): Gate | null {
  const drawn = new Set(draws.map(({ poolId }) => poolId));
  const pools = shard.configurations
    .map((configuration) => ({ poolId: poolIdOf(configuration), name: configuration.name }))
    .filter(({ poolId }) => drawn.has(poolId));
  return gateFor(published.policy, approvalSubjectOf(published.policy, plan, pools, draws));
}

/**
 * Why what was approved, or is being approved, is no longer what would be asked now; `null` when
 * approvals stand. A verdict that needs nobody any more voids nothing.
 */
export function whyAskAgain(
  before: Pick<LaunchRequest, 'gate'>,
  { evaluation, gate }: Judgement,
): ReaskedWhy | null {
  if (evaluation.reasons.some(({ code }) => code === 'price-changed')) return 'price-changed';
  if (gate === null) return null;
  if (before.gate === null) return 'verdict-changed';
  return canonicalJson(before.gate) === canonicalJson(gate) ? null : 'policy-changed';
}

/** Why a plan cannot be decided for now, whoever decides. A soft limit is theirs to exceed. */
export function whyNotNow({ verdict, reasons }: Evaluation): Refusal | null {
  if (verdict === 'refuse') return { code: 'cannot-launch', reasons };
  const short = reasons.filter(mustHeal);
  return short.length === 0 ? null : { code: 'does-not-fit', reasons: short };
}
