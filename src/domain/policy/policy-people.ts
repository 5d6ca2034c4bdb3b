import * as z from 'zod';
import {
  Accounts,
  Flag,
  Regions,
  SlackUserGroupId,
  SlackUserId,
} from '#domain/policy/policy-fields.ts';

/** What a person may be, several at once. An auditor looks at everything and decides nothing. */
export const Role = z.enum(['viewer', 'requester', 'approver', 'administrator', 'auditor']);
export type Role = z.output<typeof Role>;

/** People by Slack user id and by Slack user group; both count. */
export const Members = z
  .strictObject({
    users: z.array(SlackUserId).readonly().default([]),
    userGroups: z.array(SlackUserGroupId).readonly().default([]),
  })
  .readonly();
export type Members = z.output<typeof Members>;

/** Members, or everybody in the workspace who is no outsider. */
export const OpenMembers = Members.unwrap()
  .extend({ everyone: Flag.default(false) })
  .readonly();

/** Viewers may be limited to accounts and Regions; absent: all of them. */
export const Viewers = OpenMembers.unwrap()
  .extend({
    accounts: Accounts.optional(),
    regions: Regions.optional(),
  })
  .readonly();

/** Who has a role that the document leaves out. */
export const NOBODY = { users: [], userGroups: [] };

/** An AWS principal that acts for a person, or for a pipeline that a person answers for. */
export const Identity = z
  .strictObject({
    /** ARN of a user or role as IAM writes it; for a role every session of it, or `…/session` for one. */
    principal: z
      .string()
      .regex(/^arn:aws[a-z-]*:(iam|sts)::\d{12}:\S+$/, 'Write the ARN of an IAM user or role'),
    person: SlackUserId,
    /** False: it may request, and never approves. */
    mayApprove: Flag.default(true),
  })
  .readonly();
export type Identity = z.output<typeof Identity>;

/** What `/license` does, by its first word. */
export const LicenseCommand = z.enum([
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
]);
export type LicenseCommand = z.output<typeof LicenseCommand>;

/** Which roles may use a command; one that is not named is for everybody who may look. */
export const Commands = z.partialRecord(
  LicenseCommand,
  z.array(Role).min(1, 'Write at least one role').readonly(),
);
