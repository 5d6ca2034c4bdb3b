import { beforeEach, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import type { Policies, PolicyPublisher } from '#ports/policies.ts';
import { BadDocument, Conflict } from '#src/errors.ts';
import { aPolicy, aPolicyDocument, sha256 } from '../builders.ts';

/** Published policies and who publishes them. `settle` passes the time a reader may lag. */
export interface PoliciesWorld {
  readonly policies: Policies;
  readonly publisher: PolicyPublisher;
  readonly settle: () => Promise<void>;
}

const FIRST = stringify(aPolicyDocument());
const SECOND = `# the second\n${FIRST}`;

/** What every Policies and PolicyPublisher promise together. */
export function policiesContract(make: () => Promise<PoliciesWorld>): void {
  let world: PoliciesWorld;
  beforeEach(async () => {
    world = await make();
  });
  const current = async () => {
    await world.settle();
    return (await world.policies.current())?.hash ?? null;
  };

  describe('published policies', () => {
    it('are none before the first', async () => {
      expect(await world.policies.current()).toBeNull();
      expect(await world.policies.byHash('a'.repeat(64))).toBeNull();
    });

    it('are what the document says, under the SHA-256 of its text', async () => {
      const hash = await world.publisher.publish(FIRST, null);
      await world.settle();

      expect(hash).toBe(sha256(FIRST));
      expect(await world.policies.current()).toEqual({ hash, policy: aPolicy() });
    });

    it('are not changed by a document that is only stored, however often', async () => {
      const first = await world.publisher.publish(FIRST, null);
      await world.publisher.store(SECOND);
      await world.publisher.store(SECOND);

      expect(await current()).toBe(first);
      expect(await world.policies.byHash(sha256(SECOND))).toEqual({
        hash: sha256(SECOND),
        policy: aPolicy(),
      });
    });

    it('are the newest for who asks for them fresh', async () => {
      const first = await world.publisher.publish(FIRST, null);
      expect(await current()).toBe(first);
      const second = await world.publisher.publish(SECOND, first);

      expect((await world.policies.current({ fresh: true }))?.hash).toBe(second);
    });

    it('follow each other by compare and set, and stay known by their hash', async () => {
      const first = await world.publisher.publish(FIRST, null);
      expect(await current()).toBe(first);
      const second = await world.publisher.publish(SECOND, first);

      expect(await current()).toBe(second);
      expect(await world.policies.byHash(first)).toEqual({ hash: first, policy: aPolicy() });
    });

    it('may go back to an earlier document', async () => {
      const first = await world.publisher.publish(FIRST, null);
      const second = await world.publisher.publish(SECOND, first);
      await world.publisher.publish(FIRST, second);

      expect(await current()).toBe(first);
    });

    it.each([
      ['nothing was published, and something was', null],
      ['another is published', 'f'.repeat(64)],
    ])('do not move when %s', async (_why, expected) => {
      const first = await world.publisher.publish(FIRST, null);

      await expect(world.publisher.publish(SECOND, expected)).rejects.toBeInstanceOf(Conflict);
      expect(await current()).toBe(first);
    });

    it('do not move when one is expected and none is published', async () => {
      const publishing = world.publisher.publish(FIRST, 'f'.repeat(64));

      await expect(publishing).rejects.toBeInstanceOf(Conflict);
      expect(await current()).toBeNull();
    });

    it('move to exactly one of two published at once', async () => {
      const results = await Promise.allSettled([
        world.publisher.publish(FIRST, null),
        world.publisher.publish(SECOND, null),
      ]);

      expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
      const winner = results.find((result) => result.status === 'fulfilled');
      expect(await current()).toBe(winner?.value);
    });

    it('do not move for a document that cannot be used', async () => {
      const bad = stringify(aPolicyDocument({ version: 2 }));

      await expect(world.publisher.publish(bad, null)).rejects.toBeInstanceOf(BadDocument);
      expect(await current()).toBeNull();
    });
  });
}
