import { dynamodbPoolList } from '#adapters/aws/dynamodb-lists.ts';
import { dynamodbPolicies } from '#adapters/aws/dynamodb-policies.ts';
import { dynamodbSnapshots } from '#adapters/aws/dynamodb-snapshots.ts';
import type { Table } from '#adapters/aws/table.ts';
import { responseUrlPoster } from '#adapters/slack/response-url.ts';
import { viewOpener } from '#adapters/slack/view-opener.ts';
import type { Settings } from '#src/config.ts';
import { now } from '#src/wiring/shared.ts';
import { slackWebOf } from '#src/wiring/slack-web.ts';

/** What functions/slack needs for forms, their choices, and answers beside the HTTP answer. */
export function wireShowing(settings: Settings, table: Table, sessionToken: () => string) {
  return {
    policies: dynamodbPolicies(table, now),
    snapshots: dynamodbSnapshots(table),
    pools: dynamodbPoolList(table),
    openView: viewOpener(slackWebOf(settings, sessionToken)),
    respond: responseUrlPoster(settings.slack),
  };
}
