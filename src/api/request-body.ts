import * as z from 'zod';

/** Somebody's own words: untrusted text. */
export function words(most: number) {
  return z
    .string('Say why')
    .trim()
    .min(1, 'Say why')
    .max(most, `Say it in at most ${most} characters`);
}

/** Why something is asked for or decided. */
export const Reason = words(1000);

function named(what: string) {
  const message = `Write ${what}`;
  return z.string(message).min(1, message).max(200, message);
}

function whole(message: string, most: number) {
  return z.int(message).min(1, message).max(most, message);
}

export const PersonId = z
  .string('Write a Slack user id such as U0123ABCD')
  .regex(/^[UW][A-Z0-9]{2,20}$/, 'Write a Slack user id such as U0123ABCD');
export const RequestId = z
  .string('Write the id of a request, such as req-0123456789')
  .regex(/^req-[0-9a-z]{10}$/, 'Write the id of a request, such as req-0123456789');

/** What to launch, by names or ids. What of it is there, and allowed, is found out afterwards. */
export const RequestBody = z.strictObject({
  account: named('the name or the id of an account'),
  region: named('a Region, such as us-east-1'),
  pool: named('the name or the id of a license pool'),
  otherPools: z.array(named('names or ids of license pools')).max(10).default([]),
  /** Exactly one of the next four says what is done. */
  template: named('the name or the id of a launch template').optional(),
  start: named('the name or the id of a stopped instance').optional(),
  resize: named('the name or the id of an instance').optional(),
  scale: named('the name of an Auto Scaling group').optional(),
  type: named('an instance type, such as m6i.xlarge').optional(),
  count: whole('Write a whole number from 1 to 100', 100).default(1),
  cores: whole('Write a whole number from 1', 10_000).nullable().default(null),
  threads: whole('Write 1 or 2', 2).nullable().default(null),
  /** True: the licenses are in the hourly price, and nothing is drawn of the pools named. */
  licenseIncluded: z.boolean('Write true or false').default(false),
  host: named('the id of a Dedicated Host').nullable().default(null),
  until: z.iso
    .datetime('Write an instant in UTC, such as 2026-12-31T18:00:00Z')
    .pipe(z.transform((text) => new Date(text)))
    .nullable()
    .default(null),
  for: PersonId.optional(),
  reason: Reason,
  retryOf: RequestId.nullable().default(null),
  key: z.string().optional(),
});
export type RequestBody = z.output<typeof RequestBody>;
