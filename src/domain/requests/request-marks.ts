import type { Instance } from '#domain/estate/instance.ts';
import type { PlanAction } from '#domain/launch/launch-plan.ts';

/** The tag that says for which request an instance was launched or started last, and a host allocated. */
export const RUN_TAG = 'quartermaster:request';
/** The tag that says for which request an instance was changed last: it still runs for the other one. */
export const RESIZE_TAG = 'quartermaster:resize';
/** Slack user id of who asked for it. */
export const REQUESTER_TAG = 'quartermaster:requested-by';

/** The tag that an operation marks its instances with. */
export function markOf({ operation }: Pick<PlanAction, 'operation'>): string {
  return RUNS.has(operation) ? RUN_TAG : RESIZE_TAG;
}

const RUNS: ReadonlySet<PlanAction['operation']> = new Set(['launch', 'start', 'scale']);

/** Whether an instance runs for a request, or was changed by it last. A mark proves nothing by itself. */
export function isMarkedFor({ tags }: Pick<Instance, 'tags'>, requestId: string): boolean {
  return tags[RUN_TAG] === requestId || tags[RESIZE_TAG] === requestId;
}
