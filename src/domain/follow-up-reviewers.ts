import { approversOf } from '#domain/approval-rules.ts';
import type { FollowUp, Principal } from '#domain/follow-up.ts';
import type { PoolLedger } from '#domain/license-pool.ts';
import { matchesAny } from '#domain/pattern.ts';
import type { Person } from '#domain/person.ts';
import type { ApprovalRule, Policy } from '#domain/policy.ts';
import { isMember, rolesOf } from '#domain/roles.ts';
