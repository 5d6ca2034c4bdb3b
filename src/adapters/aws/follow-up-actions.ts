import { type EC2Client, EC2ServiceException, StopInstancesCommand } from '@aws-sdk/client-ec2';
import {
  type LicenseManagerClient,
  LicenseManagerServiceException,
  UpdateLicenseSpecificationsForResourceCommand,
} from '@aws-sdk/client-license-manager';
import { STSServiceException } from '@aws-sdk/client-sts';
import { batches } from '#adapters/aws/all-pages.ts';
import type { AssumeRole } from '#adapters/aws/assumed-roles.ts';
import type { Scope } from '#domain/scope.ts';
import type { EffectOutcome, FollowUpActions } from '#ports/follow-up-actions.ts';

type Create<Client> = (settings: {
  readonly region: string;
  readonly credentials: () => ReturnType<AssumeRole>;
}) => Client;

/** Their ARNs fit into a session policy of 2,048 characters. */
const INSTANCES_A_SESSION = 15;

/** Stops and associates under the launch role, each in a session that may do that one thing. */
export function awsFollowUpActions(
  assumeRole: AssumeRole,
  create: { readonly ec2: Create<EC2Client>; readonly licenses: Create<LicenseManagerClient> },
): FollowUpActions {
  const session = (
    { account, region }: Scope,
    followUpId: string,
    action: string,
    resources: readonly string[],
  ) => ({
    region,
    credentials: () =>
      assumeRole(account, {
        sessionName: followUpId,
        sourceIdentity: followUpId,
        policy: policyFor(region, action, resources),
      }),
  });

  return {
    async stop(scope, instanceIds, followUpId) {
      const { account, region } = scope;
      let allStopped = true;
      for (const ids of batches(instanceIds, INSTANCES_A_SESSION)) {
        const arns = ids.map((id) => `arn:aws:ec2:${region}:${account}:instance/${id}`);
        const client = create.ec2(session(scope, followUpId, 'ec2:StopInstances', arns));
        try {
          const { StoppingInstances = [] } = await client.send(
            new StopInstancesCommand({ InstanceIds: [...ids] }),
          );
          allStopped &&= StoppingInstances.every(
            ({ CurrentState }) => CurrentState?.Name === 'stopped',
          );
        } catch (error) {
          return refusedBy(error);
        }
      }
      return { kind: allStopped ? 'done' : 'under-way' };
    },

    async associate(scope, resourceArns, LicenseConfigurationArn, followUpId) {
      const action = 'license-manager:UpdateLicenseSpecificationsForResource';
      const client = create.licenses(session(scope, followUpId, action, [LicenseConfigurationArn]));
      try {
        for (const ResourceArn of resourceArns) {
          await client.send(
            new UpdateLicenseSpecificationsForResourceCommand({
              ResourceArn,
              AddLicenseSpecifications: [{ LicenseConfigurationArn }],
            }),
          );
        }
        return { kind: 'done' };
      } catch (error) {
        return refusedBy(error);
      }
    },
  };
}

/** What this session may do at most, whatever else the role may. */
function policyFor(region: string, Action: string, Resource: readonly string[]): string {
  const Condition = { StringEquals: { 'aws:RequestedRegion': region } };
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action, Resource, Condition }],
  });
}

const PASSING: ReadonlySet<string> = new Set([
  'RequestLimitExceeded',
  'Throttling',
  'ThrottlingException',
  'RateLimitExceededException',
  'ServerInternalException',
]);

/** AWS's no, in its own words. @throws the error when AWS did not say no, so that the job is repeated */
function refusedBy(error: unknown): EffectOutcome {
  const answered =
    error instanceof EC2ServiceException ||
    error instanceof LicenseManagerServiceException ||
    error instanceof STSServiceException;
  if (!answered || error.$fault !== 'client' || PASSING.has(error.name)) throw error;
  // What still starts, or already stops.
  if (error.name === 'IncorrectInstanceState') return { kind: 'not-yet' };
  return { kind: 'refused', code: error.name, message: error.message.slice(0, 500) };
}
