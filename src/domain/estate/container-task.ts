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
    /** `UNKNOWN`: one that AWS added since. */
    launchType: z.enum(['EC2', 'FARGATE', 'EXTERNAL', 'MANAGED_INSTANCES', 'UNKNOWN']),
    /** The instance (`i-…`) or managed server (`mi-…`) below it; `null` on Fargate, or not known. */
    hostId: z.string().nullable(),
    images: z.array(z.string()).readonly(),
    /** What the task reserves; `null`: nothing, it may use the whole host. */
    vcpus: z.number().positive().nullable(),
    memoryMib: z.int().positive().nullable(),
    startedAt: Instant.nullable(),
  })
  .readonly();
export type ContainerTask = z.output<typeof ContainerTask>;
