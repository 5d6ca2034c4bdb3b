import type { Policy } from '#domain/policy.ts';

/** The published policy and the hash of its document. */
export interface PublishedPolicy {
  readonly hash: string;
  readonly policy: Policy;
}

/** Policy documents: immutable, keyed by SHA-256, and one pointer to the published one. */
export interface Policies {
  /** The published policy, or `null` before the first: then everybody may look and nobody may launch. */
  current(): Promise<PublishedPolicy | null>;
  /** A document by its hash, for decisions made under an earlier one. */
  byHash(hash: string): Promise<PublishedPolicy | null>;
  /**
   * Store a document (YAML text) and move the pointer from `expected` (`null`: nothing published).
   *
   * @returns the hash of the document
   * @throws {Conflict} when another document is published meanwhile
   */
  publish(document: string, expected: string | null): Promise<string>;
}
