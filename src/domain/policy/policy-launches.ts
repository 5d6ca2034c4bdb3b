import * as z from 'zod';
import {
  Accounts,
  Flag,
  Patterns,
  Regions,
  wholeNumber,
  wholeUsd,
} from '#domain/policy/policy-fields.ts';
import { Members } from '#domain/policy/policy-people.ts';
import { AccountId } from '#domain/scope.ts';

/** An account in which launches may happen, and where in it. */
export const PolicyAccount = z
  .strictObject({
    id: AccountId,
    name: z.string('Write the name that people know the account by').min(1),
    environment: z.string('Write the environment, such as production').min(1),
    regions: Regions,
  })
  .readonly();

/** Accounts that are looked after without being listed: read, but no place to launch in. */
export const PolicyOrganization = z
  .strictObject({
    /** Where they are read. */
    regions: Regions,
    /** Accounts that are left alone. */
    except: z.array(AccountId).readonly().default([]),
  })
  .readonly();
export type PolicyOrganization = z.output<typeof PolicyOrganization>;

/** What makes licensed machines run, or run otherwise: what forms ask for, and launch profiles allow. */
export const LaunchOperation = z.enum(['launch', 'start', 'resize', 'scale']);
export type LaunchOperation = z.output<typeof LaunchOperation>;

/** What is done to machines and hosts that are there, to need fewer licenses or less money. */
export const ChangeOperation = z.enum([
  'move',
  'associate',
  'convert',
  'stop',
  'allocate-host',
  'release-host',
]);

/** What somebody wants to do. */
export const Operation = z.enum([...LaunchOperation.options, ...ChangeOperation.options]);
export type Operation = z.output<typeof Operation>;

/** What may be launched: a launch must match one profile in everything. */
export const LaunchProfile = z
  .strictObject({
    name: z.string('Write a name for the profile').min(1),
    accounts: Accounts,
    /** Absent: every Region of these accounts. */
    regions: Regions.optional(),
    /** Who may ask for it; absent: everybody with the role requester. */
    requesters: Members.optional(),
    /** Absent: every operation. */
    operations: z
      .array(LaunchOperation)
      .min(1, 'Write at least one operation')
      .readonly()
      .optional(),
    launchTemplates: Patterns,
    instanceTypes: Patterns,
    /** By the configuration's name or the pool's id. */
    pools: Patterns,
    countMaximum: wholeNumber(1, 100),
    spotAllowed: Flag.default(false),
  })
  .readonly();
export type LaunchProfile = z.output<typeof LaunchProfile>;

/** Changes of what is there that may be asked for, each approved by the rule that is for it. What no entry names is refused. */
export const AllowedChange = z
  .strictObject({
    name: z.string('Write a name for these changes').min(1),
    operations: z
      .array(ChangeOperation, 'Write a list of operations')
      .min(1, 'Write at least one operation')
      .readonly(),
    accounts: Accounts,
    /** Absent: every Region of these accounts. */
    regions: Regions.optional(),
    /** Who may ask for them; absent: everybody with the role requester. */
    requesters: Members.optional(),
  })
  .readonly();
export type AllowedChange = z.output<typeof AllowedChange>;

/** The most that launches of an account or of everything may cost a month. */
export const Budget = z
  .strictObject({
    accounts: Accounts.optional(),
    monthlyUsd: wholeUsd(),
  })
  .readonly();
