import type { DedicatedHost } from '#domain/estate/dedicated-host.ts';
import type { CpuOptions } from '#domain/estate/instance-type.ts';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { licensesReplaced } from '#domain/estate/replaced-instance.ts';
import { DAY_MS, later } from '#domain/instant.ts';
import type { Draw } from '#domain/launch/launch-evaluation.ts';
import { endsStopped, instanceIdOf, type MachinePlan } from '#domain/launch/launch-plan.ts';
import type { Reason } from '#domain/launch/launch-reason.ts';
import type { LicenseConfiguration } from '#domain/licenses/license-configuration.ts';
import {
  countsHosts,
  isHostLicensed,
  type LicensedShape,
  licensesOf,
  listedUsage,
} from '#domain/licenses/license-counting.ts';
import { type PoolLedger, poolIdOf } from '#domain/licenses/license-pool.ts';
import { inapplicableRules } from '#domain/licenses/license-rules.ts';
import { usedLicenses } from '#domain/licenses/position.ts';
import type { Policy } from '#domain/policy/policy.ts';
import { additionalLicenses } from '#domain/requests/ledger.ts';

/** A launch as one configuration looks at it. */
export interface PoolQuestion {
  readonly requestId: string;
  readonly plan: MachinePlan;
  /** What each instance will be. */
  readonly cpu: CpuOptions;
  readonly defaultVcpus: number;
  readonly host: DedicatedHost | null;
  readonly shard: InventoryShard;
  readonly policy: Policy;
  readonly now: Date;
}

/** What a launch takes from one pool, and what the pool says to it. */
export interface PoolCheck {
  readonly draw: Draw;
  readonly reasons: readonly Reason[];
  readonly warnings: readonly Reason[];
}

/** Judge a launch by one configuration that it would draw on. */
export function checkPool(
  question: PoolQuestion,
  configuration: LicenseConfiguration,
  ledger: PoolLedger,
): PoolCheck {
  const draw = drawOn(question, configuration);
  return {
    draw,
    reasons: [
      ...stateReasons(configuration, question.now),
      ...tenancyReasons(question.plan, configuration),
      ...boundReasons(question, configuration),
      ...limitReasons(ledger, draw),
    ],
    warnings: [
      ...ruleWarnings(question, configuration, draw),
      ...timeWarnings(question, configuration, ledger),
    ],
  };
}

function drawOn(question: PoolQuestion, configuration: LicenseConfiguration): Draw {
  const { host, requestId, plan } = question;
  // What is stopped takes nothing of its host: a hold for the host would grow with what is left there.
  const isStop = plan.action.operation === 'stop';
  const byHost = countsHosts(configuration) && host !== null && !isStop;
  return {
    poolId: poolIdOf(configuration),
    configurationArn: configuration.arn,
    countingType: configuration.countingType,
    licenses: licensesAdded(question, configuration),
    consumer: byHost ? `host/${host.hostId}` : `request/${requestId}`,
  };
}

function licensesAdded(question: PoolQuestion, configuration: LicenseConfiguration): number {
  const { plan, host, shard } = question;
  if (endsStopped(plan)) return 0;
  const licenses = licensesOf(configuration, shapeOf(question)) ?? 0;
  if (!countsHosts(configuration)) {
    return Math.max(0, licenses * plan.count - licensesTaken(question, configuration));
  }
  return host !== null && isHostLicensed(shard, configuration, host.hostId) ? 0 : licenses;
}

/** What the instance that is started or resized takes already: as it runs, or as License Manager lists it. */
function licensesTaken({ plan, shard }: PoolQuestion, configuration: LicenseConfiguration): number {
  const listed = listedUsage(shard, configuration.arn).get(instanceIdOf(plan) ?? '');
  return Math.max(listed?.consumed ?? 0, licensesReplaced(plan, shard, configuration));
}

function shapeOf({ cpu, defaultVcpus, host }: PoolQuestion): LicensedShape {
  return { defaultVcpus, activeVcpus: cpu.coreCount * cpu.threadsPerCore, host };
}

function stateReasons(configuration: LicenseConfiguration, now: Date): Reason[] {
  const { status, countingType, expiresAt } = configuration;
  const poolId = poolIdOf(configuration);
  const reasons: Reason[] = [];
  // A unit that we do not know cannot be counted, so nothing is launched on it.
  if (status === 'DISABLED' || countingType === 'unknown')
    reasons.push({ code: 'configuration-disabled', poolId });
  if (expiresAt !== null && expiresAt <= now) {
    reasons.push({ code: 'configuration-expired', poolId, expiredAt: expiresAt });
  }
  return reasons;
}

function tenancyReasons({ tenancy }: MachinePlan, configuration: LicenseConfiguration): Reason[] {
  const { countingType, rules } = configuration;
  const poolId = poolIdOf(configuration);
  if (countsHosts(configuration) && tenancy !== 'host') {
    return [{ code: 'needs-dedicated-host', poolId, countingType }];
  }
  const allowed = rules.allowedTenancy;
  if (allowed === null || allowed.includes(tenancy)) return [];
  return [{ code: 'tenancy-not-allowed', poolId, tenancy, allowed }];
}

interface Size {
  readonly unit: 'vcpus' | 'cores' | 'sockets';
  /** `null`: not known before launch. */
  readonly actual: number | null;
  readonly minimum: number | null;
  readonly maximum: number | null;
}

/** The bounds that apply, beside what they bound: the host where it is licensed, else one instance. */
function sizesOf(question: PoolQuestion, configuration: LicenseConfiguration): readonly Size[] {
  const { countingType, rules } = configuration;
  const shape = shapeOf(question);
  const vcpus: Size = {
    unit: 'vcpus',
    actual: rules.honorVcpuOptimization ? shape.activeVcpus : shape.defaultVcpus,
    minimum: rules.minimumVcpus,
    maximum: rules.maximumVcpus,
  };
  const cores: Size = {
    unit: 'cores',
    actual: countingType === 'Core' ? (question.host?.cores ?? null) : question.cpu.coreCount,
    minimum: rules.minimumCores,
    maximum: rules.maximumCores,
  };
  const sockets: Size = {
    unit: 'sockets',
    actual: question.host?.sockets ?? null,
    minimum: rules.minimumSockets,
    maximum: rules.maximumSockets,
  };
  const sizes = {
    vCPU: [vcpus],
    Instance: [vcpus, cores, sockets],
    Core: [cores],
    Socket: [sockets],
    unknown: [],
  };
  return sizes[countingType];
}

function boundReasons(question: PoolQuestion, configuration: LicenseConfiguration): Reason[] {
  const poolId = poolIdOf(configuration);
  return sizesOf(question, configuration).flatMap(
    ({ unit, actual, minimum, maximum }): Reason[] => {
      if (actual === null) return [];
      if (minimum !== null && actual < minimum) {
        return [{ code: 'below-minimum', poolId, unit, actual, bound: minimum }];
      }
      if (maximum !== null && actual > maximum) {
        return [{ code: 'above-maximum', poolId, unit, actual, bound: maximum }];
      }
      return [];
    },
  );
}

/** What the limit says. A hold that another request has for the same host is shared, not added. */
function limitReasons(ledger: PoolLedger, draw: Draw): Reason[] {
  const { poolId, limit, hardLimit } = ledger;
  if (limit === null) return [];
  if (hardLimit && draw.licenses > limit) return [{ code: 'more-than-limit', poolId, limit }];
  const additional = additionalLicenses(ledger, draw);
  const short = additional - (limit - usedLicenses(ledger) - ledger.held);
  if (additional === 0 || short <= 0) return [];
  return [{ code: hardLimit ? 'over-hard-limit' : 'over-soft-limit', poolId, short }];
}

function ruleWarnings(
  question: PoolQuestion,
  configuration: LicenseConfiguration,
  draw: Draw,
): Reason[] {
  const { rules, countingType } = configuration;
  const { poolId } = draw;
  const unread = [...rules.unknown, ...inapplicableRules(rules, countingType)];
  const days = rules.licenseAffinityToHostDays;
  const stays = countsHosts(configuration) && days !== null && draw.licenses > 0;
  return [
    ...unread.map((rule): Reason => ({ code: 'unknown-rule', poolId, rule })),
    ...sizesOf(question, configuration).flatMap(unknownSizes(poolId)),
    ...(stays ? [{ code: 'license-stays-with-host', poolId, days } as const] : []),
  ];
}

/** Bounds on what is not known before launch cannot be judged here: AWS judges them. */
function unknownSizes(poolId: string): (size: Size) => Reason[] {
  return ({ unit, actual, minimum, maximum }) =>
    actual !== null || (minimum === null && maximum === null)
      ? []
      : [{ code: 'unknown-rule', poolId, rule: `${unit} ${minimum ?? 0} to ${maximum ?? 'any'}` }];
}

function timeWarnings(
  { policy, now }: PoolQuestion,
  { expiresAt }: LicenseConfiguration,
  { poolId, asOf }: PoolLedger,
): Reason[] {
  const { expiresSoonDays, figuresOldAfter } = policy.thresholds;
  const warnings: Reason[] = [];
  if (expiresAt !== null && now < expiresAt && expiresAt <= later(now, expiresSoonDays * DAY_MS)) {
    warnings.push({ code: 'configuration-expires-soon', poolId, expiresAt });
  }
  if (asOf < later(now, -figuresOldAfter)) warnings.push({ code: 'figures-old', poolId, asOf });
  return warnings;
}
