import * as z from 'zod';
import { attachedArns, attachedConfigurations } from '#domain/estate/attached-configurations.ts';
import type { InstanceType } from '#domain/estate/instance-type.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { machineReasons } from '#domain/launch/change-checks.ts';
import { evaluateHost } from '#domain/launch/host-evaluation.ts';
import { budgetReasons } from '#domain/launch/launch-budget.ts';
import { endReasons } from '#domain/launch/launch-end.ts';
import {
  isMachinePlan,
  type LaunchPlan,
  MachineChoice,
  type MachinePlan,
} from '#domain/launch/launch-plan.ts';
import { Reason, termsFields } from '#domain/launch/launch-reason.ts';
import { verdictOn } from '#domain/launch/launch-verdict.ts';
import { priceReasons, roleReasons } from '#domain/launch/moment-checks.ts';
import { checkPool, type PoolCheck } from '#domain/launch/pool-checks.ts';
import { CountingType, type LicenseConfiguration } from '#domain/licenses/license-configuration.ts';
import { PoolId, type PoolLedger, poolIdOf } from '#domain/licenses/license-pool.ts';
import { Money } from '#domain/money.ts';
import { allowanceOf } from '#domain/policy/allowance.ts';
import type { GroupMembers, Interested } from '#domain/policy/approval-rules.ts';
import { approvalSubjectOf } from '#domain/policy/approval-subject.ts';

import type { Policy } from '#domain/policy/policy.ts';
import { ledgerOf } from '#domain/requests/ledger.ts';
import { checkTerms, NO_TERMS } from '#domain/terms/terms-draw.ts';
import type { LaunchTerms } from '#domain/terms/terms-view.ts';

/** What the launch takes from one pool. */
export const Draw = z
  .object({
    poolId: PoolId,
    configurationArn: z.string(),
    countingType: CountingType,
    /** Whole licenses that this launch adds; zero when its host is already licensed. */
    licenses: z.int().nonnegative(),
    /** Keys the hold: `request/<id>` or `host/<h-…>`. */
    consumer: z.string(),
  })
  .readonly();
export type Draw = z.output<typeof Draw>;

/** What the launch takes of what is owned, by the vendor's terms. */
export const TermsDraw = z
  .object({
    /** The terms ledger that it is held in. */
    ledgerId: z.string(),
    ...termsFields,
    /** Whole licenses in the metric that this launch adds to what is required. */
    licenses: z.int().nonnegative(),
    /** Keys the hold, as in `Draw`. */
    consumer: z.string(),
  })
  .readonly();
export type TermsDraw = z.output<typeof TermsDraw>;

/**
 * The verdict on a launch: `refuse` what no approver could make right, `ask` about the rest,
 * `allow` what policy lets through. `fits` is apart from the verdict: a launch that does not fit
 * now may wait.
 */
export const Evaluation = z
  .object({
    verdict: z.enum(['allow', 'ask', 'refuse']),
    reasons: z.array(Reason).readonly(),
    /** To know, without effect on the verdict. */
    warnings: z.array(Reason).readonly(),
    draws: z.array(Draw).readonly(),
    /** Empty where nothing owned, or no vendor's rule, is known for it. */
    terms: z.array(TermsDraw).readonly(),
    /** True when every pool, and what is owned, has the licenses now, beside what is held. */
    fits: z.boolean(),
  })
  .readonly();
export type Evaluation = z.output<typeof Evaluation>;

/** A launch near the one asked for that would pass, computed, never guessed. */
export const Alternative = z
  .object({
    kind: z.enum([
      'fewer-cores',
      'licensed-host',
      'other-type',
      'smaller-count',
      'other-pool',
      'license-included',
      'other-account',
    ]),
    choice: MachineChoice,
    /** Names of what is another than the request's own, for people: untrusted text. */
    labels: z
      .object({ account: z.string(), pool: z.string(), source: z.string() })
      .partial()
      .readonly()
      .optional(),
    verdict: z.enum(['allow', 'ask']),
    /** Of all machines together; `null` where no price is known. */
    hourlyPrice: Money.nullable(),
    /** Licenses it takes in the unit of the pool chosen, for comparison with the original. */
    licenses: z.int().nonnegative(),
    licensesSaved: z.int(),
  })
  .readonly();
export type Alternative = z.output<typeof Alternative>;

/** Everything that a verdict depends on. */
export interface LaunchQuestion {
  readonly requestId: string;
  readonly plan: LaunchPlan;
  /** Who may not approve it. */
  readonly interested: Interested;
  readonly shard: InventoryShard;
  /** Those that exist, of at least the pools that the launch would draw on. */
  readonly ledgers: readonly PoolLedger[];
  readonly terms: LaunchTerms;
  readonly policy: Policy;
  /** Members of the user groups that policy names; absent: not known, and taken for enough people. */
  readonly userGroups?: GroupMembers;
  readonly now: Date;
}

/** The same of machines. */
export interface MachineQuestion extends LaunchQuestion {
  readonly plan: MachinePlan;
}

/** What keeps a launch from fitting now. */
const SHORTAGES: ReadonlySet<Reason['code']> = new Set([
  'over-hard-limit',
  'over-soft-limit',
  'over-terms',
  'more-than-limit',
]);

/** Shortages that no approver may accept: only time heals them. */
const MUST_HEAL: ReadonlySet<Reason['code']> = new Set(['over-hard-limit', 'over-terms']);

/** Whether a launch has to wait for what a reason says is short, whoever approves it. */
export function mustHeal({ code }: Reason): boolean {
  return MUST_HEAL.has(code);
}

/**
 * Judge a plan by the rules of every configuration that it, its AMI or its host attaches, by limits,
 * holds, hosts, vendors' terms and policy. Pure: the same question, the same verdict. Whether the person may ask at
 * all is checked where the request is made.
 */
export function evaluateLaunch(question: LaunchQuestion): Evaluation {
  const { plan } = question;
  return isMachinePlan(plan)
    ? evaluateMachines({ ...question, plan })
    : evaluateHost({ ...question, plan });
}

function evaluateMachines(question: MachineQuestion): Evaluation {
  const { plan, shard, policy } = question;
  const configurations = attachedConfigurations(plan, shard);
  const pools = configurations.map((configuration) => ({
    poolId: poolIdOf(configuration),
    name: configuration.name,
  }));
  const type = shard.instanceTypes.find(({ name }) => name === plan.instanceType);
  if (type === undefined) {
    const { reasons } = allowanceOf(question, approvalSubjectOf(policy, plan, pools, []));
    const unknown: Reason = { code: 'instance-type-unknown', instanceType: plan.instanceType };
    return {
      verdict: 'refuse',
      reasons: [...reasons, unknown],
      warnings: [],
      draws: [],
      terms: [],
      fits: false,
    };
  }

  const checks = checkPools(question, configurations, type);
  const draws = checks.map(({ draw }) => draw);
  const configurationArns = draws.map(({ configurationArn }) => configurationArn);
  // What stops frees what it had, whatever the pools or the terms say to that.
  const isStop = plan.action.operation === 'stop';
  const terms = isStop ? NO_TERMS : checkTerms({ ...question, configurationArns });
  const subject = approvalSubjectOf(policy, plan, pools, draws);
  const { reasons, notAutomatic } = allowanceOf(question, subject);
  const found = [
    ...reasons,
    ...unknownConfigurations(plan, shard),
    ...roleReasons(question),
    ...endReasons(plan, policy, question.now),
    ...machineReasons(plan, type, shard, question.now),
    ...checks.flatMap((check) => (isStop ? [] : check.reasons)),
    ...terms.reasons,
    ...priceReasons(question),
    ...budgetReasons(policy, question.requestId, plan, question.terms.view?.spending ?? []),
  ];
  return {
    ...verdictOn(found, question, subject, notAutomatic),
    warnings: [...checks.flatMap((check) => (isStop ? [] : check.warnings)), ...terms.warnings],
    draws,
    terms: terms.draws,
    fits: !found.some(({ code }) => SHORTAGES.has(code)),
  };
}

function checkPools(
  { requestId, plan, shard, ledgers, policy, now }: MachineQuestion,
  configurations: readonly LicenseConfiguration[],
  type: InstanceType,
): readonly PoolCheck[] {
  const cpu = plan.cpuOptions ?? {
    coreCount: type.defaultCores,
    threadsPerCore: type.defaultThreadsPerCore,
  };
  const host = shard.hosts.find(({ hostId }) => hostId === plan.hostId) ?? null;
  const { defaultVcpus } = type;
  const question = { requestId, plan, cpu, defaultVcpus, host, shard, policy, now };
  return configurations.map((configuration) =>
    checkPool(question, configuration, ledgerOf(configuration, shard, ledgers)),
  );
}

function unknownConfigurations(plan: MachinePlan, shard: InventoryShard): Reason[] {
  const known = new Set(shard.configurations.map(({ arn }) => arn));
  return attachedArns(plan, shard)
    .filter((arn) => !known.has(arn))
    .map((configurationArn) => ({ code: 'configuration-unknown', configurationArn }));
}
