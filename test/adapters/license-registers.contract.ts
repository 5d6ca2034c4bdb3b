import { beforeEach, describe, expect, it } from 'vitest';
import type { LicenseRegister, RegisterMove } from '#domain/licenses/license-register.ts';
import type { LicenseRegisters, RegisterContents } from '#ports/license-registers.ts';
import { Conflict } from '#src/errors.ts';
import { NOW } from '../builders.ts';
import { anEntitlement, aRegister, aServer } from '../register-builders.ts';

/** Registers, and the commit that puts one in force. */
export interface RegistersWorld {
  readonly registers: LicenseRegisters & RegisterContents;
  commit(move: RegisterMove): Promise<void>;
}

const FIRST = aRegister({ entitlements: [anEntitlement()] });
const SECOND = aRegister({
  entitlements: [anEntitlement({ contract: 'Ünïcode <!channel> 💥', quantity: 8 })],
  servers: [aServer()],
});

/** What every LicenseRegisters and RegisterContents promise together. */
export function licenseRegistersContract(make: () => Promise<RegistersWorld>): void {
  let world: RegistersWorld;
  beforeEach(async () => {
    world = await make();
  });

  /** Stores a register and puts it in force. */
  async function publish(register: LicenseRegister, expected: string | null): Promise<string> {
    const hash = await world.registers.store(register);
    await world.commit({ hash, expected, importedBy: 'U0ADMIN001', importedAt: NOW });
    return hash;
  }

  describe('license registers', () => {
    it('are none before the first import', async () => {
      expect(await world.registers.current()).toBeNull();
      expect(await world.registers.draft('f'.repeat(64))).toBeNull();
    });

    it('are not in force by being stored', async () => {
      await world.registers.store(FIRST);
      await world.registers.storeDraft(SECOND);

      expect(await world.registers.current()).toBeNull();
    });

    it('come back as they were put in force, with who and when', async () => {
      const hash = await publish(SECOND, null);

      expect(await world.registers.current()).toEqual({
        hash,
        register: SECOND,
        importedBy: 'U0ADMIN001',
        importedAt: NOW,
      });
    });

    it('follow each other by compare and set', async () => {
      const first = await publish(FIRST, null);
      expect((await world.registers.current())?.register).toEqual(FIRST);
      await publish(SECOND, first);

      expect((await world.registers.current())?.register).toEqual(SECOND);
    });

    it('may go back to an earlier one', async () => {
      const first = await publish(FIRST, null);
      const second = await publish(SECOND, first);
      await publish(FIRST, second);

      expect(await world.registers.current()).toMatchObject({ hash: first, register: FIRST });
    });

    it.each([
      ['nothing was in force, and something is', null],
      ['another is in force', 'f'.repeat(64)],
    ])('do not move when %s', async (_why, expected) => {
      const first = await publish(FIRST, null);

      await expect(publish(SECOND, expected)).rejects.toBeInstanceOf(Conflict);
      expect((await world.registers.current())?.hash).toBe(first);
    });

    it('have one hash for one content, whatever the order of its keys', async () => {
      const [entitlement] = FIRST.entitlements;
      const turned = Object.fromEntries(Object.entries(entitlement ?? {}).toReversed());
      const same = aRegister({ entitlements: [anEntitlement(turned)] });

      expect(await world.registers.store(same)).toBe(await world.registers.store(FIRST));
    });

    it('are kept as drafts under the hash that they will have', async () => {
      const hash = await world.registers.storeDraft(SECOND);

      expect(hash).toBe(await world.registers.store(SECOND));
      expect(await world.registers.draft(hash)).toEqual(SECOND);
    });
  });
}
