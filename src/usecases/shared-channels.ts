import { namedChannels } from '#domain/policy/named-channels.ts';
import type { Policy } from '#domain/policy/policy.ts';
import type { Channels } from '#ports/channels.ts';

/** Which of the channels that a policy names people of another organization see. */
export async function sharedChannels(
  { channels }: { readonly channels: Channels },
  policy: Policy,
): Promise<ReadonlySet<string>> {
  const asked = await Promise.all(
    namedChannels(policy).map(async (id) => ((await channels.isShared(id)) ? [id] : [])),
  );
  return new Set(asked.flat());
}
