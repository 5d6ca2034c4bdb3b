import { z } from 'zod';

const Schedule = z.object({
  name: z.string(),
  method: z.literal('scheduler'),
  rate: z.array(z.string()).min(1),
  timezone: z.string().default('UTC'),
  input: z.unknown().optional(),
});

const Route = z.strictObject({
  method: z.string(),
  /** Parts in braces stand for any one segment. */
  path: z.string(),
  /** Absent: everybody may call it. */
  authorizer: z.strictObject({ type: z.literal('aws_iam') }).optional(),
});
/** A route of the HTTP API, and who may call it. */
export type Route = z.output<typeof Route>;

/** What starts a function; any other kind of event is refused, not ignored. */
const Event = z.union([
  z.strictObject({ httpApi: Route }),
  z.strictObject({
    sqs: z.strictObject({
      arn: z.string(),
      batchSize: z.int().min(1).max(10),
      /** The sandbox runs no more than one of each at once unless it is told to. */
      maximumConcurrency: z.int().min(2).max(1000).optional(),
      functionResponseType: z.literal('ReportBatchItemFailures'),
    }),
  }),
  z.strictObject({ schedule: Schedule }),
]);

/** A queue that a function consumes; the handler answers which messages failed. */
export interface QueueSource {
  readonly arn: string;
  readonly batchSize: number;
}

/** An EventBridge Scheduler schedule: `rate(…)` or `cron(…)` in a time zone. */
export interface ScheduleSource {
  readonly name: string;
  readonly expression: string;
  readonly timeZone: string;
  readonly input: unknown;
}

/** A function as serverless.yml has it, names resolved. */
export const FunctionDefinition = z.object({
  description: z.string().optional(),
  handler: z.string(),
  role: z.string(),
  memorySize: z.number().optional(),
  timeout: z.number().optional(),
  environment: z.record(z.string(), z.coerce.string()).default({}),
  events: z.array(Event).default([]),
});
type Events = z.output<typeof FunctionDefinition>['events'];

export function routesOf(events: Events): readonly Route[] {
  return events.flatMap((event) => ('httpApi' in event ? [event.httpApi] : []));
}

export function queuesOf(events: Events): readonly QueueSource[] {
  return events.flatMap((event) =>
    'sqs' in event ? [{ arn: event.sqs.arn, batchSize: event.sqs.batchSize }] : [],
  );
}

export function schedulesOf(events: Events): readonly ScheduleSource[] {
  return events.flatMap((event) => {
    if (!('schedule' in event)) return [];
    const { name, rate, timezone, input } = event.schedule;
    return rate.map((expression) => ({ name, expression, timeZone: timezone, input }));
  });
}
