import type { PublishedPolicy } from '#domain/policy/policy.ts';

/** Published policies, for reading. */
export interface Policies {
  /**
   * The published policy, or `null` before the first: then everybody may look and nobody may launch.
   * At most a few seconds old; not at all when it is asked for `fresh`.
   */
  current(options?: { readonly fresh: boolean }): Promise<PublishedPolicy | null>;
  /** A document by its hash, for decisions made under an earlier one. */
  byHash(hash: string): Promise<PublishedPolicy | null>;
}

/** Policy documents: immutable, keyed by SHA-256, and one pointer to the published one. */
export interface PolicyPublisher {
  /**
   * Store a document (YAML text), without publishing it. Safe to repeat.
   *
   * @throws {BadDocument} when it cannot be used
   */
  store(text: string): Promise<void>;
  /**
   * Store a document (YAML text) and move the pointer from `expected` (`null`: nothing published).
   *
   * @returns the hash of the document
   * @throws {BadDocument} when it cannot be used, {Conflict} when another is published meanwhile
   */
  publish(text: string, expected: string | null): Promise<string>;
}
