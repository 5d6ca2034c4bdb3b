import * as z from 'zod';
import { AccountId, Region } from '#domain/scope.ts';

/** A name with `*` for any text; upper and lower case are alike. */
const Pattern = z
  .string('Write a name, with * for any text')
  .min(1, 'Write a name, with * for any text')
  .max(256, 'Write at most 256 letters');

/** Names of templates, types or pools, with `*` for any text; one that matches is enough. */
export const Patterns = z
  .array(Pattern, 'Write a list of names, with * for any text')
  .min(1, 'Write at least one name, or * for all')
  .readonly();

/** At least one AWS account. */
export const Accounts = z.array(AccountId).min(1, 'Write at least one account id').readonly();

/** At least one AWS Region. */
export const Regions = z.array(Region).min(1, 'Write at least one Region').readonly();

/** A Slack user of this workspace or of the Enterprise Grid. */
export const SlackUserId = z
  .string('Write a Slack user id such as U0123ABCD')
  .regex(/^[UW][A-Z0-9]{2,20}$/, 'Write a Slack user id such as U0123ABCD');

/** A Slack user group, such as the one behind `@dbas`. */
export const SlackUserGroupId = z
  .string('Write a Slack user group id such as S0123ABCD')
  .regex(/^S[A-Z0-9]{2,20}$/, 'Write a Slack user group id such as S0123ABCD');

/** A Slack channel, public or private; never a direct message. */
export const SlackChannelId = z
  .string('Write a Slack channel id such as C0123ABCD')
  .regex(/^[CG][A-Z0-9]{2,20}$/, 'Write a Slack channel id such as C0123ABCD');

/** Yes or no. */
export const Flag = z.boolean('Write true or false');

/** A whole number within bounds that the message names. */
export function wholeNumber(minimum: number, maximum: number) {
  const error = `Write a whole number from ${minimum} to ${maximum}`;
  return z.int(error).min(minimum, error).max(maximum, error);
}

/** Licenses, up to the most that a policy speaks of. */
export const wholeLicenses = () => wholeNumber(0, 1_000_000);

/** Whole US dollars, up to the most that a policy speaks of. */
export const wholeUsd = () => wholeNumber(0, 1_000_000_000);
