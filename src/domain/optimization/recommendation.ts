import * as z from 'zod';
import { CpuOptions } from '#domain/estate/instance-type.ts';
import { Instant } from '#domain/instant.ts';
import { Tenancy } from '#domain/licenses/license-rules.ts';
import { LicenseMetric, ProductId } from '#domain/licenses/product.ts';
import { Money } from '#domain/money.ts';
import { AccountId, Region } from '#domain/scope.ts';

/** Everything that is ever recommended. */
export const RecommendationKind = z.enum([
  'consolidate-hosts',
  'release-host',
  'refill-host',
  'included-on-host',
  'optimize-cpus',
  'rightsize',
  'change-family',
  'downgrade-edition',
  'developer-edition',
  'included-to-byol',
  'byol-to-included',
  'vendor-minimum',
  'idle',
  'standby-waiver',
  'spare-entitlement',
  'shortfall',
  'cpu-options-lost',
  'host-recovery-blocked',
  'expiring-agreement',
  'missing-data',
]);
export type RecommendationKind = z.output<typeof RecommendationKind>;

/** How a machine runs, as far as its price and its licenses depend on it. Which host is the plan's to say. */
export const Setup = z
  .object({
    /** False: stopped. */
    running: z.boolean(),
    instanceType: z.string(),
    /** `null`: the type's default. */
    cpuOptions: CpuOptions.nullable(),
    tenancy: Tenancy,
    /** What is in the hourly price, in AWS's code. */
    usageOperation: z.string(),
    /** Licensed products on it, and how their licenses are paid. */
    products: z
      .array(
        z
          .object({
            product: ProductId,
            edition: z.string().nullable(),
            licensing: z.enum(['byol', 'license-included', 'marketplace', 'free', 'unknown']),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
export type Setup = z.output<typeof Setup>;

/** One figure or fact that a recommendation rests on. */
export const EvidenceItem = z
  .object({
    /** Where it was read: an inventory source, `entitlements`, or `position`. */
    source: z.string(),
    /** What was measured or said, as a code: `cpu-p995`, `memory-p995`, `active-vcpus`, `enterprise-features` … */
    measure: z.string(),
    value: z.union([z.number(), z.string()]),
    /** `percent`, `vcpu`, `day`, `license` …; `null` for words. */
    unit: z.string().nullable(),
    /** Over how many days; `null` where it is true of one moment. */
    lookBackDays: z.number().positive().nullable(),
    asOf: Instant.nullable(),
  })
  .readonly();
export type EvidenceItem = z.output<typeof EvidenceItem>;

/** One condition of bringing licenses, with the rule that asks for it. Passed only where all hold. */
export const GateCheck = z
  .object({
    code: z.string(),
    /** `null`: somebody has to say, and it does not pass until then. */
    holds: z.boolean().nullable(),
    text: z.string(),
    /** The rule's id and where it is written. */
    rule: z.string(),
    source: z.string(),
  })
  .readonly();
export type GateCheck = z.output<typeof GateCheck>;

export const Risk = z.enum(['none', 'low', 'medium', 'high']);
export type Risk = z.output<typeof Risk>;

/** What it takes: a decision, a restart, a move with tests, or a project. */
export const Effort = z.enum(['decision', 'restart', 'migration', 'project']);
export type Effort = z.output<typeof Effort>;

/** Where an amount of money comes from. Of `unknown` no amount is shown. */
export const PriceBasis = z.enum(['observed', 'list', 'entitlement', 'unknown']);
export type PriceBasis = z.output<typeof PriceBasis>;

/** Licenses that are no longer required; negative: that many more are. */
export const LicenseSaving = z
  .object({
    product: ProductId,
    edition: z.string().nullable(),
    metric: LicenseMetric,
    units: z.int(),
  })
  .readonly();
export type LicenseSaving = z.output<typeof LicenseSaving>;

/** What somebody gains, a month. */
export const Savings = z
  .object({
    /** At list prices, before anybody's discounts; `null` where no price is known. */
    monthly: Money.nullable(),
    basis: PriceBasis,
    /** After Savings Plans and reservations, where AWS says so. */
    afterCommitments: Money.nullable(),
    licenses: z.array(LicenseSaving).readonly(),
  })
  .readonly();
export type Savings = z.output<typeof Savings>;

/** Something that a recommendation is about. Names are untrusted text. */
export const Subject = z
  .object({
    kind: z.enum([
      'instance',
      'host',
      'database',
      'configuration',
      'entitlement',
      'source',
      'product',
    ]),
    id: z.string(),
    name: z.string().nullable(),
  })
  .readonly();
export type Subject = z.output<typeof Subject>;

const place = { account: AccountId, region: Region };

/** One thing to do, in AWS's words; `by-hand` is nothing that a call can do. */
export const Step = z.discriminatedUnion('do', [
  z.object({ do: z.literal('stop'), ...place, instanceId: z.string() }),
  z.object({ do: z.literal('start'), ...place, instanceId: z.string() }),
  /** Stopped first, and started again where it ran. */
  z.object({
    do: z.literal('resize'),
    ...place,
    instanceId: z.string(),
    instanceType: z.string(),
    cpuOptions: CpuOptions.nullable(),
  }),
  /** ModifyInstancePlacement; `hostId` is a host's id, or the `ref` of one that is allocated before. */
  z.object({
    do: z.literal('move'),
    ...place,
    instanceId: z.string(),
    tenancy: Tenancy,
    hostId: z.string().nullable(),
  }),
  /** UpdateLicenseSpecificationsForResource. */
  z.object({
    do: z.literal('associate'),
    ...place,
    resourceArn: z.string(),
    add: z.array(z.string()).readonly(),
    remove: z.array(z.string()).readonly(),
  }),
  /** CreateLicenseConversionTaskForResource. */
  z.object({
    do: z.literal('convert'),
    ...place,
    instanceId: z.string(),
    from: z.string(),
    to: z.string(),
  }),
  z.object({
    do: z.literal('allocate-host'),
    ...place,
    /** What other steps call it until it has an id. */
    ref: z.string(),
    instanceFamily: z.string(),
    availabilityZone: z.string(),
  }),
  z.object({ do: z.literal('release-host'), ...place, hostId: z.string() }),
  z.object({
    do: z.literal('by-hand'),
    ...place,
    /** What kind of work, as a code; views have the words. */
    task: z.enum([
      'change-edition',
      'uninstall-product',
      'merge-instances',
      'enable-standby-waiver',
      'enable-source',
      'assign-entitlement',
      'buy-licenses',
      'decide-renewal',
      'raise-limit',
      'reinstall-sql-server',
    ]),
    /** What it is done to, and what it is to become: ids and AWS's words. */
    on: z.string(),
    to: z.string().nullable(),
  }),
]);
export type Step = z.output<typeof Step>;

/** A change that saves licenses or money, with what it rests on and how it is done and undone. */
export const Recommendation = z
  .object({
    /** The same subject and kind has the same id, however often it is computed. */
    id: z.string().regex(/^rec-[0-9a-z]{10}$/),
    kind: RecommendationKind,
    ...place,
    subjects: z.array(Subject).min(1).readonly(),
    /** Of a machine: how it runs and how it would. */
    change: z.object({ from: Setup, to: Setup }).readonly().nullable(),
    savings: Savings,
    evidence: z.array(EvidenceItem).readonly(),
    gate: z.array(GateCheck).readonly(),
    risk: Risk,
    effort: Effort,
    /** Something stands still while it is done. */
    downtime: z.boolean(),
    /** Whoever answers for it must look at it first: never done by approval alone. */
    ownerMustValidate: z.boolean(),
    steps: z.array(Step).readonly(),
    rollback: z.array(Step).readonly(),
    /** Of a plan: how much a month any other plan could save beyond it, at most; proven. */
    atMostBetter: Money.nullable(),
    asOf: Instant,
  })
  .readonly();
export type Recommendation = z.output<typeof Recommendation>;

/** True where every condition of bringing licenses holds. */
export function passesGate(gate: readonly GateCheck[]): boolean {
  return gate.every(({ holds }) => holds === true);
}
