import { canonicalJson } from '#domain/canonical-json.ts';
import type { LicenseRegister, RegisterMove } from '#domain/licenses/license-register.ts';
import type { LicenseRegisters, RegisterContents } from '#ports/license-registers.ts';
import { Conflict } from '#src/errors.ts';
import { sha256 } from '../builders.ts';

/** Registers in memory. `move` is the part of a commit that concerns them. */
export function memoryLicenseRegisters(): LicenseRegisters &
  RegisterContents & { move(move: RegisterMove): void } {
  const kept = new Map<string, LicenseRegister>();
  const drafts = new Map<string, LicenseRegister>();
  let pointer: RegisterMove | null = null;
  const add = (to: Map<string, LicenseRegister>, register: LicenseRegister): string => {
    const hash = sha256(canonicalJson(register));
    to.set(hash, register);
    return hash;
  };
  return {
    move(move) {
      if ((pointer?.hash ?? null) !== move.expected) throw new Conflict('Another is in force');
      pointer = move;
    },
    async current() {
      const register = kept.get(pointer?.hash ?? '');
      if (pointer === null || register === undefined) return null;
      const { hash, importedBy, importedAt } = pointer;
      return { hash, importedBy, importedAt, register };
    },
    store: async (register) => add(kept, register),
    storeDraft: async (register) => add(drafts, register),
    draft: async (hash) => drafts.get(hash) ?? null,
  };
}
