import { randomUUID } from 'node:crypto';
import { dynamodbDecisionStore } from '#adapters/aws/dynamodb-decision-store.ts';
import { dynamodbLicenseRegisters } from '#adapters/aws/dynamodb-license-registers.ts';
import { dynamodbOutbox } from '#adapters/aws/dynamodb-lists.ts';
import { dynamodbPolicies } from '#adapters/aws/dynamodb-policies.ts';
import { dynamodbPolicyProposals } from '#adapters/aws/dynamodb-policy-proposals.ts';
import { dynamodbSnapshots } from '#adapters/aws/dynamodb-snapshots.ts';
import { sqsRedelivery } from '#adapters/aws/sqs-redelivery.ts';
import { slackChannels } from '#adapters/slack/slack-channels.ts';
import { slackPeople } from '#adapters/slack/slack-people.ts';
import type { Redelivery } from '#ports/redelivery.ts';
import type { Settings } from '#src/config.ts';
import { now, queuesOf, sha256, sqsOf, tableOf, within } from '#src/wiring/shared.ts';
import { shownMessagesOf } from '#src/wiring/shown-messages.ts';
import { slackWebOf } from '#src/wiring/slack-web.ts';
import type { BatchPorts } from '#usecases/decide-batch.ts';

/** What functions/decide works with: the table, who people are, the queues. Nothing of EC2. */
export function wireDecide(
  settings: Settings,
  sessionToken: () => string,
): BatchPorts & { readonly redelivery: Redelivery } {
  const table = tableOf(settings);
  const web = slackWebOf(settings, sessionToken);
  return {
    store: dynamodbDecisionStore(table, now),
    outbox: dynamodbOutbox(table),
    policies: dynamodbPolicies(table, now),
    proposals: dynamodbPolicyProposals(table),
    shown: shownMessagesOf(table),
    registers: dynamodbLicenseRegisters(table, now),
    firstAdministrators: settings.firstAdministrators,
    snapshots: dynamodbSnapshots(table),
    people: slackPeople(web, settings.slack),
    channels: slackChannels(web),
    queues: queuesOf(settings),
    redelivery: sqsRedelivery(sqsOf(), settings.queues.decisions),
    within,
    now,
    sha256,
    newId: randomUUID,
  };
}
