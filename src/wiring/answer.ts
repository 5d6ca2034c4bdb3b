import { setTimeout as pause } from 'node:timers/promises';
import { dynamodbCards } from '#adapters/aws/dynamodb-cards.ts';
import { dynamodbDecisionStore } from '#adapters/aws/dynamodb-decision-store.ts';
import { dynamodbLicenseRegisters } from '#adapters/aws/dynamodb-license-registers.ts';
import { dynamodbPoolList, dynamodbRequestList } from '#adapters/aws/dynamodb-lists.ts';
import { dynamodbOptimizationRuns } from '#adapters/aws/dynamodb-optimization-runs.ts';
import { dynamodbPolicies } from '#adapters/aws/dynamodb-policies.ts';
import { dynamodbPolicyProposals } from '#adapters/aws/dynamodb-policy-proposals.ts';
import { dynamodbRecommendations } from '#adapters/aws/dynamodb-recommendations.ts';
import { dynamodbSnapshots } from '#adapters/aws/dynamodb-snapshots.ts';
import { readSheet } from '#adapters/csv/read-sheet.ts';
import { responseUrlPoster } from '#adapters/slack/response-url.ts';
import { slackChannels } from '#adapters/slack/slack-channels.ts';
import { slackFiles } from '#adapters/slack/slack-files.ts';
import { slackNotifier } from '#adapters/slack/slack-notifier.ts';
import { slackPeople } from '#adapters/slack/slack-people.ts';
import type { Settings } from '#src/config.ts';
import { log } from '#src/log.ts';
import { now, tableOf, within } from '#src/wiring/shared.ts';
import { shownMessagesOf } from '#src/wiring/shown-messages.ts';
import { slackWebOf } from '#src/wiring/slack-web.ts';
import type { AnswerPorts } from '#usecases/run-answer.ts';

/** What functions/answer works with: the table for reading, and Slack. It starts nothing in AWS. */
export function wireAnswer(settings: Settings, sessionToken: () => string): AnswerPorts {
  const table = tableOf(settings);
  const web = slackWebOf(settings, sessionToken);
  const channels = slackChannels(web);
  return {
    store: dynamodbDecisionStore(table, now),
    requests: dynamodbRequestList(table),
    pools: dynamodbPoolList(table),
    snapshots: dynamodbSnapshots(table),
    policies: dynamodbPolicies(table, now),
    proposals: dynamodbPolicyProposals(table),
    firstAdministrators: settings.firstAdministrators,
    people: slackPeople(web, settings.slack),
    channels,
    cards: dynamodbCards(table),
    runs: dynamodbOptimizationRuns(table, now),
    recommendations: dynamodbRecommendations(table, now),
    registers: dynamodbLicenseRegisters(table, now),
    files: slackFiles(web, settings.slack),
    readSheet,
    notifier: slackNotifier({
      web,
      channels,
      postToResponseUrl: responseUrlPoster(settings.slack),
      shown: shownMessagesOf(table),
    }),
    now,
    pause: async (ms) => {
      await pause(ms);
    },
    within,
    report: (reference, error) => log.error('answer.failed', error, { reference }),
  };
}
