import { describe, expect, it } from 'vitest';
import { chain } from '#domain/audit/audit-chain.ts';
import { DIGEST_STREAM, digestEvent } from '#domain/audit/chain-digest.ts';
import type { PublishedPolicy } from '#domain/policy/policy.ts';
import { showChainDigest } from '#usecases/show-digest.ts';
import { aPublishedPolicy, NOW, sha256 } from '../builders.ts';
import { memoryCards } from '../fakes/memory-cards.ts';
import { memoryPolicies } from '../fakes/memory-policies.ts';

const days = ['2026-11-20', '2026-11-21'];
const digests = chain(
  null,
  days.map((day) => digestEvent({ day, heads: [] }, NOW, sha256)),
  sha256,
);

function world(published: PublishedPolicy | null = aPublishedPolicy(), shared = false) {
  const posted: { channelId: string; hash: string }[] = [];
  const ports = {
    cards: memoryCards(),
    channels: { isShared: async () => shared },
    now: () => NOW,
    pause: async () => {},
    policies: memoryPolicies(published),
    store: { auditTrail: async (stream: string) => (stream === DIGEST_STREAM ? digests : []) },
    notifier: {
      postChainDigest: async (channelId: string, { hash }: { readonly hash: string }) => {
        posted.push({ channelId, hash });
        return { channelId, ts: '1.0' };
      },
    },
  };
  return { posted, show: (day: string) => showChainDigest(ports, { kind: 'chain-digest', day }) };
}

describe('a digest', () => {
  it('is posted where the first rule’s approvers are, once however often it is asked for', async () => {
    const { posted, show } = world();
    await show('2026-11-21');
    await show('2026-11-21');

    expect(posted).toEqual([{ channelId: 'C0APPROVAL', hash: digests[1]?.hash }]);
  });

  it('goes to the administrators directly while others see the channel, which says so (T06)', async () => {
    const { posted, show } = world(aPublishedPolicy(), true);
    await show('2026-11-21');
    await show('2026-11-21');

    expect(posted.map(({ channelId }) => channelId)).toEqual(['C0APPROVAL', 'UADMIN']);
  });

  it('is posted nowhere before the first policy', async () => {
    const { posted, show } = world(null);
    await show('2026-11-21');

    expect(posted).toEqual([]);
  });

  it('has to be there', async () => {
    await expect(world().show('2026-11-22')).rejects.toThrow('No digest of 2026-11-22');
  });
});
