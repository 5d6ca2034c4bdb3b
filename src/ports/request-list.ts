import type { AuditEntry } from '#domain/audit/audit.ts';
import type { FollowUp } from '#domain/follow-ups/follow-up.ts';
import type { OutboxEntry } from '#domain/jobs/outbox.ts';
import type { LaunchRequest, RequestStatus } from '#domain/requests/launch-request.ts';
import type { Scope } from '#domain/scope.ts';

/** Lists for people and for the sweeper. Eventually consistent: nothing is decided on them. */
export interface RequestList {
  /** Newest first, at most `limit`, of one requester or whom it is for. */
  ofPerson(personId: string, limit: number): Promise<readonly LaunchRequest[]>;
  /** Open requests in any of these states, oldest first, at most `limit`, or all. */
  open(statuses: readonly RequestStatus[], limit?: number): Promise<readonly LaunchRequest[]>;
  /** Open requests of one account and Region in a state that License Manager may have confirmed. */
  launched(scope: Scope): Promise<readonly LaunchRequest[]>;
  /** Requests whose `remindAt` or `dueAt` is at or before `now`, at most `limit`. */
  due(now: Date, limit: number): Promise<readonly LaunchRequest[]>;
  /** Follow-ups of one kind that are not settled, oldest first. */
  followUps(kind: FollowUp['kind']): Promise<readonly FollowUp[]>;
  /** Follow-ups whose `dueAt` is at or before `now`, at most `limit`. */
  followUpsDue(now: Date, limit: number): Promise<readonly FollowUp[]>;
  /** A stream's audit entries, first to last. */
  auditTrail(stream: string): Promise<readonly AuditEntry[]>;
}

/** Messages written with changes and not yet known to be sent. */
export interface Outbox {
  /** Entries written at or before `before`, oldest first, at most `limit`. */
  unsent(before: Date, limit: number): Promise<readonly OutboxEntry[]>;
  /** Forget an entry: every message of it is in its queue. */
  sent(id: string): Promise<void>;
}
