import type { Policy } from '#domain/policy/policy.ts';
import type { PolicyProblem } from '#domain/policy/policy-problem.ts';

type Named = Pick<Policy, 'approvals' | 'override'>;

/** Ids of all channels that cards and announcements go to. */
export function namedChannels(policy: Named): readonly string[] {
  return [...new Set(placesOf(policy).map(({ channelId }) => channelId))];
}

/**
 * Channels where nothing will be shown and no click will count.
 *
 * @param shared ids of those that people of another organization see, or that the bot does not
 */
export function sharedChannelWarnings(
  policy: Named,
  shared: ReadonlySet<string>,
): readonly PolicyProblem[] {
  return placesOf(policy)
    .filter(({ channelId }) => shared.has(channelId))
    .map(({ path, channelId }) => ({
      path,
      message: `Write another channel, or end its sharing: ${channelId} is shared with another organization or closed to the bot, so nothing is shown or decided there`,
    }));
}

function placesOf({ approvals, override }: Named) {
  return [
    ...approvals.map(({ channel: channelId }, index) => ({
      path: `approvals[${index}].channel`,
      channelId,
    })),
    ...(override === undefined ? [] : [{ path: 'override.channel', channelId: override.channel }]),
  ];
}
