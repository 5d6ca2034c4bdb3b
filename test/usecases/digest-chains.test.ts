import { describe, expect, it } from 'vitest';
import type { AuditEvent } from '#domain/audit/audit.ts';
import { type DayHeads, DIGEST_STREAM } from '#domain/audit/chain-digest.ts';
import { DAY_MS, later } from '#domain/instant.ts';
import { NO_STEP } from '#domain/requests/change.ts';
import { decideAndCommit } from '#usecases/commit-change.ts';
import { digestChains } from '#usecases/digest-chains.ts';
import { verifyAudit } from '#usecases/verify-audit.ts';
import { sha256 } from '../builders.ts';
import { memoryQueues } from '../fakes/memory-queues.ts';
import { memoryTable } from '../fakes/memory-table.ts';

const START = new Date('2026-11-20T09:00:00Z');

/** An audit that grows, and the clock that it grows by. */
function world() {
  let now = START;
  const table = memoryTable({ now: () => now });
  const { queues, sent } = memoryQueues();
  const streams = new Set<string>([DIGEST_STREAM]);
  const lists = new Map<string, DayHeads>();
  const entries = async () =>
    (await Promise.all([...streams].map((stream) => table.auditTrail(stream)))).flat();
  const ports = {
    store: table,
    outbox: table,
    queues,
    now: () => now,
    sha256,
    newId: () => String(now.getTime()),
    digests: {
      audited: async (day: string) =>
        (await entries()).filter(({ at }) => at.toISOString().startsWith(day)),
      keep: async (hash: string, heads: DayHeads) => {
        lists.set(hash, heads);
      },
      list: async (hash: string) => lists.get(hash) ?? null,
    },
  };
  return {
    sent,
    digests: () => table.auditTrail(DIGEST_STREAM),
    pass: (ms: number) => {
      now = later(now, ms);
    },
    async write(stream: string) {
      streams.add(stream);
      const event: AuditEvent = { stream, at: now, event: 'hold.placed', by: 'U', details: {} };
      await decideAndCommit(ports, async () => ({ ...NO_STEP, audit: [event] }));
    },
    run: () => digestChains(ports),
    /** Verifies what is there, but for rows that `hidden` names. */
    async verify(posted: string | null = null, hidden: readonly string[] = []) {
      const all = (await entries()).filter(
        ({ stream, sequence }) => !hidden.includes(`${stream} ${sequence}`),
      );
      const audit = {
        async *rows(wanted?: string) {
          for (const entry of all) {
            const { stream, sequence, at } = entry;
            const document = { ...entry, at: at.toISOString() };
            if (wanted === undefined || wanted === stream) {
              yield { document, place: { stream, sequence } };
            }
          }
        },
        list: ports.digests.list,
      };
      return verifyAudit({ audit, sha256 }, posted);
    },
  };
}

describe('digestChains', () => {
  it('digests each day once, however often it runs', async () => {
    const { write, run, pass, digests, sent } = world();
    await write('pool/1');
    for (let run6h = 0; run6h < 12; run6h += 1) {
      await write(`request/${run6h}`);
      pass(DAY_MS / 4);
      await run();
      await run();
    }

    const days = (await digests()).map(({ details }) => details['day']);
    expect(days).toEqual(['2026-11-19', '2026-11-20', '2026-11-21', '2026-11-22']);
    // Nothing happened on the day before the first.
    const told = days.slice(1).map((day) => ({ kind: 'chain-digest', day }));
    expect(sent.answers).toEqual(told);
  });

  it('catches up what it missed, and posts the newest, which covers it', async () => {
    const { write, run, pass, digests, sent } = world();
    pass(DAY_MS);
    await run();
    await write('pool/1');
    pass(4 * DAY_MS);
    await run();

    expect(await digests()).toHaveLength(5);
    expect(sent.answers).toEqual([{ kind: 'chain-digest', day: '2026-11-24' }]);
  });

  it('keeps quiet days to itself', async () => {
    const { run, pass, digests, sent } = world();
    for (let day = 0; day < 3; day += 1) {
      pass(DAY_MS);
      await run();
    }

    expect(await digests()).toHaveLength(3);
    expect(sent.answers).toEqual([]);
  });

  it('makes one digest of a day where two run at once', async () => {
    const { write, run, pass, digests } = world();
    await write('pool/1');
    pass(DAY_MS);

    await Promise.all([run(), run(), run()]);

    expect(await digests()).toHaveLength(1);
  });

  it('lets a stream that is cut off be found, and the digests themselves by what was posted', async () => {
    const { write, run, pass, digests, verify } = world();
    await write('pool/1');
    await write('pool/1');
    pass(DAY_MS);
    await run();
    await write('pool/1');
    const [digest] = await digests();

    expect((await verify(digest?.hash)).faults).toEqual([]);
    // What no digest saw yet can be cut off unseen.
    expect((await verify(null, ['pool/1 3'])).faults).toEqual([]);
    expect((await verify(null, ['pool/1 3', 'pool/1 2'])).faults).toEqual([
      { stream: 'pool/1', sequence: 2, what: 'truncated' },
    ]);
    expect((await verify(digest?.hash, ['digest 1', 'pool/1 2', 'pool/1 3'])).faults).toEqual([
      { stream: 'digest', sequence: 1, what: 'truncated' },
    ]);
  });
});
