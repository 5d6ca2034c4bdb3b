import * as z from 'zod';
import { Instant } from '#domain/instant.ts';

/** A running ECS task, with where it runs. License Manager tracks no containers: what follows is derived. */
export const ContainerTask = z
  .object({
    taskId: z.string(),
    arn: z.string(),
    cluster: z.string(),
    /** The service or family that started it. */
    group: z.string().nullable(),
    launchType: z.enum(['EC2', 'FARGATE', 'EXTERNAL']),
    /** The instance (`i-…`) or managed server (`mi-…`) below it; `null` on Fargate. */
    hostId: z.string().nullable(),
    images: z.array(z.string()).readonly(),
    /** What the task reserves; `null`: nothing, it may use the whole host. */
    vcpus: z.number().positive().nullable(),
    memoryMib: z.int().positive().nullable(),
    startedAt: Instant.nullable(),
  })
  .readonly();
export type ContainerTask = z.output<typeof ContainerTask>;
