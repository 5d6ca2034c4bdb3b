import { DecisionGroup, decisionGroup } from '#domain/requests/decision-group.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';

/** What a button on a card carries: ids only. What may be done with them is decided on stored data. */
export interface ButtonTarget {
  readonly requestId: string;
  /** Hash of the plan that the card showed. */
  readonly planHash: string;
  /** The decision queue's group. */
  readonly group: DecisionGroup;
}

const VALUE = /^(req-[0-9a-z]{10})\|([0-9a-f]{8,128})\|(\S{1,120})$/;

/** The target of a request's buttons. */
export function targetOf(request: LaunchRequest): ButtonTarget {
  return { requestId: request.id, planHash: request.planHash, group: decisionGroup(request) };
}

/** `req-…|hash|group`. */
export function buttonValue({ requestId, planHash, group }: ButtonTarget): string {
  return [requestId, planHash, group].join('|');
}

/** What a button's value names, or `null` for anything that no card of ours carries. */
export function parseButtonValue(value: string | null | undefined): ButtonTarget | null {
  const [, requestId, planHash, name] = VALUE.exec(value ?? '') ?? [];
  const group = DecisionGroup.safeParse(name);
  if (requestId === undefined || planHash === undefined || !group.success) return null;
  return { requestId, planHash, group: group.data };
}
