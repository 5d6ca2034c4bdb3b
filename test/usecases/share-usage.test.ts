import { describe, expect, it } from 'vitest';
import { WHOLE_VIEW } from '#domain/licenses/usage-view.ts';
import { Unavailable } from '#src/errors.ts';
import { shareUsage } from '#usecases/answer-usage.ts';
import { aLedger, aPerson, aPublishedPolicy, NOW } from '../builders.ts';
import { memoryLicenseRegisters } from '../fakes/memory-license-registers.ts';
import { memoryPolicies } from '../fakes/memory-policies.ts';
import { memorySnapshots } from '../fakes/memory-snapshots.ts';

/** Somebody shares the whole list to C0LICENSES; what was said, in order. */
async function share(isShared: () => Promise<boolean>): Promise<string[]> {
  const said: string[] = [];
  const ports = {
    pools: { pools: async () => [aLedger()] },
    snapshots: memorySnapshots(),
    policies: memoryPolicies(aPublishedPolicy()),
    people: { get: async (id: string) => aPerson(id) },
    registers: memoryLicenseRegisters(),
    requests: { open: async () => [] },
    now: () => NOW,
    channels: { isShared },
    notifier: {
      async shareUsage(channelId: string, sharedBy: string) {
        said.push(`share ${channelId} ${sharedBy}`);
      },
      async refuseShare({ channelId, personId }: { channelId: string | null; personId: string }) {
        said.push(`refuse ${channelId} ${personId}`);
      },
    },
  };
  await shareUsage(ports, {
    kind: 'share',
    key: 'share/1',
    query: null,
    view: WHOLE_VIEW,
    page: 1,
    channelId: 'C0LICENSES',
    personId: 'U0REQUEST1',
  });
  return said;
}

describe('an answer that somebody shares', () => {
  it('is posted in a channel of our own organization', async () => {
    expect(await share(async () => false)).toEqual(['share C0LICENSES U0REQUEST1']);
  });

  it('is refused where people of another organization would see it (T06)', async () => {
    expect(await share(async () => true)).toEqual(['refuse C0LICENSES U0REQUEST1']);
  });

  it('waits while Slack does not say who would see it (T06)', async () => {
    const away = async () => Promise.reject(new Unavailable('Slack does not answer'));

    await expect(share(away)).rejects.toThrow(Unavailable);
  });
});
