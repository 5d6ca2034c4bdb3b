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

/** Viewers may be limited to accounts and Regions; absent: all of them. */
const Viewers = OpenMembers.unwrap()
  .extend({
    accounts: z.array(AccountId).min(1, 'Write at least one account id').readonly().optional(),
    regions: z.array(Region).min(1, 'Write at least one Region').readonly().optional(),
  })
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

/** What somebody wants to do with licensed machines. */
export const Operation = z.enum(['launch', 'start', 'resize', 'scale']);
export type Operation = z.output<typeof Operation>;

/** What may be launched: a launch must match one profile in everything. */
export const LaunchProfile = z
  .strictObject({
    name: z.string('Write a name for the profile').min(1),
    accounts: z.array(AccountId).min(1, 'Write at least one account id').readonly(),
    /** Absent: every Region of these accounts. */
    regions: z.array(Region).min(1, 'Write at least one Region').readonly().optional(),
    /** Who may ask for it; absent: everybody with the role requester. */
    requesters: Members.optional(),
    /** Absent: every operation. */
    operations: z.array(Operation).min(1, 'Write at least one operation').readonly().optional(),
    launchTemplates: Patterns,
    instanceTypes: Patterns,
    /** By the configuration's name or the pool's id. */
    pools: Patterns,
    countMaximum: wholeNumber(1, 100),
    spotAllowed: z.boolean('Write true or false').default(false),
  })
  .readonly();
export type LaunchProfile = z.output<typeof LaunchProfile>;

/** A step of an approval: so many different people of these. */
export const ApprovalLevel = z
  .strictObject({
    /** A role, or a list of people and user groups. */
    approvers: z.union([z.enum(['approver', 'administrator']), Members], {
      error: 'Write approver, administrator, or users and userGroups',
    }),
    /** May approve like the others, but are neither mentioned nor reminded. */
    silent: Members.default(NOBODY),
    quorum: wholeNumber(1, 10).default(1),
  })
  .readonly();
export type ApprovalLevel = z.output<typeof ApprovalLevel>;

/** When those who are waited for are asked again: first after `after`, then at growing intervals. */
const Reminders = z
  .strictObject({
    after: Duration.prefault('PT4H'),
    /** Each interval is so many times the one before. */
    factor: wholeNumber(1, 10).default(2),
    most: wholeNumber(0, 10).default(3),
  })
  .readonly();

/** Who may approve too, at every level, when nobody decided for so long: a deputy, or who is on call. */
const Escalation = z.strictObject({ after: Duration, to: Members }).readonly();

/**
 * Who approves what. Of several rules that match the most specific counts; two of which neither is
 * more specific refuse, and so does a launch that none matches.
 */
export const ApprovalRule = z
  .strictObject({
    name: z.string('Write a name for the rule').min(1, 'Write a name for the rule'),
    pools: Patterns.default(['*']),
    /** Absent: every account. */
    accounts: z.array(AccountId).min(1, 'Write at least one account id').readonly().optional(),
    /** Absent: every environment. */
    environments: z
      .array(z.string())
      .min(1, 'Write at least one environment, as accounts have them')
      .readonly()
      .optional(),
    /** Absent: every operation. */
    operations: z.array(Operation).min(1, 'Write at least one operation').readonly().optional(),
    /** Matches what takes at least so many licenses of one pool. */
    minimumLicenses: wholeNumber(0, 1_000_000).default(0),
    /** Matches what costs at least so much a month in whole US dollars; what has no known price costs anything. */
    minimumMonthlyUsd: wholeNumber(0, 1_000_000_000).default(0),
    /** One after the other: a level opens when the one before is full. One person fills one seat. */
    levels: z
      .array(ApprovalLevel, 'Write a list of levels, each with approvers')
      .min(1, 'Write at least one level with approvers')
      .readonly(),
    /** Approvals count only when they are confirmed outside Slack, with AWS credentials. */
    stepUp: z.boolean('Write true or false').default(false),
    /** The Slack channel where the approval card is posted. */
    channel: SlackChannelId,
    reminders: Reminders.prefault({}),
    escalation: Escalation.optional(),
  })
  .readonly();
export type ApprovalRule = z.output<typeof ApprovalRule>;

/** What needs no approver: launches of these profiles that take and cost little. */
export const AutoApproval = z
  .strictObject({
    profiles: z.array(z.string()).min(1, 'Write at least one profile').readonly().optional(),
    pools: Patterns.default(['*']),
    /** The most licenses of any one pool. */
    upToLicenses: wholeNumber(0, 1_000_000),
    /** The most instances; absent: any count. */
    upToCount: wholeNumber(1, 100).optional(),
    /** In whole US dollars; what has no known price is above it. Absent: any cost. */
    upToMonthlyUsd: wholeNumber(0, 1_000_000_000).optional(),
  })
  .readonly();
export type AutoApproval = z.output<typeof AutoApproval>;

/** Break-glass: who may launch without approvers, and who looks at it afterwards. */
const Override = z
  .strictObject({
    people: Members,
    /** Absent: every account. */
    accounts: z.array(AccountId).min(1, 'Write at least one account id').readonly().optional(),
    /** Where every override is announced. */
    channel: SlackChannelId,
    /** By when somebody else must have reviewed it. */
    reviewWithin: Duration.prefault('PT24H'),
  })
  .readonly();

const TimeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Write a time of day such as 18:30');

/** When nobody is reminded. Requests, decisions and expiry go on. */
const QuietHours = z
  .strictObject({
    timeZone: z.string().refine(isTimeZone, 'Write a time zone such as Europe/Berlin'),
    from: TimeOfDay,
    to: TimeOfDay,
    /** Days without reminders at all. */
    days: z
      .array(z.enum(['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']))
      .readonly()
      .default([]),
  })
  .readonly();
export type QuietHours = z.output<typeof QuietHours>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** An AWS principal that acts for a person, or for a pipeline that a person answers for. */
const Identity = z
  .strictObject({
    /** ARN of a user or role as IAM writes it; for a role every session of it, or `…/session` for one. */
    principal: z
      .string()
      .regex(/^arn:aws[a-z-]*:(iam|sts)::\d{12}:\S+$/, 'Write the ARN of an IAM user or role'),
    person: SlackUserId,
    /** False: it may request, and never approves. */
    mayApprove: z.boolean('Write true or false').default(true),
  })
  .readonly();
export type Identity = z.output<typeof Identity>;

/** The most that launches of an account or of everything may cost a month. */
const Budget = z
  .strictObject({
    accounts: z.array(AccountId).min(1, 'Write at least one account id').readonly().optional(),
    monthlyUsd: wholeNumber(0, 1_000_000_000),
  })
  .readonly();

/** Which roles may use a command of `/license`; a command that is not named is for everybody who may look. */
const Commands = z.partialRecord(
  z.enum([
    'usage',
    'who',
    'ask',
    'request',
    'requests',
    'history',
    'optimize',
    'forecast',
    'digest',
    'audit',
    'import',
    'doctor',
  ]),
  z.array(Role).min(1, 'Write at least one role').readonly(),
);

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
  })
  .readonly();
export type Policy = z.output<typeof Policy>;

/** The published policy and the hash of its document. */
export interface PublishedPolicy {
  readonly hash: string;
  readonly policy: Policy;
}
