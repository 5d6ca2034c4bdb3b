import * as z from 'zod';
import { Duration } from '#domain/duration.ts';
import { LicensingSettings } from '#domain/estate/licensing-settings.ts';
import { OptimizationSettings } from '#domain/optimization/optimization-settings.ts';
import {
  ApprovalRule,
  AutoApproval,
  Override,
  QuietHours,
} from '#domain/policy/policy-approvals.ts';
import { wholeNumber } from '#domain/policy/policy-fields.ts';
import {
  AllowedChange,
  Budget,
  LaunchProfile,
  PolicyAccount,
  PolicyOrganization,
} from '#domain/policy/policy-launches.ts';
import {
  Commands,
  Identity,
  Members,
  NOBODY,
  OpenMembers,
  Viewers,
} from '#domain/policy/policy-people.ts';

/**
 * The policy document: who may do what, where, and within which limits. Written as YAML, validated
 * here, stored under its SHA-256; every decision keeps the hash it was made under. What it does not
 * allow is refused.
 */
export const Policy = z
  .strictObject({
    version: z.literal(1, 'Write 1: it is the only version there is'),
    roles: z
      .strictObject({
        viewer: Viewers.default({ ...NOBODY, everyone: true }),
        requester: OpenMembers.default({ ...NOBODY, everyone: false }),
        approver: Members.default(NOBODY),
        administrator: Members.default(NOBODY),
        auditor: Members.default(NOBODY),
      })
      .readonly(),
    accounts: z.array(PolicyAccount).min(1, 'Write at least one account').readonly(),
    /** Every account of the AWS organization beside them; absent: only those that are listed. */
    organization: PolicyOrganization.optional(),
    launchProfiles: z.array(LaunchProfile).min(1, 'Write at least one launch profile').readonly(),
    /** Absent: no change of what is there may be asked for. */
    changes: z.array(AllowedChange).readonly().default([]),
    approvals: z.array(ApprovalRule).min(1, 'Write at least one approval rule').readonly(),
    autoApproval: z.array(AutoApproval).readonly().default([]),
    /** Absent: nobody overrides. */
    override: Override.optional(),
    quietHours: QuietHours.optional(),
    identities: z.array(Identity).readonly().default([]),
    budgets: z.array(Budget).readonly().default([]),
    commands: Commands.default({}),
    expiry: z
      .strictObject({
        /** How long a request waits for a decision. */
        pending: Duration.prefault('PT72H'),
        /** How long an approval stays good before the launch begins. */
        approved: Duration.prefault('PT1H'),
      })
      .readonly()
      .prefault({}),
    limits: z
      .strictObject({
        openHoldsPerPerson: wholeNumber(0, 1000).default(3),
        /** The most that unapproved holds may take of what is free, in percent. */
        unapprovedPercentOfFree: wholeNumber(0, 100).default(50),
        countPerRequest: wholeNumber(1, 100).default(20),
        /** Requests of one person that are not over. */
        openRequestsPerPerson: wholeNumber(1, 1000).default(20),
        /** How much dearer than approved a launch may have become, in percent. */
        priceTolerancePercent: wholeNumber(0, 1000).default(10),
        /** The longest that a launch may be wanted for without an end. Absent: without an end. */
        longestDays: wholeNumber(1, 3650).optional(),
      })
      .readonly()
      .prefault({}),
    thresholds: z
      .strictObject({
        nearlyFullPercent: wholeNumber(1, 100).default(90),
        expiresSoonDays: wholeNumber(0, 365).default(30),
        figuresOldAfter: Duration.prefault('PT1H'),
      })
      .readonly()
      .prefault({}),
    /** How resources are marked, and products that no vendor rule of ours knows. */
    licensing: LicensingSettings.prefault({}),
    /** What recommendations may ask for, and how careful they are. */
    optimization: OptimizationSettings.prefault({}),
  })
  .readonly();
export type Policy = z.output<typeof Policy>;

/** The published policy and the hash of its document. */
export interface PublishedPolicy {
  readonly hash: string;
  readonly policy: Policy;
}
