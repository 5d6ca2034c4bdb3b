import * as z from 'zod';
import { PoolId } from '#domain/license-pool.ts';
import { AccountId, Region } from '#domain/scope.ts';
import { COUNT_MAXIMUM, REASON_MAXIMUM } from '#slack/modals/request-form.ts';

const WHOLE_OR_EMPTY = 'Write a whole number, or leave it empty for the type’s default.';
const COUNT = `Write a whole number from 1 to ${COUNT_MAXIMUM}.`;

function chosen(what: string) {
  return z.string(`Choose ${what}.`).min(1, `Choose ${what}.`).max(100, `Choose ${what}.`);
}

/** Digits only: neither `1e3` nor ` 4 ` nor nothing is a number here. */
function digits(message: string) {
  return z
    .string(message)
    .regex(/^\d{1,6}$/, message)
    .transform(Number);
}

const PerInstance = digits(WHOLE_OR_EMPTY).pipe(z.int().min(1, WHOLE_OR_EMPTY)).nullable();

/** What the request form sends back. The messages are shown under the field that they name. */
export const LaunchForm = z.object({
  account: chosen('an account').pipe(AccountId),
  region: chosen('a Region').pipe(Region),
  pool: chosen('a license pool').pipe(PoolId),
  launch_template: chosen('a launch template'),
  instance_type: chosen('an instance type'),
  count: digits(COUNT).pipe(z.int().min(1, COUNT).max(COUNT_MAXIMUM, COUNT)),
  cores: PerInstance,
  threads: PerInstance,
  for: z.string().nullable(),
  reason: z
    .string('Say what it is for.')
    .trim()
    .min(1, 'Say what it is for.')
    .max(REASON_MAXIMUM, `Say it in at most ${REASON_MAXIMUM} characters.`),
});
export type LaunchForm = z.output<typeof LaunchForm>;
