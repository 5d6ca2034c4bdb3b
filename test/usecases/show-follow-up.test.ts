import { describe, expect, it } from 'vitest';
import { showFollowUp } from '#usecases/show-follow-up.ts';
import { aPublishedPolicy, NOW } from '../builders.ts';
import { memoryCards } from '../fakes/memory-cards.ts';
import { memoryPolicies } from '../fakes/memory-policies.ts';
import { anUnrequested } from '../follow-up-builders.ts';

function world({ shared }: { readonly shared: boolean }) {
  let followUp = anUnrequested();
  const said: string[] = [];
  const ports = {
    store: { followUp: async () => followUp, ledgers: async () => [] },
    policies: memoryPolicies(aPublishedPolicy()),
    snapshots: { organization: async () => null },
    channels: { isShared: async () => shared },
    cards: memoryCards(),
    notifier: {
      async postFollowUpCard(channelId: string) {
        said.push(`post ${channelId}`);
        return { channelId, ts: '1.0' };
      },
      async updateFollowUpCard({ channelId }: { readonly channelId: string }) {
        said.push(`update ${channelId}`);
      },
      followUpNotice: async () => undefined,
    },
    now: () => NOW,
    pause: async () => undefined,
  };
  return {
    said,
    change() {
      followUp = { ...followUp, version: followUp.version + 1 };
    },
    show: () => showFollowUp(ports, { kind: 'follow-up-card', followUpId: followUp.id }),
  };
}

describe('the card of a follow-up', () => {
  it('is in the channel of those who review it, and edited there', async () => {
    const { show, said, change } = world({ shared: false });
    await show();
    await show();
    change();
    await show();

    expect(said).toEqual(['post C0APPROVAL', 'update C0APPROVAL']);
  });

  it('is with the administrators too while others see that channel, and edited there (T06)', async () => {
    const { show, said, change } = world({ shared: true });
    await show();
    change();
    await show();

    expect(said).toEqual(['post C0APPROVAL', 'post UADMIN', 'update C0APPROVAL', 'update UADMIN']);
  });
});
