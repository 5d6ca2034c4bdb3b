import { z } from 'zod';

/** What a worker thread is started with. */
export const WorkerSettings = z.object({
  /** URL of the module that exports `handler`. */
  module: z.string(),
  functionName: z.string(),
  functionArn: z.string(),
  timeoutMs: z.number(),
  memoryMb: z.number(),
  clockOffset: z.instanceof(SharedArrayBuffer),
});
export type WorkerSettings = z.output<typeof WorkerSettings>;

/** What the sandbox tells a worker. */
export const Invocation = z.object({ id: z.string(), event: z.unknown() });
export type Invocation = z.output<typeof Invocation>;

/** What a worker tells the sandbox; a result is JSON text. */
export const Outcome = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('done'), id: z.string(), result: z.string() }),
  z.object({ kind: z.literal('failed'), id: z.string(), error: z.string() }),
]);
export type Outcome = z.output<typeof Outcome>;
