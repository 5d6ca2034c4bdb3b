import * as z from 'zod';
import { Duration } from '#domain/duration.ts';
import { LicensingSettings } from '#domain/licensing-settings.ts';
import { AccountId, Region } from '#domain/scope.ts';

export const Role = z.enum(['viewer', 'requester', 'approver', 'administrator', 'auditor']);
export type Role = z.output<typeof Role>;

const SlackUserId = z
  .string('Write a Slack user id such as U0123ABCD')
  .regex(/^[UW][A-Z0-9]{2,20}$/, 'Write a Slack user id such as U0123ABCD');
const SlackUserGroupId = z
  .string('Write a Slack user group id such as S0123ABCD')
  .regex(/^S[A-Z0-9]{2,20}$/, 'Write a Slack user group id such as S0123ABCD');
const SlackChannelId = z
  .string('Write a Slack channel id such as C0123ABCD')
  .regex(/^[CG][A-Z0-9]{2,20}$/, 'Write a Slack channel id such as C0123ABCD');

/** People by Slack user id and by Slack user group; both count. */
export const Members = z
  .strictObject({
    users: z.array(SlackUserId).readonly().default([]),
    userGroups: z.array(SlackUserGroupId).readonly().default([]),
  })
  .readonly();
export type Members = z.output<typeof Members>;

/** Members, or everybody in the workspace who is no outsider. */
const OpenMembers = Members.unwrap()
  .extend({ everyone: z.boolean('Write true or false').default(false) })
  .readonly();

const NOBODY = { users: [], userGroups: [] };

/** A name with `*` for any text; upper and lower case are alike. */
const Pattern = z
  .string('Write a name, with * for any text')
  .min(1, 'Write a name, with * for any text');
const Patterns = z
  .array(Pattern, 'Write a list of names, with * for any text')
  .min(1, 'Write at least one name, or * for all')
  .readonly();

function wholeNumber(minimum: number, maximum: number) {
  const error = `Write a whole number from ${minimum} to ${maximum}`;
  return z.int(error).min(minimum, error).max(maximum, error);
}

/** An account in which launches may happen, and where in it. */
const PolicyAccount = z
  .strictObject({
    id: AccountId,
    name: z.string('Write the name that people know the account by').min(1),
    environment: z.string('Write the environment, such as production').min(1),
    regions: z.array(Region).min(1, 'Write at least one Region').readonly(),
  })
  .readonly();

/** Accounts that are looked after without being listed: read, but no place to launch in. */
const PolicyOrganization = z
  .strictObject({
    /** Where they are read. */
    regions: z.array(Region).min(1, 'Write at least one Region').readonly(),
    /** Accounts that are left alone. */
    except: z.array(AccountId).readonly().default([]),
  })
  .readonly();
export type PolicyOrganization = z.output<typeof PolicyOrganization>;

/** What may be launched: a launch must match one profile in everything. */
export const LaunchProfile = z
  .strictObject({
    name: z.string('Write a name for the profile').min(1),
    accounts: z.array(AccountId).min(1, 'Write at least one account id').readonly(),
    /** Absent: every Region of these accounts. */
    regions: z.array(Region).min(1, 'Write at least one Region').readonly().optional(),
    launchTemplates: Patterns,
    instanceTypes: Patterns,
    /** By the configuration's name or the pool's id. */
    pools: Patterns,
    countMaximum: wholeNumber(1, 100),
    spotAllowed: z.boolean('Write true or false').default(false),
  })
  .readonly();
export type LaunchProfile = z.output<typeof LaunchProfile>;

/** Who approves what. Of several rules the first that matches counts. */
export const ApprovalRule = z
  .strictObject({
    pools: Patterns.default(['*']),
    /** Absent: every account. */
    accounts: z.array(AccountId).min(1, 'Write at least one account id').readonly().optional(),
    /** Matches launches that take at least so many licenses of one pool. */
    minimumLicenses: wholeNumber(0, 1_000_000).default(0),
    /** A role, or a list of people and user groups. */
    approvers: z.union([z.enum(['approver', 'administrator']), Members], {
      error: 'Write approver, administrator, or users and userGroups',
    }),
    /** The Slack channel where the approval card is posted. */
    channel: SlackChannelId,
    quorum: z.literal(1, 'Write 1: more than one approval is not supported yet').default(1),
  })
  .readonly();
export type ApprovalRule = z.output<typeof ApprovalRule>;

/** What needs no approver: launches of these profiles that take few licenses of these pools. */
export const AutoApproval = z
  .strictObject({
    profiles: z.array(z.string()).min(1, 'Write at least one profile').readonly().optional(),
    pools: Patterns.default(['*']),
    /** The most licenses of any one pool. */
    upToLicenses: wholeNumber(0, 1_000_000),
  })
  .readonly();
export type AutoApproval = z.output<typeof AutoApproval>;

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
        viewer: OpenMembers.default({ ...NOBODY, everyone: true }),
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
    approvals: z.array(ApprovalRule).min(1, 'Write at least one approval rule').readonly(),
    autoApproval: z.array(AutoApproval).readonly().default([]),
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
  })
  .readonly();
export type Policy = z.output<typeof Policy>;

/** The published policy and the hash of its document. */
export interface PublishedPolicy {
  readonly hash: string;
  readonly policy: Policy;
}
