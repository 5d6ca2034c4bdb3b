import { dynamodbDecisionStore } from '#adapters/aws/dynamodb-decision-store.ts';
import { dynamodbLicenseRegisters } from '#adapters/aws/dynamodb-license-registers.ts';
import { dynamodbPoolList, dynamodbRequestList } from '#adapters/aws/dynamodb-lists.ts';
import { dynamodbOptimizationRuns } from '#adapters/aws/dynamodb-optimization-runs.ts';
import { dynamodbPolicies } from '#adapters/aws/dynamodb-policies.ts';
import { dynamodbRecommendations } from '#adapters/aws/dynamodb-recommendations.ts';
import { dynamodbSnapshots } from '#adapters/aws/dynamodb-snapshots.ts';
import { consolidationWorkers } from '#adapters/highs/consolidation-workers.ts';
import { WORKER_ENTRY } from '#adapters/highs/worker-entry.ts';
import { slackPeople } from '#adapters/slack/slack-people.ts';
import type { Settings } from '#src/config.ts';
import { log } from '#src/log.ts';
import { now, queuesOf, sha256, tableOf } from '#src/wiring/shared.ts';
import { slackWebOf } from '#src/wiring/slack-web.ts';
import type { RefreshPorts } from '#usecases/refresh-recommendations.ts';
import type { OptimizationPorts } from '#usecases/run-optimization.ts';

/** What functions/optimize works with: what was collected, who asks, and the solver. Nothing of EC2. */
export function wireOptimize(
  settings: Settings,
  sessionToken: () => string,
): OptimizationPorts & RefreshPorts {
  const table = tableOf(settings);
  return {
    pools: dynamodbPoolList(table),
    snapshots: dynamodbSnapshots(table),
    policies: dynamodbPolicies(table, now),
    registers: dynamodbLicenseRegisters(table, now),
    requests: dynamodbRequestList(table),
    people: slackPeople(slackWebOf(settings, sessionToken), settings.slack),
    consolidator: consolidationWorkers({ entry: WORKER_ENTRY }),
    runs: dynamodbOptimizationRuns(table, now),
    recommendations: dynamodbRecommendations(table, now),
    store: dynamodbDecisionStore(table, now),
    queues: queuesOf(settings),
    sha256,
    now,
    report: (reference, error) => log.error('optimize.failed', error, { reference }),
    leftOut: (recommendations) =>
      log.warn('optimize.left-out', { recommendations: recommendations.join(' ') }),
  };
}
