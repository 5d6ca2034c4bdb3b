import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ComputeOptimizerClient } from '@aws-sdk/client-compute-optimizer';
import { CostExplorerClient } from '@aws-sdk/client-cost-explorer';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { AssumeRole } from '#adapters/aws/assumed-roles.ts';
import { patiently } from '#adapters/aws/backoff.ts';
import { callBudget } from '#adapters/aws/call-budget.ts';
import { computeOptimizer } from '#adapters/aws/compute-optimizer.ts';
import { costExplorer, PAID_CALLS_A_DAY } from '#adapters/aws/cost-explorer.ts';
import { costOptimizationHub, HUB_REGION } from '#adapters/aws/cost-optimization-hub.ts';
import { ec2Evidence } from '#adapters/aws/ec2-evidence.ts';
import type { RequestPacing } from '#adapters/aws/request-pacing.ts';
import type { PacedService } from '#adapters/aws/request-rates.ts';
import { scopedClients } from '#adapters/aws/scoped-clients.ts';
import { signedTargetClient, type TargetCall } from '#adapters/aws/signed-rest-client.ts';
import { utilization } from '#adapters/aws/utilization.ts';
import type { Scope } from '#domain/scope.ts';
import { now } from '#src/wiring/shared.ts';
import type { InventoryPorts } from '#usecases/read-inventory.ts';

/** Where Cost Explorer is served for every Region. */
const COSTS_REGION = 'us-east-1';

type ClientSettings = ConstructorParameters<typeof ComputeOptimizerClient>[0];

interface EvidenceClients {
  readonly assume: AssumeRole;
  readonly pacing: Pick<RequestPacing, 'paced'>;
  /** A paced client of each scope. */
  readonly paced: <Client>(
    service: PacedService,
    create: (settings: NonNullable<ClientSettings>) => Client,
  ) => (scope: Scope) => Client;
  readonly cloudwatch: (scope: Scope) => CloudWatchClient;
  readonly ec2: (scope: Scope) => EC2Client;
  /** In place of AWS's own. */
  readonly endpoint: string | undefined;
}

/** What is measured and reported of machines: of each account and Region, and of all from the hub account. */
export function wireEvidence({
  assume,
  pacing,
  paced,
  cloudwatch,
  ec2,
  endpoint,
}: EvidenceClients): Pick<
  InventoryPorts,
  'computeEvidence' | 'utilization' | 'findings' | 'costs'
> {
  const costs = paced('cost-explorer', (client) => new CostExplorerClient(client));
  const hub = scopedClients(assume, (client, scope): TargetCall => {
    const call = signedTargetClient({
      ...client,
      service: 'cost-optimization-hub',
      host: `cost-optimization-hub.${HUB_REGION}.amazonaws.com`,
      prefix: 'CostOptimizationHubService',
      jsonVersion: '1.0',
      endpoint,
      // Pacing repeats what is throttled.
      backoff: { ...patiently, attempts: 1 },
    });
    return (operation, input) =>
      pacing.paced(scope, 'cost-optimization-hub', () => call(operation, input));
  });
  return {
    computeEvidence: ec2Evidence(ec2),
    utilization: utilization(cloudwatch),
    findings: computeOptimizer(
      paced('compute-optimizer', (client) => new ComputeOptimizerClient(client)),
    ),
    costs: {
      ...costExplorer(
        (account) => costs({ account, region: COSTS_REGION }),
        callBudget(PAID_CALLS_A_DAY, now),
      ),
      ...costOptimizationHub((account) => hub({ account, region: HUB_REGION })),
    },
  };
}
