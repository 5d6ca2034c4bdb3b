import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { EC2Client } from '@aws-sdk/client-ec2';
import { ECSClient } from '@aws-sdk/client-ecs';
import { LicenseManagerClient } from '@aws-sdk/client-license-manager';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { RDSClient } from '@aws-sdk/client-rds';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { assumedRoles } from '#adapters/aws/assumed-roles.ts';
import { autoScalingSource } from '#adapters/aws/auto-scaling-source.ts';
import { type Backoff, patiently } from '#adapters/aws/backoff.ts';
import { ec2Source } from '#adapters/aws/ec2-source.ts';
import { ecsSource } from '#adapters/aws/ecs-source.ts';
import { licenseManagerSource } from '#adapters/aws/license-manager-source.ts';
import { listedPrices } from '#adapters/aws/listed-prices.ts';
import { organizationAccounts } from '#adapters/aws/organization-accounts.ts';
import { priceSource } from '#adapters/aws/price-source.ts';
import { rdsSource } from '#adapters/aws/rds-source.ts';
import { scopedClients } from '#adapters/aws/scoped-clients.ts';
import { signedRestClient, signedTargetClient } from '#adapters/aws/signed-rest-client.ts';
import { ssmSource } from '#adapters/aws/ssm-source.ts';
import { subscriptionSource } from '#adapters/aws/subscription-source.ts';
import { usageTrends } from '#adapters/aws/usage-trends.ts';
import { wireEvidence } from '#src/wiring/evidence.ts';
import type { DeployedHub, FunctionName } from './deployed-hub.ts';

interface SourceOptions {
  readonly as?: FunctionName;
  readonly externalId?: string;
  readonly backoff?: Backoff;
  readonly maxAttempts?: number;
}

/** The inventory sources, wired as functions/collect wires them. */
export function sourcesOf(
  hub: DeployedHub,
  {
    as = 'collect',
    externalId = hub.deployment.externalId,
    backoff = patiently,
    maxAttempts = 1,
  }: SourceOptions = {},
) {
  const { endpoint, ...settings } = hub.clientAs(as);
  const sts = new STSClient({ endpoint, ...settings });
  const assume = assumedRoles(sts, { name: 'quartermaster-read', externalId });
  const common = { endpoint, maxAttempts };
  const rest = (service: string) =>
    scopedClients(assume, (scope) => signedRestClient({ ...scope, service, endpoint, backoff }));
  const licenses = licenseManagerSource(
    scopedClients(assume, (scope) => new LicenseManagerClient({ ...scope, ...common })),
    backoff,
  );
  return {
    licenses,
    organizationLicenses: licenses,
    compute: ec2Source(scopedClients(assume, (scope) => new EC2Client({ ...scope, ...common }))),
    groups: autoScalingSource(
      scopedClients(assume, (scope) => new AutoScalingClient({ ...scope, ...common })),
      scopedClients(assume, (scope) => new EC2Client({ ...scope, ...common })),
    ),
    servers: ssmSource(scopedClients(assume, (scope) => new SSMClient({ ...scope, ...common }))),
    databases: rdsSource(scopedClients(assume, (scope) => new RDSClient({ ...scope, ...common }))),
    containers: ecsSource(scopedClients(assume, (scope) => new ECSClient({ ...scope, ...common }))),
    ...wireEvidence({
      assume,
      pacing: { paced: (_scope, _service, call) => call() },
      paced: (_service, create) =>
        scopedClients(assume, (scope) => create({ ...scope, ...common })),
      cloudwatch: scopedClients(assume, (scope) => new CloudWatchClient({ ...scope, ...common })),
      ec2: scopedClients(assume, (scope) => new EC2Client({ ...scope, ...common })),
      endpoint,
    }),
    trends: usageTrends(
      scopedClients(assume, (scope) => new CloudWatchClient({ ...scope, ...common })),
    ),
    directory: organizationAccounts(
      scopedClients(assume, (scope) => new OrganizationsClient({ ...scope, ...common })),
    ),
    prices: priceSource(
      listedPrices(
        signedTargetClient({
          ...settings,
          service: 'pricing',
          host: 'localhost',
          prefix: 'AWSPriceListService',
          endpoint,
          backoff,
        }),
        hub.now,
      ),
      scopedClients(assume, (scope) => new EC2Client({ ...scope, ...common })),
    ),
    subscriptions: subscriptionSource({
      linux: rest('license-manager-linux-subscriptions'),
      user: rest('license-manager-user-subscriptions'),
    }),
  };
}
