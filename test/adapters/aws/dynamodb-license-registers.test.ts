import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { dynamodbDecisionStore } from '#adapters/aws/dynamodb-decision-store.ts';
import { dynamodbLicenseRegisters } from '#adapters/aws/dynamodb-license-registers.ts';
import { queryRows } from '#adapters/aws/table.ts';
import type { RegisterMove } from '#domain/licenses/license-register.ts';
import { NOW } from '../../builders.ts';
import { anEntitlement, aRegister } from '../../register-builders.ts';
import { aChange } from '../decision-store.contract.ts';
import { licenseRegistersContract } from '../license-registers.contract.ts';
import { type DeployedHub, deployedHub } from './deployed-hub.ts';

let hub: DeployedHub;
beforeEach(async () => {
  hub = await deployedHub();
});
afterEach(() => hub.close());

const registersAs = (name: 'answer' | 'decide') =>
  dynamodbLicenseRegisters(hub.tableAs(name), hub.now);
const commit = (register: RegisterMove) =>
  dynamodbDecisionStore(hub.tableAs('decide'), hub.now).commit(aChange({ register }));
const parts = (prefix: string) => hub.items().filter(({ pk }) => String(pk).startsWith(prefix));

/** A register that does not compress away: about 60 bytes a line when stored. */
const large = () =>
  aRegister({
    entitlements: Array.from({ length: 12_000 }, () =>
      anEntitlement({ contract: crypto.randomUUID(), owner: crypto.randomUUID() }),
    ),
  });

describe('license registers in DynamoDB, under the role of functions/decide', () => {
  licenseRegistersContract(async () => ({ registers: registersAs('decide'), commit }));

  it('are stored in parts when one item has no room', async () => {
    const register = large();
    const registers = registersAs('decide');
    const hash = await registers.store(register);
    await commit({ hash, expected: null, importedBy: 'U0ADMIN001', importedAt: NOW });

    expect(parts('REGISTER#').length).toBeGreaterThan(1);
    expect((await registers.current())?.register).toEqual(register);
  });

  it('are read once for as long as the same one is in force', async () => {
    const registers = registersAs('decide');
    const hash = await registers.store(aRegister());
    await commit({ hash, expected: null, importedBy: 'U0ADMIN001', importedAt: NOW });
    const first = await registers.current();
    const before = hub.calls.list('dynamodb').length;
    const second = await registers.current();

    expect(second?.register).toBe(first?.register);
    expect(
      hub.calls
        .list('dynamodb')
        .slice(before)
        .map(({ operation }) => operation),
    ).toEqual(['GetItem']);
  });

  it('are previewed by functions/answer, which can put none in force', async () => {
    const answer = registersAs('answer');
    const hash = await answer.storeDraft(aRegister());

    expect(await registersAs('decide').draft(hash)).toEqual(aRegister());
    await expect(answer.store(aRegister())).rejects.toThrow('not authorized');
  });

  it('are forgotten after a day when nobody confirmed them', async () => {
    await registersAs('answer').storeDraft(aRegister());

    const seconds = Number(parts('REGISTER#DRAFT#')[0]?.['expiresAtSeconds']);
    expect(seconds * 1000 - hub.clock.now()).toBeGreaterThan(86_390_000);
    expect(seconds * 1000 - hub.clock.now()).toBeLessThan(86_410_000);
  });

  it('are not given when a part is gone, or when they are not what their hash says', async () => {
    const answer = registersAs('answer');
    const small = await answer.storeDraft(aRegister());
    const big = await answer.storeDraft(large());
    const table = hub.administratorsTable();
    const copy = async (from: string, to: string) => {
      const partition = `REGISTER#DRAFT#${from}`;
      const [first] = await queryRows(table, { partition, consistent: true });
      const Item = { ...first, pk: `REGISTER#DRAFT#${to}` };
      await table.client.send(new PutCommand({ TableName: table.name, Item }));
    };
    await copy(small, 'e'.repeat(64));
    await copy(big, 'f'.repeat(64));

    expect(await answer.draft(small)).toEqual(aRegister());
    expect(await answer.draft('e'.repeat(64))).toBeNull();
    expect(await answer.draft('f'.repeat(64))).toBeNull();
  });
});
