import { dynamodbPoolList } from '#adapters/aws/dynamodb-lists.ts';
import { dynamodbPolicies } from '#adapters/aws/dynamodb-policies.ts';
import { dynamodbReplayKeys } from '#adapters/aws/dynamodb-replay-keys.ts';
import { dynamodbSnapshots } from '#adapters/aws/dynamodb-snapshots.ts';
import { signingSecrets } from '#adapters/aws/signing-secrets.ts';
import { responseUrlPoster } from '#adapters/slack/response-url.ts';
import { viewOpener } from '#adapters/slack/view-opener.ts';
import type { SlackPorts } from '#slack/app.ts';
import type { Settings } from '#src/config.ts';
import { log } from '#src/log.ts';
import { now, queuesOf, secretsOf, tableOf } from '#src/wiring/shared.ts';
import { slackWebOf } from '#src/wiring/slack-web.ts';

/** What functions/slack works with: two queues, the snapshot, and forms to open. Nothing slow. */
export function wireSlack(settings: Settings, sessionToken: () => string): SlackPorts {
  const table = tableOf(settings);
  const post = responseUrlPoster(settings.slack);
  return {
    queues: queuesOf(settings),
    policies: dynamodbPolicies(table, now),
    snapshots: dynamodbSnapshots(table),
    pools: dynamodbPoolList(table),
    replayKeys: dynamodbReplayKeys(table),
    secrets: signingSecrets(secretsOf(settings, sessionToken), settings.parameters.signingSecret),
    openView: viewOpener(slackWebOf(settings, sessionToken)),
    respond: async (responseUrl, message) => {
      await post(responseUrl, message);
    },
    log,
  };
}
