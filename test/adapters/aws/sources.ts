import { EC2Client } from '@aws-sdk/client-ec2';
import { LicenseManagerClient } from '@aws-sdk/client-license-manager';
import { SSMClient } from '@aws-sdk/client-ssm';
import { STSClient } from '@aws-sdk/client-sts';
import { assumedRoles } from '#adapters/aws/assumed-roles.ts';
import type { Backoff } from '#adapters/aws/backoff.ts';
import { ec2Source } from '#adapters/aws/ec2-source.ts';
import { licenseManagerSource } from '#adapters/aws/license-manager-source.ts';
import { scopedClients } from '#adapters/aws/scoped-clients.ts';
import { ssmSource } from '#adapters/aws/ssm-source.ts';
import type { DeployedHub, FunctionName } from './deployed-hub.ts';

interface SourceOptions {
  readonly as?: FunctionName;
  readonly externalId?: string;
  readonly backoff?: Backoff;
  readonly maxAttempts?: number;
}

/** The three inventory sources, wired as functions/collect wires them. */
export function sourcesOf(
  hub: DeployedHub,
  {
    as = 'collect',
    externalId = hub.deployment.externalId,
    backoff,
    maxAttempts = 1,
  }: SourceOptions = {},
) {
  const { endpoint, ...settings } = hub.clientAs(as);
  const sts = new STSClient({ endpoint, ...settings });
  const assume = assumedRoles(sts, { name: 'quartermaster-read', externalId });
  const common = { endpoint, maxAttempts };
  return {
    licenses: licenseManagerSource(
      scopedClients(assume, (scope) => new LicenseManagerClient({ ...scope, ...common })),
      backoff,
    ),
    compute: ec2Source(scopedClients(assume, (scope) => new EC2Client({ ...scope, ...common }))),
    servers: ssmSource(scopedClients(assume, (scope) => new SSMClient({ ...scope, ...common }))),
  };
}
