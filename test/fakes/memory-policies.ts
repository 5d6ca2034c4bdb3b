import { readPolicy } from '#adapters/yaml/policy-file.ts';
import type { PublishedPolicy } from '#domain/policy/policy.ts';
import type { Policies, PolicyPublisher } from '#ports/policies.ts';
import { Conflict } from '#src/errors.ts';
import { sha256 } from '../builders.ts';

/** Policies in memory, with one published already or none. */
export function memoryPolicies(
  published: PublishedPolicy | null = null,
): Policies & PolicyPublisher {
  const known = new Map(published === null ? [] : [[published.hash, published]]);
  let pointer = published?.hash ?? null;
  return {
    current: async () => (pointer === null ? null : (known.get(pointer) ?? null)),
    byHash: async (hash) => known.get(hash) ?? null,
    async store(text) {
      const hash = sha256(text);
      known.set(hash, { hash, policy: readPolicy(text) });
    },
    async publish(text, expected) {
      const policy = readPolicy(text);
      if (pointer !== expected) throw new Conflict('Another policy is published');
      pointer = sha256(text);
      known.set(pointer, { hash: pointer, policy });
      return pointer;
    },
  };
}
