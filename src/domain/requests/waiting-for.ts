import type { Person } from '#domain/person.ts';
import { isInterested } from '#domain/policy/approval-rules.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { levelsOf, openLevel, seatsTaken } from '#domain/requests/request-gate.ts';

/** Whether a request waits for this person: to fill a seat of its open level, or to answer an offer. */
export function waitsFor(request: LaunchRequest, person: Person): boolean {
  if (request.status !== 'pending') return false;
  if (request.counter !== null && request.requestedBy === person.id) return true;
  const { gate, escalatedAt } = request;
  const taken = seatsTaken(request);
  const decided = taken.some(({ by }) => by === person.id);
  if (gate === null || decided || isInterested(request, person.id)) return false;
  const open = openLevel(gate, taken);
  return open !== null && levelsOf(gate, person, escalatedAt !== null).includes(open);
}
