import * as z from 'zod';
import { GroupObstacle } from '#domain/estate/auto-scaling-group.ts';
import { Instant } from '#domain/instant.ts';
import { CountingType } from '#domain/licenses/license-configuration.ts';
import { PoolId } from '#domain/licenses/license-pool.ts';
import { Tenancy } from '#domain/licenses/license-rules.ts';
import { LicenseMetric } from '#domain/licenses/product.ts';
import { Money } from '#domain/money.ts';
import { Operation } from '#domain/policy/policy-launches.ts';

const code = <Code extends string>(value: Code) => ({ code: z.literal(value) });
const pool = { poolId: PoolId };
const group = { autoScalingGroupName: z.string() };
/** Product and edition as entitlements name them, and what is counted. */
export const termsFields = {
  product: z.string(),
  edition: z.string().nullable(),
  metric: LicenseMetric,
};

/**
 * Why a launch is not simply allowed, or what to know about it. Codes with data, not sentences:
 * src/slack/views/reason.ts words them.
 */
export const Reason = z.discriminatedUnion('code', [
  z.object({ ...code('account-not-allowed') }),
  z.object({ ...code('region-not-allowed') }),
  z.object({ ...code('template-not-allowed') }),
  z.object({ ...code('instance-type-not-allowed') }),
  z.object({ ...code('pool-not-allowed'), ...pool }),
  z.object({ ...code('count-above-maximum'), maximum: z.int() }),
  z.object({ ...code('spot-not-allowed') }),
  z.object({ ...code('not-a-requester') }),
  /** The profiles that allow it are for other people. */
  z.object({ ...code('requester-not-allowed') }),
  z.object({ ...code('operation-not-allowed'), operation: Operation }),
  z.object({ ...code('too-many-open-requests'), maximum: z.int() }),
  z.object({ ...code('nobody-may-approve') }),
  /** No approval rule matches. */
  z.object({ ...code('no-rule') }),
  /** Several match, and none of them is the most specific. */
  z.object({ ...code('rules-conflict'), rules: z.array(z.string()).readonly() }),
  z.object({ ...code('instance-unknown'), instanceId: z.string() }),
  z.object({ ...code('instance-not-stopped'), instanceId: z.string(), state: z.string() }),
  z.object({ ...code('nothing-to-resize'), instanceId: z.string() }),
  z.object({ ...code('nothing-to-change'), instanceId: z.string() }),
  z.object({ ...code('instance-not-running'), instanceId: z.string(), state: z.string() }),
  z.object({ ...code('instance-is-spot'), instanceId: z.string() }),
  /** The group would replace it as soon as it is stopped. */
  z.object({ ...code('instance-in-group'), instanceId: z.string(), ...group }),
  /** It has the configuration, or is to lose it by the same request. */
  z.object({ ...code('license-attached'), configurationArn: z.string() }),
  z.object({ ...code('license-not-attached'), configurationArn: z.string() }),
  /** Bound to a host, and none is named. */
  z.object({ ...code('affinity-without-host') }),
  /** A type that EC2 neither takes onto a Dedicated Host nor off it. */
  z.object({ ...code('tenancy-fixed'), instanceType: z.string() }),
  /** What is in the hourly price, or brought along, does not run with this tenancy. */
  z.object({ ...code('license-not-there'), usageOperation: z.string(), tenancy: Tenancy }),
  /** Licenses that have to stay with their host would be needed on another. `null`: nobody knows since when they are there. */
  z.object({
    ...code('license-affinity'),
    ...pool,
    hostId: z.string(),
    days: z.int().positive(),
    until: Instant.nullable(),
  }),
  z.object({
    ...code('usage-operation-changed'),
    instanceId: z.string(),
    usageOperation: z.string(),
  }),
  /** `rule` is the id of the rule in docs/terms.md. */
  z.object({ ...code('conversion-not-possible'), rule: z.string(), text: z.string() }),
  /** Systems Manager says nothing of it. */
  z.object({ ...code('instance-not-managed'), instanceId: z.string() }),
  z.object({ ...code('host-not-empty'), hostId: z.string(), instances: z.int().positive() }),
  /** A reservation pays for it, released or not. */
  z.object({ ...code('host-reserved'), hostId: z.string(), until: Instant }),
  z.object({ ...code('host-family-unknown'), instanceFamily: z.string() }),
  z.object({ ...code('zone-not-here'), availabilityZone: z.string() }),
  z.object({ ...code('group-unknown'), ...group }),
  z.object({ ...code('group-not-scalable'), ...group, why: GroupObstacle }),
  /** A pool that was chosen is of neither its template nor its image. */
  z.object({ ...code('group-without-licenses'), ...group }),
  /** It would replace what is stopped on a date. */
  z.object({ ...code('group-without-end'), ...group }),
  z.object({ ...code('until-passed'), until: Instant }),
  z.object({ ...code('until-needed'), longestDays: z.int() }),
  z.object({ ...code('until-too-late'), longestDays: z.int() }),
  z.object({ ...code('launch-role-missing') }),
  z.object({ ...code('over-budget'), monthlyUsd: z.int(), short: Money }),
  z.object({ ...code('price-unknown') }),
  z.object({ ...code('price-changed'), from: Money, to: Money }),
  z.object({ ...code('above-auto-approval-count'), count: z.int(), threshold: z.int() }),
  z.object({
    ...code('above-auto-approval-cost'),
    monthly: Money.nullable(),
    thresholdUsd: z.int(),
  }),
  /** By the vendor's terms: `rule` is the id of the rule in docs/terms.md. */
  z.object({ ...code('not-eligible'), ...termsFields, rule: z.string(), text: z.string() }),
  z.object({ ...code('eligibility-unknown'), ...termsFields, rule: z.string(), text: z.string() }),
  z.object({ ...code('over-terms'), ...termsFields, short: z.int().positive() }),
  z.object({ ...code('terms-unknown'), ...termsFields }),
  z.object({ ...code('entitlement-expired'), ...termsFields, expiredAt: Instant }),
  z.object({ ...code('entitlement-expires-soon'), ...termsFields, expiresAt: Instant }),
  z.object({ ...code('figures-missing') }),
  z.object({ ...code('template-unknown'), launchTemplateId: z.string() }),
  z.object({ ...code('pool-unknown'), ...pool }),
  z.object({ ...code('configuration-unknown'), configurationArn: z.string() }),
  z.object({ ...code('template-incomplete'), missing: z.enum(['image', 'explicit-image']) }),
  z.object({ ...code('image-unavailable'), imageId: z.string() }),
  /** The licenses are to be in the hourly price, and are not. */
  z.object({ ...code('image-without-licenses'), imageId: z.string() }),
  z.object({ ...code('instance-type-unknown'), instanceType: z.string() }),
  z.object({ ...code('architecture-mismatch'), image: z.string() }),
  z.object({ ...code('spot-not-supported'), instanceType: z.string() }),
  z.object({ ...code('spot-on-host') }),
  z.object({ ...code('cpu-options-unsupported') }),
  z.object({
    ...code('cpu-options-invalid'),
    validCores: z.array(z.int()).readonly(),
    validThreadsPerCore: z.array(z.int()).readonly(),
  }),
  z.object({ ...code('configuration-disabled'), ...pool }),
  z.object({ ...code('configuration-expired'), ...pool, expiredAt: Instant }),
  z.object({ ...code('configuration-expires-soon'), ...pool, expiresAt: Instant }),
  z.object({
    ...code('tenancy-not-allowed'),
    ...pool,
    tenancy: Tenancy,
    allowed: z.array(Tenancy).readonly(),
  }),
  z.object({
    ...code('below-minimum'),
    ...pool,
    unit: z.enum(['vcpus', 'cores', 'sockets']),
    actual: z.int(),
    bound: z.int(),
  }),
  z.object({
    ...code('above-maximum'),
    ...pool,
    unit: z.enum(['vcpus', 'cores', 'sockets']),
    actual: z.int(),
    bound: z.int(),
  }),
  z.object({ ...code('needs-dedicated-host'), ...pool, countingType: CountingType }),
  z.object({ ...code('unknown-rule'), ...pool, rule: z.string() }),
  z.object({ ...code('license-stays-with-host'), ...pool, days: z.int().positive() }),
  z.object({ ...code('host-unknown'), hostId: z.string() }),
  z.object({ ...code('host-unavailable'), hostId: z.string(), state: z.string() }),
  z.object({ ...code('host-family-mismatch'), hostId: z.string(), family: z.string() }),
  z.object({ ...code('host-in-other-zone'), hostId: z.string(), zone: z.string() }),
  z.object({ ...code('host-full'), hostId: z.string(), fits: z.int() }),
  z.object({ ...code('host-not-supported'), instanceType: z.string() }),
  z.object({ ...code('no-host-with-room') }),
  z.object({ ...code('over-hard-limit'), ...pool, short: z.int().positive() }),
  z.object({ ...code('over-soft-limit'), ...pool, short: z.int().positive() }),
  z.object({ ...code('more-than-limit'), ...pool, limit: z.int() }),
  z.object({ ...code('line-full'), ...pool, waiting: z.int() }),
  z.object({ ...code('above-auto-approval'), licenses: z.int(), threshold: z.int() }),
  z.object({ ...code('needs-approval') }),
  z.object({ ...code('figures-old'), ...pool, asOf: Instant }),
]);
export type Reason = z.output<typeof Reason>;
