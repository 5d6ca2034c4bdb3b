import * as z from 'zod';
import { Duration } from '#domain/duration.ts';
import {
  Accounts,
  Flag,
  Patterns,
  SlackChannelId,
  wholeLicenses,
  wholeNumber,
  wholeUsd,
} from '#domain/policy/policy-fields.ts';
import { Operation } from '#domain/policy/policy-launches.ts';
import { Members, NOBODY } from '#domain/policy/policy-people.ts';

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
    accounts: Accounts.optional(),
    /** Absent: every environment. */
    environments: z
      .array(z.string())
      .min(1, 'Write at least one environment, as accounts have them')
      .readonly()
      .optional(),
    /** Absent: every operation. */
    operations: z.array(Operation).min(1, 'Write at least one operation').readonly().optional(),
    /** Matches what takes at least so many licenses of one pool. */
    minimumLicenses: wholeLicenses().default(0),
    /** Matches what costs at least so much a month in whole US dollars; what has no known price costs anything. */
    minimumMonthlyUsd: wholeUsd().default(0),
    /** One after the other: a level opens when the one before is full. One person fills one seat. */
    levels: z
      .array(ApprovalLevel, 'Write a list of levels, each with approvers')
      .min(1, 'Write at least one level with approvers')
      .readonly(),
    /** Approvals count only when they are confirmed outside Slack, with AWS credentials. */
    stepUp: Flag.default(false),
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
    upToLicenses: wholeLicenses(),
    /** The most instances; absent: any count. */
    upToCount: wholeNumber(1, 100).optional(),
    /** In whole US dollars; what has no known price is above it. Absent: any cost. */
    upToMonthlyUsd: wholeUsd().optional(),
  })
  .readonly();
export type AutoApproval = z.output<typeof AutoApproval>;

/** Break-glass: who may launch without approvers, and who looks at it afterwards. */
export const Override = z
  .strictObject({
    people: Members,
    /** Absent: every account. */
    accounts: Accounts.optional(),
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
export const QuietHours = z
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
