import * as z from 'zod';

/** Which form of a launch somebody opened. */
export const FormPurpose = z.discriminatedUnion('kind', [
  /** It is open already: only whether they may ask at all is looked at. */
  z.object({ kind: z.literal('launch') }),
  z.object({
    kind: z.enum(['start', 'resize']),
    instanceId: z.string().nullable(),
    instanceType: z.string().nullable(),
  }),
  z.object({
    kind: z.literal('scale'),
    autoScalingGroupName: z.string().nullable(),
    count: z.int().positive().nullable(),
  }),
  z.object({
    kind: z.enum(['again', 'edit', 'counter']),
    requestId: z.string(),
    /** Which of the request's alternatives it is filled with; `null`: what was asked for. */
    alternative: z.int().nonnegative().nullable().default(null),
  }),
]);
export type FormPurpose = z.output<typeof FormPurpose>;
