import { afterAll, describe, expect, it } from 'vitest';
import { wireImporting } from '#src/wiring/import.ts';
import { importRegister } from '#usecases/import-register.ts';
import { recordsAt } from './records.ts';
import { openSandbox } from './sandbox-client.ts';
import { cardsOf, wordsOf } from './sandbox-state.ts';

const { client, sandbox } = await openSandbox();
const records = recordsAt(sandbox.awsUrl);
afterAll(() => sandbox.close());

/** One contract's SQL Server Standard, of which launches of the form's first options take cores. */
const CONTRACT = 'EA 7120418';

/** The register as it is, with another quantity of that contract. */
async function own(quantity: number): Promise<void> {
  process.env['AWS_ENDPOINT_URL'] = sandbox.awsUrl;
  const ports = await wireImporting({
    region: 'us-east-1',
    table: 'quartermaster',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const before = await ports.registers.current();
  if (before === null) throw new Error('Nothing is owned');
  const entitlements = before.register.entitlements.map((one) =>
    one.contract === CONTRACT && one.edition === 'standard' ? { ...one, quantity } : one,
  );
  const hash = await ports.registers.storeDraft({ ...before.register, entitlements });
  const command = {
    key: `own-${quantity}`,
    hash,
    expected: before.hash,
    by: 'test',
    replyTo: null,
  };
  const outcome = await importRegister(ports, command, 'aws');
  expect(outcome?.kind).toBe('imported');
}

const ledger = async () => {
  const all = await records.termsLedgers();
  return all.find(({ id }) => id.includes('EA 6412903 core sql-server/standard'));
};

describe('a launch with room in License Manager and none by the vendor’s terms', () => {
  it('waits, and says so', async () => {
    await own(0);
    await client.advance('PT5M');
    const { request, state } = await client.request('requester');
    const id = request?.id ?? '';

    expect(request).toMatchObject({ status: 'pending' });
    expect(await ledger()).toMatchObject({ entitled: 240, required: 460, waiting: [id] });
    const { requester } = cardsOf(state, id);
    expect(wordsOf(requester.blocks)).toContain('in line for licenses to become free');
  });

  it('holds its licenses on both lines when an entitlement is imported', async () => {
    const waiting = (await ledger())?.waiting ?? [];
    await own(440);
    await client.advance('PT3M');

    expect(waiting).toHaveLength(1);
    expect(await ledger()).toMatchObject({
      entitled: 680,
      held: 4,
      waiting: [],
      holds: [{ requestIds: waiting, firm: false }],
    });
    const held = (await records.ledgers()).flatMap(({ holds }) => holds);
    expect(held).toMatchObject([{ licenses: 4, requestIds: waiting }]);
  });
});
