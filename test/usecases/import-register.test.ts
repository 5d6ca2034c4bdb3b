import { describe, expect, it } from 'vitest';
import type { ImportCommand } from '#domain/register/decide-import.ts';
import type { Change } from '#domain/requests/change.ts';
import type { DecisionStore } from '#ports/decision-store.ts';
import { importRegister } from '#usecases/import-register.ts';
import { aPerson, aPolicy, NOW, sha256 } from '../builders.ts';
import { memoryLicenseRegisters } from '../fakes/memory-license-registers.ts';
import { memoryPolicies } from '../fakes/memory-policies.ts';
import { memoryQueues } from '../fakes/memory-queues.ts';
import { memoryTable } from '../fakes/memory-table.ts';
import { anEntitlement, aRegister } from '../register-builders.ts';

const ADMINISTRATOR = aPerson('U0ADMIN001');
const POLICY = {
  hash: 'p'.repeat(64),
  policy: aPolicy({
    roles: { ...aPolicy().roles, administrator: { users: [ADMINISTRATOR.id], userGroups: [] } },
  }),
};

/** A table and registers that commit together. `before` comes between reading and the first commit. */
function aWorld(before: () => Promise<void> = async () => {}) {
  const table = memoryTable({ now: () => NOW });
  const registers = memoryLicenseRegisters();
  const queues = memoryQueues();
  let commits = 0;
  const store: DecisionStore = {
    ...table,
    async commit(change: Change) {
      commits += 1;
      if (commits === 1) await before();
      if (change.register !== undefined) registers.move(change.register);
      await table.commit({ ...change, register: undefined });
    },
  };
  const ports = {
    store,
    registers,
    policies: memoryPolicies(POLICY),
    firstAdministrators: [],
    outbox: table,
    queues: queues.queues,
    now: () => NOW,
    sha256,
    newId: () => 'outbox-1',
  };
  return { ports, registers, sent: queues.sent, commits: () => commits };
}

const aCommand = (hash: string, changes: Partial<ImportCommand> = {}): ImportCommand => ({
  key: 'click',
  hash,
  expected: null,
  by: ADMINISTRATOR.id,
  replyTo: { personId: ADMINISTRATOR.id, channelId: null, responseUrl: null },
  ...changes,
});
const REGISTER = aRegister({ entitlements: [anEntitlement()] });

describe('importing a register', () => {
  it('puts what was previewed in force, and tells', async () => {
    const { ports, registers, sent } = aWorld();
    const hash = await registers.storeDraft(REGISTER);
    const outcome = await importRegister(ports, aCommand(hash), ADMINISTRATOR);

    expect(outcome?.kind).toBe('imported');
    expect(await registers.current()).toMatchObject({ hash, register: REGISTER });
    expect(sent.answers).toMatchObject([{ kind: 'import-notice', notice: { kind: 'done' } }]);
  });

  it('does the same command once, however often it is delivered', async () => {
    const { ports, registers, sent, commits } = aWorld();
    const hash = await registers.storeDraft(REGISTER);
    await importRegister(ports, aCommand(hash), ADMINISTRATOR);

    expect(await importRegister(ports, aCommand(hash), ADMINISTRATOR)).toBeNull();
    expect({ commits: commits(), answers: sent.answers.length }).toEqual({
      commits: 1,
      answers: 1,
    });
  });

  it('leaves refused what was refused, also when the person may by now', async () => {
    const { ports, registers } = aWorld();
    const hash = await registers.storeDraft(REGISTER);
    await importRegister(ports, aCommand(hash), aPerson('U0APPROVE1'));

    expect(await importRegister(ports, aCommand(hash), ADMINISTRATOR)).toBeNull();
    expect(await registers.current()).toBeNull();
  });

  it('changes nothing when another import comes between reading and writing', async () => {
    const other = aRegister();
    const world = aWorld(async () => {
      const hash = await world.registers.store(other);
      world.registers.move({ hash, expected: null, importedBy: 'U0ADMIN002', importedAt: NOW });
    });
    const hash = await world.registers.storeDraft(REGISTER);
    const outcome = await importRegister(world.ports, aCommand(hash), ADMINISTRATOR);

    expect(outcome).toMatchObject({
      kind: 'refused',
      why: { code: 'superseded', by: 'U0ADMIN002' },
    });
    expect((await world.registers.current())?.register).toEqual(other);
  });

  it('changes nothing when it cannot be written', async () => {
    const world = aWorld(() => Promise.reject(new Error('down')));
    const hash = await world.registers.storeDraft(REGISTER);

    await expect(importRegister(world.ports, aCommand(hash), ADMINISTRATOR)).rejects.toThrow(
      'down',
    );
    expect(await world.registers.current()).toBeNull();
  });
});
