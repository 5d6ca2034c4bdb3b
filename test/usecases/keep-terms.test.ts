import { describe, expect, it } from 'vitest';
import type { InventoryShard } from '#domain/estate/inventory.ts';
import { later, MINUTE_MS } from '#domain/instant.ts';
import type { Entitlement } from '#domain/licenses/entitlement.ts';
import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import { NO_TERMS } from '#domain/terms/terms-view.ts';
import { keepTerms } from '#usecases/keep-terms.ts';
import { aChange } from '../adapters/decision-store.contract.ts';
import {
  ACCOUNT,
  aHold,
  aHost,
  anEvaluation,
  anInstance,
  aRequest,
  aTermsDraw,
  NOW,
  REGION,
  sha256,
} from '../builders.ts';
import { sqlEntitlement, sqlShard } from '../domain/terms/terms-world.ts';
import { memoryLicenseRegisters } from '../fakes/memory-license-registers.ts';
import { memoryPolicies } from '../fakes/memory-policies.ts';
import { memoryQueues } from '../fakes/memory-queues.ts';
import { memorySnapshots } from '../fakes/memory-snapshots.ts';
import { memoryTable } from '../fakes/memory-table.ts';
import { aRegister } from '../register-builders.ts';

const SCOPE = { account: ACCOUNT, region: REGION };
const LINE = 'sql-server/enterprise/core/2019-06-30/2022/EA-1 core sql-server/enterprise';

/** One account and Region, what it owns, and a clock that moves a minute for each run. */
async function world(shard: InventoryShard, entitlements: readonly Entitlement[] = []) {
  let now = NOW;
  const table = memoryTable({ now: () => now });
  const snapshots = memorySnapshots(shard);
  const registers = memoryLicenseRegisters();
  const { queues, sent } = memoryQueues();
  let imports = 0;
  async function own(owned: readonly Entitlement[]): Promise<void> {
    const before = await registers.current();
    const register = aRegister({ entitlements: owned });
    const hash = await registers.storeDraft(register);
    await registers.store(register);
    imports += 1;
    registers.move({ hash, expected: before?.hash ?? null, importedBy: 'U', importedAt: now });
  }
  if (entitlements.length > 0) await own(entitlements);
  const ports = {
    snapshots,
    registers,
    queues,
    store: table,
    requests: table,
    outbox: table,
    pools: table,
    terms: table,
    policies: memoryPolicies(null),
    now: () => now,
    sha256,
    newId: () => `outbox-${imports}-${now.getTime()}`,
  };
  return {
    table,
    snapshots,
    sent,
    own,
    async run() {
      now = later(now, MINUTE_MS);
      await keepTerms(ports);
      return (await table.termsLedgers([LINE]))[0];
    },
    /** A request that holds 8 licenses, and whatever it started. */
    async holding(request: LaunchRequest, consumer = `request/${request.id}`): Promise<void> {
      const [ledger] = await table.termsLedgers([LINE]);
      if (ledger === undefined) throw new Error('no ledger to hold in');
      const holds = [aHold({ consumer, requestIds: [request.id] })];
      const version = ledger.version + 1;
      await table.commit(
        aChange({ request, termsLedgers: [{ ...ledger, holds, held: 8, version }] }),
      );
    },
  };
}

function launched(changes: Partial<LaunchRequest> = {}): LaunchRequest {
  return aRequest({
    status: 'launched',
    instanceIds: ['i-1', 'i-2'],
    evaluation: anEvaluation({ terms: [aTermsDraw({ ledgerId: LINE })] }),
    updatedAt: later(NOW, -MINUTE_MS),
    ...changes,
  });
}

const running = (...ids: readonly string[]) =>
  sqlShard({ instances: ids.map((instanceId) => anInstance({ instanceId })) });

describe('keeping terms', () => {
  it('writes what is owned and required, and where launches lead to it', async () => {
    const { run, snapshots } = await world(running('i-1'), [sqlEntitlement()]);

    expect(await run()).toMatchObject({ entitled: 40, required: 8, held: 0, version: 1 });
    expect(await snapshots.termsView(SCOPE)).toMatchObject({
      configurations: [{ products: [{ product: 'sql-server', edition: 'enterprise' }] }],
      pools: [{ entitlements: [{ quantity: 40 }] }],
    });
  });

  it('writes nothing where nothing is owned', async () => {
    const { run, snapshots, table } = await world(running('i-1'));

    expect(await run()).toBeUndefined();
    expect(await table.allTermsLedgers()).toEqual([]);
    expect(await snapshots.termsView(SCOPE)).toBe(NO_TERMS.view);
  });

  it('follows imports, and wakes those who wait for what they bring', async () => {
    const { run, own, table, sent } = await world(running(), [sqlEntitlement({ quantity: 4 })]);
    const first = await run();
    if (first === undefined) throw new Error('nothing kept');
    await table.commit(aChange({ termsLedgers: [{ ...first, waiting: ['req-1'], version: 2 }] }));
    await own([sqlEntitlement({ quantity: 16 })]);

    expect(await run()).toMatchObject({ entitled: 16, waiting: ['req-1'] });
    expect(sent.decisions).toMatchObject([{ command: { kind: 'promote-terms', ledgerId: LINE } }]);
  });

  it('forgets what is owned no longer, with its view', async () => {
    const { run, own, snapshots } = await world(running(), [sqlEntitlement()]);
    await run();
    await own([]);

    expect(await run()).toMatchObject({ entitled: null, required: null });
    expect(await snapshots.termsView(SCOPE)).toMatchObject({ configurations: [], pools: [] });
    expect(await run()).toMatchObject({ version: 2 });
  });

  it.each`
    seen              | held | required
    ${[]}             | ${8} | ${0}
    ${['i-1']}        | ${4} | ${8}
    ${['i-1', 'i-2']} | ${0} | ${16}
  `('lets a hold go by what is counted of it: $seen', async ({ seen, held, required }) => {
    const { run, holding, snapshots } = await world(sqlShard(), [sqlEntitlement()]);
    await run();
    await holding(launched());
    await snapshots.put(running(...seen));

    expect(await run()).toMatchObject({ held, required });
  });

  it.each`
    request                                              | because
    ${launched({ updatedAt: NOW })}                      | ${'the figures are from before the launch'}
    ${launched({ status: 'approved', instanceIds: [] })} | ${'nothing was launched yet'}
  `('keeps a hold whole when $because', async ({ request }) => {
    const { run, holding, snapshots } = await world(sqlShard(), [sqlEntitlement()]);
    await run();
    await holding(request);
    await snapshots.put(running('i-1', 'i-2'));

    expect(await run()).toMatchObject({ held: 8 });
  });

  it.each`
    seen              | held
    ${['i-1']}        | ${8}
    ${['i-1', 'i-2']} | ${0}
  `('lets a host’s hold go when all that needs it is counted: $seen', async ({ seen, held }) => {
    const { run, holding, snapshots } = await world(sqlShard(), [sqlEntitlement()]);
    const { hostId } = aHost();
    await run();
    await holding(launched(), `host/${hostId}`);
    await snapshots.put(running(...seen));

    expect(await run()).toMatchObject({ held });
  });

  it('keeps whole what is held for a request that is not among the open ones', async () => {
    const { run, holding, snapshots } = await world(sqlShard(), [sqlEntitlement()]);
    await run();
    await holding(launched({ status: 'confirmed' }));
    await snapshots.put(running('i-1', 'i-2'));

    expect(await run()).toMatchObject({ held: 8 });
  });

  it('leaves alone what another run counted later', async () => {
    const { run, table } = await world(running('i-1'), [sqlEntitlement()]);
    const ledger = await run();
    if (ledger === undefined) throw new Error('nothing kept');
    const asOf = later(NOW, 10 * MINUTE_MS);
    await table.commit(aChange({ termsLedgers: [{ ...ledger, required: 12, asOf, version: 2 }] }));

    expect(await run()).toMatchObject({ required: 12, version: 2 });
  });
});
