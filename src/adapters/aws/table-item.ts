import * as z from 'zod';
import { recommendationItem } from '#adapters/aws/recommendation-item.ts';
import { AuditEntry } from '#domain/audit/audit.ts';
import { dayOf } from '#domain/audit/chain-digest.ts';
import { FollowUp, isSettled } from '#domain/follow-ups/follow-up.ts';
import { OutboxEntry } from '#domain/jobs/outbox.ts';
import { PoolLedger } from '#domain/licenses/license-pool.ts';
import type { RegisterMove } from '#domain/licenses/license-register.ts';
import type { FollowedRecommendation } from '#domain/optimization/followed-recommendation.ts';
import { PolicyProposal } from '#domain/policy/policy-proposal.ts';
import type { Change } from '#domain/requests/change.ts';
import { isTerminal, LaunchRequest } from '#domain/requests/launch-request.ts';
import { PersonQuota } from '#domain/requests/person-quota.ts';
import { TermsLedger } from '#domain/terms/terms-ledger.ts';

/** The primary key of an item. The partition key's prefix is what the functions' roles are limited by. */
export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** What must hold in the table at the moment of a write. */
export type WriteCondition =
  | { readonly kind: 'absent' }
  | { readonly kind: 'version'; readonly version: number }
  | { readonly kind: 'not-due'; readonly version: number }
  | { readonly kind: 'hash'; readonly hash: string };

/** One put of a transaction. */
export interface ConditionalPut {
  readonly what:
    | 'request'
    | 'ledger'
    | 'terms-ledger'
    | 'quota'
    | 'follow-up'
    | 'recommendation'
    | 'audit'
    | 'outbox'
    | 'pointer'
    | 'proposal'
    | 'policy'
    | 'register';
  readonly item: ItemKey & Readonly<Record<string, unknown>>;
  readonly condition: WriteCondition | null;
}

export const requestKey = (id: string): ItemKey => ({ pk: `REQUEST#${id}`, sk: 'STATE' });
export const ledgerKey = (poolId: string): ItemKey => ({ pk: `POOL#${poolId}`, sk: 'LEDGER' });
export const termsLedgerKey = (id: string): ItemKey => ({ pk: `TERMS#${id}`, sk: 'LEDGER' });
/** The state index's partition of terms ledgers. */
export const TERMS_LEDGERS = 'TERMS';
export const quotaKey = (personId: string): ItemKey => ({ pk: `PERSON#${personId}`, sk: 'QUOTA' });
export const followUpKey = (id: string): ItemKey => ({ pk: `FOLLOWUP#${id}`, sk: 'STATE' });
export const outboxKey = (id: string): ItemKey => ({ pk: `OUTBOX#${id}`, sk: 'ENTRY' });
/** The due index's partition of follow-ups. */
export const FOLLOW_UPS_DUE = 'DUE#FOLLOWUP';
export const policyKey = (hash: string): ItemKey => ({ pk: `POLICY#${hash}`, sk: 'DOCUMENT' });
export const policyPointerKey: ItemKey = { pk: 'POLICY', sk: 'POINTER' };
export const proposalKey = (id: string): ItemKey => ({ pk: `POLICY#PROPOSAL#${id}`, sk: 'STATE' });
export const registerPointerKey: ItemKey = { pk: 'REGISTER', sk: 'POINTER' };
export const auditPartition = (stream: string): string => `AUDIT#${stream}`;
/** The state index's partition of everything audited on a UTC day. */
export const auditedOn = (day: string): string => `AUDITED#${day}`;

const auditKey = ({ stream, sequence }: AuditEntry): ItemKey => ({
  pk: auditPartition(stream),
  sk: String(sequence).padStart(9, '0'),
});

function versioned(version: number): WriteCondition {
  return version === 1 ? { kind: 'absent' } : { kind: 'version', version: version - 1 };
}

function versionedBefore(version: number, notAfter: Date | null): WriteCondition {
  const condition = versioned(version);
  return notAfter !== null && condition.kind === 'version'
    ? { ...condition, kind: 'not-due' }
    : condition;
}

function requestPuts(request: LaunchRequest, notAfter: Date | null): ConditionalPut[] {
  const state: ConditionalPut = {
    what: 'request',
    item: {
      ...requestKey(request.id),
      version: request.version,
      document: z.encode(LaunchRequest, request),
      ...(isTerminal(request)
        ? {}
        : { statePk: `STATUS#${request.status}`, stateSk: request.submittedAt.toISOString() }),
      ...dueIn('DUE', firstOf(request.remindAt, request.dueAt)),
      ...endsAt(request.dueAt),
    },
    condition: versionedBefore(request.version, notAfter),
  };
  if (request.version > 1) return [state];
  const people = new Set([request.requestedBy, request.for]);
  return [
    state,
    ...[...people].map(
      (person): ConditionalPut => ({
        what: 'pointer',
        item: {
          pk: `PERSON#${person}`,
          sk: `REQUEST#${request.submittedAt.toISOString()}#${request.id}`,
          requestId: request.id,
        },
        condition: null,
      }),
    ),
  ];
}

/** The due index's keys: when the sweeper looks at the item next. */
function dueIn(duePk: string, dueAt: Date | null): Readonly<Record<string, string>> {
  return dueAt === null ? {} : { duePk, dueAt: dueAt.toISOString() };
}

/** What `not-due` guards: nothing is decided at or after it. */
function endsAt(at: Date | null): Readonly<Record<string, string>> {
  return at === null ? {} : { endsAt: at.toISOString() };
}

function firstOf(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

function ledgerPut(ledger: PoolLedger): ConditionalPut {
  return {
    what: 'ledger',
    item: {
      ...ledgerKey(ledger.poolId),
      version: ledger.version,
      document: z.encode(PoolLedger, ledger),
      statePk: 'POOL',
      stateSk: ledger.poolId,
    },
    condition: versioned(ledger.version),
  };
}

function termsLedgerPut(ledger: TermsLedger): ConditionalPut {
  return {
    what: 'terms-ledger',
    item: {
      ...termsLedgerKey(ledger.id),
      version: ledger.version,
      document: z.encode(TermsLedger, ledger),
      statePk: TERMS_LEDGERS,
      stateSk: ledger.id,
    },
    condition: versioned(ledger.version),
  };
}

function quotaPut(quota: PersonQuota): ConditionalPut {
  return {
    what: 'quota',
    item: {
      ...quotaKey(quota.personId),
      version: quota.version,
      document: z.encode(PersonQuota, quota),
    },
    condition: versioned(quota.version),
  };
}

function followUpPut(followUp: FollowUp): ConditionalPut {
  const { id, kind, version, createdAt, dueAt } = followUp;
  return {
    what: 'follow-up',
    item: {
      ...followUpKey(id),
      version,
      document: z.encode(FollowUp, followUp),
      ...(isSettled(followUp)
        ? {}
        : { statePk: `FOLLOWUP#${kind}`, stateSk: createdAt.toISOString() }),
      ...dueIn(FOLLOW_UPS_DUE, dueAt),
    },
    condition: versioned(version),
  };
}

function recommendationPut(followed: FollowedRecommendation): ConditionalPut {
  const item = recommendationItem(followed);
  return { what: 'recommendation', item, condition: versioned(followed.version) };
}

function auditPut(entry: AuditEntry): ConditionalPut {
  return {
    what: 'audit',
    item: {
      ...auditKey(entry),
      document: z.encode(AuditEntry, entry),
      statePk: auditedOn(dayOf(entry.at)),
      stateSk: `${entry.stream}#${entry.sequence}`,
    },
    condition: { kind: 'absent' },
  };
}

function proposalPuts(proposal: PolicyProposal, notAfter: Date | null): ConditionalPut[] {
  const { id, hash, expected, expiresAt, status, decision, version } = proposal;
  const state: ConditionalPut = {
    what: 'proposal',
    item: {
      ...proposalKey(id),
      version,
      ...endsAt(expiresAt),
      document: z.encode(PolicyProposal, proposal),
    },
    condition: versionedBefore(version, notAfter),
  };
  if (status !== 'confirmed' || decision === null) return [state];
  const publishedAt = decision.at.toISOString();
  const pointer: ConditionalPut = {
    what: 'policy',
    item: { ...policyPointerKey, hash, publishedAt },
    condition: pointsTo(expected),
  };
  return [state, pointer];
}

function registerPut({ hash, expected, importedBy, importedAt }: RegisterMove): ConditionalPut {
  return {
    what: 'register',
    item: { ...registerPointerKey, hash, importedBy, importedAt: importedAt.toISOString() },
    condition: pointsTo(expected),
  };
}

/** That a pointer still points to what was expected; `null`: to nothing. */
function pointsTo(expected: string | null): WriteCondition {
  return expected === null ? { kind: 'absent' } : { kind: 'hash', hash: expected };
}

function outboxPut(entry: OutboxEntry): ConditionalPut {
  return {
    what: 'outbox',
    item: {
      ...outboxKey(entry.id),
      document: z.encode(OutboxEntry, entry),
      statePk: 'OUTBOX',
      stateSk: entry.writtenAt.toISOString(),
    },
    condition: null,
  };
}

/**
 * The puts of a change, each with the one condition that protects it. None is redundant: the
 * interleaving test finds a violation with any of them taken away.
 */
export function putsOf(change: Change): readonly ConditionalPut[] {
  return [
    ...(change.request === null ? [] : requestPuts(change.request, change.notAfter)),
    ...change.ledgers.map(ledgerPut),
    ...(change.termsLedgers ?? []).map(termsLedgerPut),
    ...change.quotas.map(quotaPut),
    ...(change.followUps ?? []).map(followUpPut),
    ...(change.recommendations ?? []).map(recommendationPut),
    ...(change.proposal === undefined ? [] : proposalPuts(change.proposal, change.notAfter)),
    ...(change.register === undefined ? [] : [registerPut(change.register)]),
    ...change.audit.map(auditPut),
    ...(change.outbox === null ? [] : [outboxPut(change.outbox)]),
  ];
}
