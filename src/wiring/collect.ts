import { randomUUID } from 'node:crypto';
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
import { patiently } from '#adapters/aws/backoff.ts';
import { dynamodbDecisionStore } from '#adapters/aws/dynamodb-decision-store.ts';
import { dynamodbLicenseRegisters } from '#adapters/aws/dynamodb-license-registers.ts';
import {
  dynamodbOutbox,
  dynamodbPoolList,
  dynamodbRequestList,
  dynamodbTermsLedgerList,
} from '#adapters/aws/dynamodb-lists.ts';
import { dynamodbPolicies } from '#adapters/aws/dynamodb-policies.ts';
import { dynamodbSnapshots } from '#adapters/aws/dynamodb-snapshots.ts';
import { ec2Source } from '#adapters/aws/ec2-source.ts';
import { ecsSource } from '#adapters/aws/ecs-source.ts';
import { licenseManagerSource } from '#adapters/aws/license-manager-source.ts';
import { organizationAccounts } from '#adapters/aws/organization-accounts.ts';
import { priceSource } from '#adapters/aws/price-source.ts';
import { rdsSource } from '#adapters/aws/rds-source.ts';
import { requestPacing } from '#adapters/aws/request-pacing.ts';
import type { PacedService } from '#adapters/aws/request-rates.ts';
import { scopedClients } from '#adapters/aws/scoped-clients.ts';
import { sharedSessions } from '#adapters/aws/shared-sessions.ts';
import { type RestCall, signedRestClient } from '#adapters/aws/signed-rest-client.ts';
import { failureOf } from '#adapters/aws/source-failure.ts';
import { ssmSource } from '#adapters/aws/ssm-source.ts';
import { subscriptionSource } from '#adapters/aws/subscription-source.ts';
import { usageTrends } from '#adapters/aws/usage-trends.ts';
import type { Scope } from '#domain/scope.ts';
import type { Settings } from '#src/config.ts';
import { wireEvidence } from '#src/wiring/evidence.ts';
import { wirePriceList } from '#src/wiring/price-list.ts';
import { now, queuesOf, sha256, tableOf } from '#src/wiring/shared.ts';
import type { EverywherePorts } from '#usecases/collect-everywhere.ts';
import type { CollectPorts } from '#usecases/collect-scope.ts';
import type { KeepTermsPorts } from '#usecases/keep-terms.ts';

/** A page of a large account takes longer than a table read. Milliseconds. */
const requestHandler = { connectionTimeout: 2000, requestTimeout: 20_000 };

/** Pacing repeats what is throttled; nobody else does. */
const once = { ...patiently, attempts: 1 };

/** What functions/collect works with: read roles in every account, the snapshot, the ledgers. */
export function wireCollect(settings: Settings): CollectPorts & EverywherePorts & KeepTermsPorts {
  const table = tableOf(settings);
  return {
    ...wireSources(settings),
    snapshots: dynamodbSnapshots(table),
    store: dynamodbDecisionStore(table, now),
    requests: dynamodbRequestList(table),
    outbox: dynamodbOutbox(table),
    pools: dynamodbPoolList(table),
    registers: dynamodbLicenseRegisters(table, now),
    terms: dynamodbTermsLedgerList(table),
    policies: dynamodbPolicies(table, now),
    queues: queuesOf(settings),
    firstScopes: settings.firstScopes,
    now,
    sha256,
    newId: randomUUID,
  };
}

/** Every service that is read, in the account's read role and paced: this is the one place for both. */
function wireSources({ roles, hub, awsUrl: endpoint }: Settings) {
  if (hub === null) throw new Error('HUB_SCOPE is not set: the account and Region of the stack');
  const pacing = requestPacing();
  const sts = new STSClient({ requestHandler, retryStrategy: pacing.strategy(hub, 'sts') });
  const { read: name, externalId } = roles;
  const assume = sharedSessions(assumedRoles(sts, { name, externalId }), now);
  const paced = <Client>(
    service: PacedService,
    create: (settings: PacedSettings) => Client,
  ): ((scope: Scope) => Client) =>
    scopedClients(assume, (client, scope) =>
      create({ ...client, requestHandler, retryStrategy: pacing.strategy(scope, service) }),
    );
  const rest = (service: string): ((scope: Scope) => RestCall) =>
    scopedClients(assume, (client, scope) => {
      const call = signedRestClient({ ...client, service, endpoint, backoff: once });
      return (path, input) =>
        pacing.paced(scope, 'license-manager-subscriptions', () => call(path, input));
    });
  const ec2 = paced('ec2', (client) => new EC2Client(client));
  const cloudwatch = paced('cloudwatch', (client) => new CloudWatchClient(client));
  const licenses = licenseManagerSource(
    paced('license-manager', (client) => new LicenseManagerClient(client)),
    once,
  );
  return {
    licenses,
    organizationLicenses: licenses,
    directory: organizationAccounts(
      paced('organizations', (client) => new OrganizationsClient(client)),
    ),
    compute: ec2Source(ec2),
    groups: autoScalingSource(
      paced('auto-scaling', (client) => new AutoScalingClient(client)),
      ec2,
    ),
    servers: ssmSource(paced('ssm', (client) => new SSMClient(client))),
    databases: rdsSource(paced('rds', (client) => new RDSClient(client))),
    containers: ecsSource(paced('ecs', (client) => new ECSClient(client))),
    subscriptions: subscriptionSource({
      linux: rest('license-manager-linux-subscriptions'),
      user: rest('license-manager-user-subscriptions'),
    }),
    trends: usageTrends(cloudwatch),
    ...wireEvidence({ assume, pacing, paced, cloudwatch, ec2, endpoint }),
    prices: priceSource(wirePriceList(pacing, hub, { endpoint, backoff: once }), ec2),
    stopAt: pacing.stopAt,
    failureOf,
    hub,
  };
}

type PacedSettings = Parameters<Parameters<typeof scopedClients>[1]>[0] & {
  readonly requestHandler: typeof requestHandler;
  readonly retryStrategy: ReturnType<ReturnType<typeof requestPacing>['strategy']>;
};
