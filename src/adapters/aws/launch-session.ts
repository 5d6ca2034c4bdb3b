import type { AutoScalingClient } from '@aws-sdk/client-auto-scaling';
import type { EC2Client } from '@aws-sdk/client-ec2';
import type { LicenseManagerClient } from '@aws-sdk/client-license-manager';
import type { STSClient } from '@aws-sdk/client-sts';
import type { AssumeRole } from '#adapters/aws/assumed-roles.ts';
import type { Scope } from '#domain/scope.ts';

/** Clients that share one session of the launch role. */
export interface LaunchSession {
  readonly ec2: EC2Client;
  readonly autoScaling: AutoScalingClient;
  readonly licenseManager: LicenseManagerClient;
  readonly sts: STSClient;
}

/** Makes the clients of a session; nothing is called before they are used. */
export type CreateClients = (settings: {
  readonly region: string;
  readonly credentials: () => ReturnType<AssumeRole>;
}) => LaunchSession;

/** Opens sessions of the launch role: one for each thing that is done, named after its request. */
export type OpenSession = (scope: Scope, requestId: string, policy: string) => LaunchSession;

/** Sessions that may do what their policy says, whatever else the role may, and show whose request it is. */
export function launchSessions(assumeRole: AssumeRole, create: CreateClients): OpenSession {
  return ({ account, region }, requestId, policy) => {
    let session: ReturnType<AssumeRole> | null = null;
    const purpose = { sessionName: requestId, sourceIdentity: requestId, policy };
    return create({
      region,
      credentials: () => {
        session ??= assumeRole(account, purpose);
        return session;
      },
    });
  };
}
