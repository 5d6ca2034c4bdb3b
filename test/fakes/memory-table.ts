import { foldedPuts, isMet } from '#adapters/aws/folded-puts.ts';
import {
  followedOf,
  RECOMMENDATIONS,
  recommendationItem,
  recommendationKey,
} from '#adapters/aws/recommendation-item.ts';
import {
  auditPartition,
  type ConditionalPut,
  FOLLOW_UPS_DUE,
  followUpKey,
  type ItemKey,
  ledgerKey,
  outboxKey,
  quotaKey,
  requestKey,
  TERMS_LEDGERS,
  termsLedgerKey,
  type WriteCondition,
} from '#adapters/aws/table-item.ts';
import { AuditEntry } from '#domain/audit/audit.ts';
import { FollowUp } from '#domain/follow-ups/follow-up.ts';
import { OutboxEntry } from '#domain/jobs/outbox.ts';
import { PoolLedger } from '#domain/licenses/license-pool.ts';
import { keptUntil } from '#domain/optimization/follow/ended.ts';
import type { Change } from '#domain/requests/change.ts';
import { LaunchRequest } from '#domain/requests/launch-request.ts';
import { newQuota, PersonQuota } from '#domain/requests/person-quota.ts';
import { TermsLedger } from '#domain/terms/terms-ledger.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import type { RecommendationKeeper, Recommendations } from '#ports/recommendations.ts';
import type { Outbox, RequestList } from '#ports/request-list.ts';
import type { PoolList, TermsLedgerList } from '#ports/snapshots.ts';
import { Conflict } from '#src/errors.ts';
import { parseOnce } from './parse-once.ts';

const launchRequestOf = parseOnce((document) => LaunchRequest.parse(document));
const poolLedgerOf = parseOnce((document) => PoolLedger.parse(document));
const termsLedgerOf = parseOnce((document) => TermsLedger.parse(document));
const personQuotaOf = parseOnce((document) => PersonQuota.parse(document));
const followUpOf = parseOnce((document) => FollowUp.parse(document));
const recommendationOf = parseOnce(followedOf);
const auditEntryOf = parseOnce((document) => AuditEntry.parse(document));

function orNull<Value>(parse: (document: unknown) => Value, document: unknown): Value | null {
  return document === undefined ? null : parse(document);
}

type Item = ConditionalPut['item'];
type MemoryTable = DecisionStore &
  RequestList &
  Outbox &
  Recommendations &
  RecommendationKeeper &
  PoolList &
  TermsLedgerList & {
    /** A request as it stands, at once. */
    peek(id: string): LaunchRequest | null;
    peekLedgers(): readonly PoolLedger[];
  };

export interface MemoryTableOptions {
  readonly now: () => Date;
  /** Called before every read and write: a place where others may come between. */
  readonly step?: (what: string) => Promise<void>;
  /** The condition that is really applied, to prove that each one is needed. */
  readonly relax?: (put: ConditionalPut) => WriteCondition | null;
}

/**
 * The table's contract in memory: the same puts under the same conditions as the real adapter's, so
 * that a lost race here is a lost race there.
 */
export function memoryTable({
  now,
  step = async () => {},
  relax = ({ condition }) => condition,
}: MemoryTableOptions): MemoryTable {
  const items = new Map<string, Item>();
  const keyOf = ({ pk, sk }: ItemKey): string => `${pk}\n${sk}`;
  const all = (): readonly Item[] => [...items.values()];
  const document = (key: ItemKey): unknown => items.get(keyOf(key))?.['document'];
  const inState = (statePk: string): readonly Item[] =>
    all()
      .filter((item) => item['statePk'] === statePk)
      .toSorted(by('stateSk'));

  const isHeld = (put: ConditionalPut): boolean =>
    isMet(relax(put), items.get(keyOf(put.item)), now());

  async function commitAll(changes: readonly Change[]): Promise<void> {
    await step('commit');
    const puts = foldedPuts(changes, now());
    const lost = puts.filter((put) => !isHeld(put));
    if (lost.length > 0) throw new Conflict(`Lost: ${lost.map(({ what }) => what).join(', ')}`);
    for (const { item } of puts) items.set(keyOf(item), item);
  }

  return {
    peek: (id) => orNull(launchRequestOf, document(requestKey(id))),
    peekLedgers: () => inState('POOL').map((item) => poolLedgerOf(item['document'])),
    async request(id) {
      await step('request');
      return orNull(launchRequestOf, document(requestKey(id)));
    },
    async ledgers(poolIds) {
      await step('ledgers');
      const found = [...new Set(poolIds)].map((poolId) => document(ledgerKey(poolId)));
      return found.filter((one) => one !== undefined).map((one) => poolLedgerOf(one));
    },
    async termsLedgers(ids) {
      await step('termsLedgers');
      const found = [...new Set(ids)].map((id) => document(termsLedgerKey(id)));
      return found.filter((one) => one !== undefined).map((one) => termsLedgerOf(one));
    },
    async quota(personId) {
      await step('quota');
      const stored = document(quotaKey(personId));
      return stored === undefined ? newQuota(personId) : personQuotaOf(stored);
    },
    async followUp(id) {
      await step('followUp');
      return orNull(followUpOf, document(followUpKey(id)));
    },
    async recommendation(id) {
      await step('recommendation');
      const item = items.get(keyOf(recommendationKey(id)));
      return item === undefined ? null : recommendationOf(item);
    },
    async followed() {
      await step('followed');
      return inState(RECOMMENDATIONS)
        .map(recommendationOf)
        .filter((one) => (keptUntil(one) ?? now()) >= now());
    },
    async keep(followed) {
      await step('keep');
      const item = recommendationItem(followed);
      const stored = items.get(keyOf(item))?.['version'] ?? 0;
      if (stored !== followed.version - 1) return false;
      items.set(keyOf(item), item);
      return true;
    },
    async followUps(kind) {
      return inState(`FOLLOWUP#${kind}`).map((item) => followUpOf(item['document']));
    },
    async followUpsDue(at, limit) {
      return all()
        .filter((item) => item['duePk'] === FOLLOW_UPS_DUE)
        .filter((item) => String(item['dueAt']) <= at.toISOString())
        .toSorted(by('dueAt'))
        .map((item) => followUpOf(item['document']))
        .slice(0, limit);
    },
    async auditHead(stream) {
      await step('auditHead');
      return (await trail(stream)).at(-1) ?? null;
    },
    commit: (change) => commitAll([change]),
    commitAll,
    async ofPerson(personId, limit) {
      const ids = all()
        .filter(({ pk, sk }) => pk === `PERSON#${personId}` && sk.startsWith('REQUEST#'))
        .map((item) => String(item['requestId']));
      const found = ids.map((id) => launchRequestOf(document(requestKey(id))));
      return found
        .toSorted((a, b) => b.submittedAt.getTime() - a.submittedAt.getTime())
        .slice(0, limit);
    },
    async open(statuses, limit) {
      return statuses
        .flatMap((status) => inState(`STATUS#${status}`))
        .map((item) => launchRequestOf(item['document']))
        .toSorted((a, b) => a.submittedAt.getTime() - b.submittedAt.getTime())
        .slice(0, limit);
    },
    async launched({ account, region }) {
      return ['launching', 'launched', 'unknown']
        .flatMap((status) => inState(`STATUS#${status}`))
        .map((item) => launchRequestOf(item['document']))
        .filter(({ plan }) => plan.account === account && plan.region === region);
    },
    async due(at, limit) {
      return all()
        .filter((item) => item['duePk'] === 'DUE' && String(item['dueAt']) <= at.toISOString())
        .toSorted(by('dueAt'))
        .map((item) => launchRequestOf(item['document']))
        .slice(0, limit);
    },
    auditTrail: trail,
    async unsent(before, limit) {
      return inState('OUTBOX')
        .map((item) => OutboxEntry.parse(item['document']))
        .filter(({ writtenAt }) => writtenAt <= before)
        .slice(0, limit);
    },
    async sent(id) {
      items.delete(keyOf(outboxKey(id)));
    },
    async allTermsLedgers() {
      return inState(TERMS_LEDGERS).map((item) => termsLedgerOf(item['document']));
    },
    async pools() {
      return inState('POOL').map((item) => poolLedgerOf(item['document']));
    },
  };

  async function trail(stream: string): Promise<readonly AuditEntry[]> {
    return all()
      .filter(({ pk }) => pk === auditPartition(stream))
      .map((item) => auditEntryOf(item['document']))
      .toSorted((a, b) => a.sequence - b.sequence);
  }
}

/** The order of an index with this sort key. */
function by(sortKey: string) {
  return (one: Item, other: Item): number =>
    String(one[sortKey]) < String(other[sortKey]) ? -1 : 1;
}
