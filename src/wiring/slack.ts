import { dynamodbReplayKeys } from '#adapters/aws/dynamodb-replay-keys.ts';
import { signingSecrets } from '#adapters/aws/signing-secrets.ts';
import type { SlackPorts } from '#slack/app.ts';
import { once } from '#slack/once.ts';
import type { Settings } from '#src/config.ts';
import { log } from '#src/log.ts';
import { queuesOf, secretsOf, tableOf } from '#src/wiring/shared.ts';

/**
 * What functions/slack works with: two queues, the snapshot, and forms to open. Nothing slow. Most
 * requests are only verified and queued, so that the rest is loaded when one shows something.
 */
export function wireSlack(settings: Settings, sessionToken: () => string): SlackPorts {
  const table = tableOf(settings);
  const showing = once(async () => {
    const { wireShowing } = await import('#src/wiring/slack-showing.ts');
    return wireShowing(settings, table, sessionToken);
  });
  return {
    queues: queuesOf(settings),
    replayKeys: dynamodbReplayKeys(table),
    secrets: signingSecrets(secretsOf(settings, sessionToken), settings.parameters.signingSecret),
    policies: { current: async () => (await showing()).policies.current() },
    snapshots: {
      shard: async (scope) => (await showing()).snapshots.shard(scope),
      organization: async () => (await showing()).snapshots.organization(),
    },
    pools: { pools: async () => (await showing()).pools.pools() },
    openView: async (triggerId, view) => (await showing()).openView(triggerId, view),
    respond: async (...answer) => (await showing()).respond(...answer),
    log,
  };
}
