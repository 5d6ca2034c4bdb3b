import type { ResourceType } from '@aws-sdk/client-license-manager';

/** A resource that licenses are counted for, as its ARN names it. */
export interface Resource {
  readonly type: ResourceType;
  /** Null for images: their ARNs name no account. */
  readonly account: string | null;
  readonly region: string;
  /** The part of the ARN that EC2, SSM or RDS knows it by. */
  readonly id: string;
}

const TYPES: Readonly<Record<string, ResourceType>> = {
  'ec2:instance/': 'EC2_INSTANCE',
  'ec2:dedicated-host/': 'EC2_HOST',
  'ec2:image/': 'EC2_AMI',
  'ssm:managed-instance/': 'SYSTEMS_MANAGER_MANAGED_INSTANCE',
  'rds:db:': 'RDS',
};

const ARN =
  /^arn:aws:(?<service>ec2|ssm|rds):(?<region>[a-z0-9-]+):(?<account>\d{12})?:(?<kind>instance\/|dedicated-host\/|image\/|managed-instance\/|db:)(?<id>[\w-]+)$/;

export function instanceArn(account: string, region: string, id: string): string {
  return `arn:aws:ec2:${region}:${account}:instance/${id}`;
}

export function hostArn(account: string, region: string, id: string): string {
  return `arn:aws:ec2:${region}:${account}:dedicated-host/${id}`;
}

/** As License Manager prints it: without an account. */
export function imageArn(region: string, id: string): string {
  return `arn:aws:ec2:${region}::image/${id}`;
}

export function managedInstanceArn(account: string, region: string, id: string): string {
  return `arn:aws:ssm:${region}:${account}:managed-instance/${id}`;
}

/** Null when no license can be counted for what the ARN names. */
export function parseResourceArn(arn: string): Resource | null {
  const { service, region, account, kind, id } = ARN.exec(arn)?.groups ?? {};
  const type = TYPES[`${service}:${kind}`];
  if (type === undefined || region === undefined || id === undefined) return null;
  return { type, account: account ?? null, region, id };
}
