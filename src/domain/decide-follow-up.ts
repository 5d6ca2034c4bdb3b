import type { AuditEvent } from '#domain/audit.ts';
import { NO_STEP, type Step } from '#domain/change.ts';
import {
  type FollowUp,
  type FollowUpAction,
  type FollowUpDecision,
  followUpStream,
} from '#domain/follow-up.ts';
import { dueFollowUp } from '#domain/follow-up-clock.ts';
import type { FollowUpNotice, FollowUpRefusal } from '#domain/follow-up-notice.ts';
import { isOwn, mayReview } from '#domain/follow-up-reviewers.ts';
import { DAY_MS, later } from '#domain/instant.ts';
import type { DecisionCommand, OutboxMessage } from '#domain/job.ts';
import type { PoolLedger } from '#domain/license-pool.ts';
import type { Person } from '#domain/person.ts';
import type { PublishedPolicy } from '#domain/policy.ts';

export type FollowUpClick = Extract<DecisionCommand, { kind: 'follow-up' }>;
export type FollowUpDue = Extract<DecisionCommand, { kind: 'follow-up-due' }>;
