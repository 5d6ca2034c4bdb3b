import { type PoolLedger, poolIdOf } from '#domain/licenses/license-pool.ts';
import type { Refusal } from '#domain/notice.ts';
import type { Person } from '#domain/person.ts';
import { gateFor } from '#domain/policy/approval-rules.ts';
import { approvalSubject } from '#domain/policy/approval-subject.ts';
import { approvesFor } from '#domain/policy/identity.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { Governed } from '#domain/requests/decision-outcome.ts';
import type { Decision, Gate, LaunchRequest } from '#domain/requests/launch-request.ts';
import { allLedgers } from '#domain/requests/ledger.ts';
import { levelsOf, type SeatTaken, seatsTaken } from '#domain/requests/request-gate.ts';

/** The gate of a request by today's policy; `null` where no rule counts: then nobody may approve it. */
export function gateToday(
  state: Pick<Governed, 'request' | 'ledgers' | 'shard' | 'published'>,
): Gate | null {
  const { policy } = state.published;
  return gateFor(policy, approvalSubject(policy, state.request, namedToday(state)));
}

/** With the inventory's names, where it was read: those that the evaluation goes by. */
function namedToday({
  ledgers,
  shard,
}: Pick<Governed, 'ledgers' | 'shard'>): readonly PoolLedger[] {
  if (shard === null) return ledgers;
  const names = new Map(shard.configurations.map((one) => [poolIdOf(one), one.name]));
  return allLedgers(shard, ledgers).map((ledger) => ({
    ...ledger,
    name: names.get(ledger.poolId) ?? ledger.name,
  }));
}

/** True for the approvers of any level, silent ones and those whom an escalation called in too. */
export function mayDecide(
  gate: Gate | null,
  person: Person,
  { escalatedAt }: Pick<LaunchRequest, 'escalatedAt'>,
): gate is Gate {
  return gate !== null && levelsOf(gate, person, escalatedAt !== null).length > 0;
}

/** Why somebody who may decide cannot fill a seat of the open level, or `null`. */
export function whyNotAtLevel(
  gate: Gate,
  person: Person,
  { escalatedAt }: Pick<LaunchRequest, 'escalatedAt'>,
  open: number | null,
): Refusal | null {
  const levels = levelsOf(gate, person, escalatedAt !== null);
  if (open === null || levels.includes(open)) return null;
  return { code: 'not-your-level', open, yours: Math.min(...levels) };
}

/** Why an approval does not count as it came in, or `null`: what claims to be signed must be so anywhere. */
export function whyNotSigned(
  gate: Gate | null,
  given: Parameters<typeof isSigned>[0],
  policy: Policy,
): Refusal | null {
  const toSign = gate?.stepUp === true || given.route === 'api';
  return toSign && !isSigned(given, policy) ? { code: 'needs-step-up' } : null;
}

/** Whether a decision was confirmed outside Slack, by AWS credentials that policy says are the person's. */
function isSigned(
  { route, principal, by }: Pick<Decision, 'by' | 'principal'> & { readonly route: string | null },
  policy: Policy,
): boolean {
  return route === 'api' && principal !== null && approvesFor(policy, principal, by);
}

/**
 * The seats whose people may no longer sit there: gone, no longer full members of the workspace, or no
 * longer among the approvers of their level.
 *
 * @param people those who approved, as Slack says now
 */
export function lostSeats(
  request: LaunchRequest,
  gate: Gate,
  people: readonly Person[],
): readonly SeatTaken[] {
  return seatsTaken(request).filter(({ by, level }) => {
    const person = people.find(({ id }) => id === by);
    const levels = person && levelsOf(gate, person, request.escalatedAt !== null);
    return levels?.includes(level) !== true;
  });
}

/** The request with these seats open again: what was decided stays to be read. */
export function withoutSeats(request: LaunchRequest, lost: readonly SeatTaken[]): LaunchRequest {
  const keys = new Set(lost.map(({ key }) => key));
  return {
    ...request,
    decisions: request.decisions.map((decision) =>
      keys.has(decision.key) ? { ...decision, level: null } : decision,
    ),
  };
}
