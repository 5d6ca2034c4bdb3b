import * as z from 'zod';
import { CalendarDate } from '#domain/calendar-date.ts';

/** How many licenses a configuration used over the last weeks, by License Manager's hourly metric. */
export const UsageTrend = z
  .object({
    configurationArn: z.string(),
    /** Oldest first. A week without a point is left out, never 0. */
    weeks: z
      .array(
        z
          .object({
            /** The Monday, in UTC. */
            monday: CalendarDate,
            highest: z.number().nonnegative(),
            average: z.number().nonnegative(),
          })
          .readonly(),
      )
      .readonly(),
  })
  .readonly();
export type UsageTrend = z.output<typeof UsageTrend>;
