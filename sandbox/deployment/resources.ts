import { z } from 'zod';
import type { RoleDefinition } from '../aws/iam/iam.ts';

const document = z.record(z.string(), z.unknown());

/** The members that exist for deployed AWS only, such as encryption, are let through and not simulated. */
const Queue = z.object({
  Type: z.literal('AWS::SQS::Queue'),
  Properties: z.looseObject({ QueueName: z.string() }),
});

const Table = z.object({
  Type: z.literal('AWS::DynamoDB::Table'),
  Properties: z.looseObject({
    TableName: z.string(),
    TimeToLiveSpecification: z.unknown().optional(),
  }),
});

const Role = z.object({
  Type: z.literal('AWS::IAM::Role'),
  Properties: z.strictObject({
    RoleName: z.string(),
    MaxSessionDuration: z.number().optional(),
    AssumeRolePolicyDocument: document,
    Policies: z.array(z.strictObject({ PolicyName: z.string(), PolicyDocument: document })),
  }),
});

/** The resources of a template that the sandbox creates; any other type is refused, not ignored. */
export const Resources = z.record(z.string(), z.discriminatedUnion('Type', [Queue, Table, Role]));

/** The same, before names are resolved: only what a name can stand for. */
export const NamedResources = z.record(
  z.string(),
  z.union([
    z.looseObject({
      Type: z.literal('AWS::SQS::Queue'),
      Properties: z.looseObject({ QueueName: z.string() }),
    }),
    z.looseObject({
      Type: z.literal('AWS::DynamoDB::Table'),
      Properties: z.looseObject({ TableName: z.string() }),
    }),
    z.looseObject({
      Type: z.literal('AWS::IAM::Role'),
      Properties: z.looseObject({ RoleName: z.string() }),
    }),
  ]),
);

/** Where a stack is deployed. `awsUrl` is the origin of queue URLs. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly awsUrl: string;
}

/** The ARN of a resource, which its attribute `Arn` stands for. */
export function arnOf(resource: z.output<typeof NamedResources>[string], place: Place): string {
  const { account, region } = place;
  switch (resource.Type) {
    case 'AWS::SQS::Queue':
      return `arn:aws:sqs:${region}:${account}:${resource.Properties.QueueName}`;
    case 'AWS::DynamoDB::Table':
      return `arn:aws:dynamodb:${region}:${account}:table/${resource.Properties.TableName}`;
    case 'AWS::IAM::Role':
      return `arn:aws:iam::${account}:role/${resource.Properties.RoleName}`;
  }
}

/** What `Ref` of a resource stands for. */
export function refOf(resource: z.output<typeof NamedResources>[string], place: Place): string {
  switch (resource.Type) {
    case 'AWS::SQS::Queue':
      return `${place.awsUrl}/${place.account}/${resource.Properties.QueueName}`;
    case 'AWS::DynamoDB::Table':
      return resource.Properties.TableName;
    case 'AWS::IAM::Role':
      return resource.Properties.RoleName;
  }
}

/** The roles among the resources, as IAM registers them. */
export function rolesOf(resources: z.output<typeof Resources>, place: Place): RoleDefinition[] {
  return Object.values(resources).flatMap((resource) => {
    if (resource.Type !== 'AWS::IAM::Role') return [];
    const { AssumeRolePolicyDocument, Policies, MaxSessionDuration } = resource.Properties;
    return [
      {
        arn: arnOf(resource, place),
        trustPolicy: AssumeRolePolicyDocument,
        policies: Policies.map(({ PolicyDocument }) => PolicyDocument),
        ...(MaxSessionDuration === undefined ? {} : { maxSessionSeconds: MaxSessionDuration }),
      },
    ];
  });
}

/** The attributes of a queue as CreateQueue takes them: text, redrive policy as JSON. */
export function queueAttributes(
  properties: Readonly<Record<string, unknown>>,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(properties)
      .filter(([name]) => name !== 'QueueName' && name !== 'Tags')
      .map(([name, value]) => [
        name,
        typeof value === 'object' ? JSON.stringify(value) : String(value),
      ]),
  );
}
