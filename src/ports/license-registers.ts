import type { LicenseRegister, RegisterVersion } from '#domain/licenses/license-register.ts';

/** What the company owns, as people imported it. */
export interface LicenseRegisters {
  /** The register in force, or `null` before the first import. Strongly consistent. */
  current(): Promise<RegisterVersion | null>;
}

/**
 * The contents of registers: immutable, each under its hash. Which of them is in force, only
 * `DecisionStore.commit` says. Whatever is read has that hash, or is not given.
 */
export interface RegisterContents {
  /** Keep a register for good. Safe to repeat. Returns its hash. */
  store(register: LicenseRegister): Promise<string>;
  /** Keep a register for a day, so that a person can confirm its import. Returns its hash. */
  storeDraft(register: LicenseRegister): Promise<string>;
  /** A draft that is still kept, or `null`. */
  draft(hash: string): Promise<LicenseRegister | null>;
}
