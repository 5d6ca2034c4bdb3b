import { z } from 'zod';

/** A fault to inject, as POST /sandbox/faults takes it. `operation` may be `*`; `ms` belongs to `delay`. */
export const Fault = z.strictObject({
  service: z.string().min(1),
  operation: z.string().min(1),
  nth: z.int().positive().optional(),
  effect: z.enum(['error', 'throttle', 'lose_request', 'lose_response', 'delay']),
  code: z.string().min(1).optional(),
  ms: z.int().nonnegative().max(60_000).optional(),
});
export type Fault = z.output<typeof Fault>;

/** The faults that are set. Without `nth` a fault hits every match until cleared; with it, only the nth match since it was set. */
export interface FaultPlan {
  replace(faults: readonly Fault[]): void;
  list(): readonly Fault[];
  /** The fault that hits this call, counting it. Of several, the first in the list. */
  next(service: string, operation: string): Fault | null;
}

/** A plan without faults. */
export function createFaultPlan(): FaultPlan {
  let planned: { fault: Fault; matches: number }[] = [];
  return {
    replace(faults) {
      planned = faults.map((fault) => ({ fault, matches: 0 }));
    },
    list: () => planned.map(({ fault }) => fault),
    next(service, operation) {
      const matching = planned.filter(
        ({ fault }) =>
          fault.service === service && (fault.operation === '*' || fault.operation === operation),
      );
      for (const entry of matching) entry.matches += 1;
      const hit = matching.find(
        ({ fault, matches }) => fault.nth === undefined || fault.nth === matches,
      );
      return hit?.fault ?? null;
    },
  };
}
