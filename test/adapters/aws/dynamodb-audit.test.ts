import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditFile, writeAuditFile } from '#adapters/audit-file/audit-file.ts';
import { dynamodbAuditRows } from '#adapters/aws/dynamodb-audit-rows.ts';
import { dynamodbDecisionStore } from '#adapters/aws/dynamodb-decision-store.ts';
import { dynamodbDigestLog } from '#adapters/aws/dynamodb-digest-log.ts';
import { dynamodbOutbox } from '#adapters/aws/dynamodb-lists.ts';
import { dynamodbShownMessages } from '#adapters/aws/dynamodb-shown-messages.ts';
import { dynamodbWrittenTexts } from '#adapters/aws/dynamodb-written-texts.ts';
import type { AuditEvent } from '#domain/audit/audit.ts';
import { dayOf } from '#domain/audit/chain-digest.ts';
import { shownHash } from '#domain/audit/shown-message.ts';
import { DAY_MS, later } from '#domain/instant.ts';
import { NO_STEP } from '#domain/requests/change.ts';
import { decideAndCommit } from '#usecases/commit-change.ts';
import { digestChains } from '#usecases/digest-chains.ts';
import { verifyAudit } from '#usecases/verify-audit.ts';
import { aRequest, sha256 } from '../../builders.ts';
import { memoryQueues } from '../../fakes/memory-queues.ts';
import { type DeployedHub, deployedHub } from './deployed-hub.ts';

let hub: DeployedHub;
beforeEach(async () => {
  hub = await deployedHub();
});
afterEach(() => hub.close());

/** Somebody who commits under the role of a function. */
function as(role: 'decide' | 'audit') {
  const table = hub.tableAs(role);
  return {
    store: dynamodbDecisionStore(table, hub.now),
    outbox: dynamodbOutbox(table),
    queues: memoryQueues().queues,
    now: hub.now,
    sha256,
    newId: () => `outbox-${hub.now().getTime()}`,
    digests: dynamodbDigestLog(table),
  };
}

async function write(...streams: readonly string[]): Promise<void> {
  const audit = streams.map(
    (stream): AuditEvent => ({ stream, at: hub.now(), event: 'hold.placed', by: 'U', details: {} }),
  );
  await decideAndCommit(as('decide'), async () => ({ ...NO_STEP, audit }));
}

describe('the audit in DynamoDB', () => {
  it('is digested by functions/audit, and read back whole by an auditor', async () => {
    const day = dayOf(hub.now());
    await write('pool/1', 'pool/1', 'request/a');
    hub.clock.advance(DAY_MS + DAY_MS / 24);
    await digestChains(as('audit'));
    await digestChains(as('audit'));

    const audit = dynamodbAuditRows(hub.administratorsTable());
    const [digest] = await as('audit').store.auditTrail('digest');
    const list = await audit.list(String(digest?.details['headsHash']));

    expect(list).toMatchObject({
      day,
      heads: [
        { stream: 'pool/1', sequence: 2 },
        { stream: 'request/a', sequence: 1 },
      ],
    });
    expect(await verifyAudit({ audit, sha256 }, digest?.hash ?? null)).toMatchObject({
      rows: 4,
      streams: 3,
      digest: { day, hash: digest?.hash },
      faults: [],
    });
  });

  it('keeps lists of any length in parts', async () => {
    const heads = Array.from({ length: 5000 }, (_, index) => ({
      stream: `request/req-${String(index).padStart(10, '0')}`,
      sequence: index + 1,
      hash: sha256(String(index)),
    }));
    const log = dynamodbDigestLog(hub.tableAs('audit'));
    await log.keep('hash', { day: '2026-11-21', heads });

    expect(await dynamodbDigestLog(hub.administratorsTable()).list('hash')).toEqual({
      day: '2026-11-21',
      heads,
    });
    expect(await dynamodbDigestLog(hub.administratorsTable()).list('other')).toBeNull();
  });

  it('is the same in a file', async () => {
    await write('pool/1', 'pool/1');
    hub.clock.advance(2 * DAY_MS);
    await digestChains(as('audit'));
    const folder = await mkdtemp(join(tmpdir(), 'quartermaster-audit-'));
    const file = join(folder, 'audit.jsonl');
    const audit = dynamodbAuditRows(hub.administratorsTable());

    expect(await writeAuditFile(file, audit)).toBe(3);
    const live = await verifyAudit({ audit, sha256 }, null);

    expect(await verifyAudit({ audit: auditFile(file), sha256 }, null)).toEqual(live);
    await rm(folder, { recursive: true });
  });
});

describe('cards as shown', () => {
  const salts = ['salt-1', 'salt-2'];
  const shownAs = (role: 'answer' | 'decide') =>
    dynamodbShownMessages(hub.tableAs(role), {
      now: hub.now,
      newSalt: () => salts.shift() ?? '',
      sha256,
    });

  it('are kept by functions/answer, and found by functions/decide by the newest hash', async () => {
    const id = 'req-0000000001';
    expect(await shownAs('decide').newestHash(id)).toBeNull();
    await shownAs('answer').keep(id, 'first');
    hub.clock.advance(1);
    await shownAs('answer').keep(id, 'second');

    expect(await shownAs('decide').newestHash(id)).toBe(shownHash('second', 'salt-2', sha256));
    expect(await shownAs('decide').list(id)).toMatchObject([
      { text: 'first', salt: 'salt-1' },
      { text: 'second', salt: 'salt-2' },
    ]);
    const expiry = later(hub.now(), 400 * DAY_MS).getTime() / 1000;
    expect(hub.items().at(-1)?.['expiresAtSeconds']).toBeCloseTo(expiry, -1);

    await dynamodbWrittenTexts(hub.administratorsTable()).forgetShown(id);
    expect(await shownAs('decide').list(id)).toEqual([]);
  });

  it('are looked for in every request there ever was', async () => {
    const store = as('decide').store;
    const change = { ledgers: [], quotas: [], audit: [], outbox: null, notAfter: null };
    await store.commit({ ...change, request: aRequest() });
    await store.commit({
      ...change,
      request: aRequest({ id: 'req-0000000002', status: 'denied', dueAt: null }),
    });

    const ids: string[] = [];
    const texts = dynamodbWrittenTexts(hub.administratorsTable());
    for await (const id of texts.requestIds()) ids.push(id);

    expect(ids.toSorted()).toEqual(['req-0000000001', 'req-0000000002']);
  });
});
