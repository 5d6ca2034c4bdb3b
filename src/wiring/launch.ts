import { randomUUID } from 'node:crypto';
import { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import { EC2Client } from '@aws-sdk/client-ec2';
import { LicenseManagerClient } from '@aws-sdk/client-license-manager';
import { STSClient } from '@aws-sdk/client-sts';
import { assumedRoles } from '#adapters/aws/assumed-roles.ts';
import { dynamodbDecisionStore } from '#adapters/aws/dynamodb-decision-store.ts';
import { dynamodbOutbox } from '#adapters/aws/dynamodb-lists.ts';
import { dynamodbPolicies } from '#adapters/aws/dynamodb-policies.ts';
import { dynamodbSnapshots } from '#adapters/aws/dynamodb-snapshots.ts';
import { ec2Launcher } from '#adapters/aws/ec2-launcher.ts';
import { ec2Stopper } from '#adapters/aws/ec2-stopper.ts';
import { awsFollowUpActions } from '#adapters/aws/follow-up-actions.ts';
import type { CreateClients, LaunchSession } from '#adapters/aws/launch-session.ts';
import type { Settings } from '#src/config.ts';
import { now, queuesOf, sha256, TIMEOUTS, tableOf } from '#src/wiring/shared.ts';
import type { TimeBoxPorts } from '#usecases/end-time-box.ts';
import type { FollowUpActionPorts } from '#usecases/follow-up-actions.ts';
import type { LaunchPorts } from '#usecases/launch-request.ts';

/** A launch call may take this long before its answer counts as lost. Milliseconds. */
const requestHandler = { connectionTimeout: 2000, requestTimeout: 15_000 };

function launchClients(session: Parameters<CreateClients>[0]): LaunchSession {
  const settings = { ...session, requestHandler, maxAttempts: 2 };
  return {
    ec2: new EC2Client(settings),
    autoScaling: new AutoScalingClient(settings),
    licenseManager: new LicenseManagerClient(settings),
    sts: new STSClient(settings),
  };
}

/** What functions/launch works with: the launch role of the target account, and the table. */
export function wireLaunch(settings: Settings): LaunchPorts & FollowUpActionPorts & TimeBoxPorts {
  const table = tableOf(settings);
  const { launch, externalId } = settings.roles;
  const assume = assumedRoles(new STSClient({ requestHandler: TIMEOUTS }), {
    name: launch,
    externalId,
  });
  return {
    launcher: ec2Launcher(assume, launchClients),
    stopper: ec2Stopper(assume, launchClients),
    followUpActions: awsFollowUpActions(assume, {
      ec2: (session) => new EC2Client({ ...session, requestHandler }),
      licenses: (session) => new LicenseManagerClient({ ...session, requestHandler }),
    }),
    store: dynamodbDecisionStore(table, now),
    policies: dynamodbPolicies(table, now),
    snapshots: dynamodbSnapshots(table),
    outbox: dynamodbOutbox(table),
    queues: queuesOf(settings),
    now,
    sha256,
    newId: randomUUID,
  };
}
