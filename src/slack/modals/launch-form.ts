import * as z from 'zod';
import { DAY_MS, later } from '#domain/instant.ts';
import { PoolId } from '#domain/licenses/license-pool.ts';
import { AccountId, Region } from '#domain/scope.ts';
import { COUNT_MAXIMUM, OTHER_POOLS_MAXIMUM, REASON_MAXIMUM } from '#slack/views/form-field.ts';

const WHOLE_OR_EMPTY = 'Write a whole number, or leave it empty for the type’s default.';
const COUNT = `Write a whole number from 1 to ${COUNT_MAXIMUM}.`;
const UNTIL = 'Choose today or a later day, or leave it empty.';

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

const PerInstance = digits(WHOLE_OR_EMPTY)
  .pipe(z.int().min(1, WHOLE_OR_EMPTY))
  .nullable()
  .default(null);

const Count = digits(COUNT).pipe(z.int().min(1, COUNT).max(COUNT_MAXIMUM, COUNT));

/** The end of the day that was chosen, in UTC. */
const Until = z.iso
  .date(UNTIL)
  .transform((day) => later(new Date(`${day}T00:00:00Z`), DAY_MS))
  .refine((end) => end.getTime() > Date.now(), UNTIL)
  .nullable()
  .default(null);

const Reason = z
  .string('Say what it is for.')
  .trim()
  .min(1, 'Say what it is for.')
  .max(REASON_MAXIMUM, `Say it in at most ${REASON_MAXIMUM} characters.`);

const place = {
  account: chosen('an account').pipe(AccountId),
  region: chosen('a Region').pipe(Region),
};

/** What the form of a launch sends back. The messages are shown under the field that they name. */
export const LaunchForm = z.object({
  ...place,
  pool: chosen('a license pool').pipe(PoolId),
  other_pools: z
    .array(PoolId)
    .max(OTHER_POOLS_MAXIMUM, `Choose at most ${OTHER_POOLS_MAXIMUM}.`)
    .default([]),
  launch_template: chosen('a launch template'),
  instance_type: chosen('an instance type'),
  host: z.string().nullable().default(null),
  license_included: z.boolean().default(false),
  count: Count,
  cores: PerInstance,
  threads: PerInstance,
  until: Until,
  for: z.string().nullable().default(null),
  reason: Reason,
});
export type LaunchForm = z.output<typeof LaunchForm>;

/** What the form of an instance sends back: to start it as it is, without a type. */
export const InstanceForm = z.object({
  ...place,
  instance: chosen('an instance'),
  instance_type: chosen('an instance type').nullable().default(null),
  cores: PerInstance,
  threads: PerInstance,
  until: Until,
  reason: Reason,
});
export type InstanceForm = z.output<typeof InstanceForm>;

/** What the form of an Auto Scaling group sends back: what it launches is its template's to say. */
export const GroupForm = z.object({
  ...place,
  group: chosen('an Auto Scaling group'),
  count: Count,
  reason: Reason,
});
export type GroupForm = z.output<typeof GroupForm>;
