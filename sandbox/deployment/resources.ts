import { z } from 'zod';
import type { Rule } from '../aws/events/buses.ts';
import { EventPattern } from '../aws/events/pattern.ts';
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

const EventBus = z.object({
  Type: z.literal('AWS::Events::EventBus'),
  Properties: z.strictObject({ Name: z.string() }),
});

const EventRule = z.object({
  Type: z.literal('AWS::Events::Rule'),
  Properties: z.strictObject({
    Name: z.string(),
    EventBusName: z.string().default('default'),
    EventPattern,
    Targets: z.array(
      z.strictObject({
        Id: z.string(),
        Arn: z.string(),
        RoleArn: z.string().nullable().default(null),
        DeadLetterConfig: z.strictObject({ Arn: z.string() }),
      }),
    ),
  }),
});

/** Who may put something into a bus or queue: read by tests of the template, not by the simulators. */
const ResourcePolicy = z.object({
  Type: z.enum(['AWS::Events::EventBusPolicy', 'AWS::SQS::QueuePolicy']),
  Properties: z.looseObject({}),
});

/** The resources of a template that the sandbox creates; any other type is refused, not ignored. */
export const Resources = z.record(
  z.string(),
  z.discriminatedUnion('Type', [Queue, Table, Role, EventBus, EventRule, ResourcePolicy]),
);

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
    z.looseObject({
      Type: z.enum(['AWS::Events::EventBus', 'AWS::Events::Rule']),
      Properties: z.looseObject({ Name: z.string() }),
    }),
    ResourcePolicy,
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
    case 'AWS::Events::EventBus':
      return `arn:aws:events:${region}:${account}:event-bus/${resource.Properties.Name}`;
    case 'AWS::Events::Rule':
      return `arn:aws:events:${region}:${account}:rule/${resource.Properties.Name}`;
    case 'AWS::Events::EventBusPolicy':
    case 'AWS::SQS::QueuePolicy':
      throw new Error(`A resource of type ${resource.Type} has no ARN.`);
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
    case 'AWS::Events::EventBus':
    case 'AWS::Events::Rule':
      return resource.Properties.Name;
    case 'AWS::Events::EventBusPolicy':
    case 'AWS::SQS::QueuePolicy':
      throw new Error(`A resource of type ${resource.Type} has no name to refer to.`);
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

/** The rules among the resources, as EventBridge matches them. */
export function rulesOf(resources: z.output<typeof Resources>): Rule[] {
  return Object.values(resources).flatMap((resource) => {
    if (resource.Type !== 'AWS::Events::Rule') return [];
    const { Name: name, EventBusName: bus, EventPattern: pattern, Targets } = resource.Properties;
    const targets = Targets.map(({ Arn: arn, RoleArn: roleArn }) => ({ arn, roleArn }));
    return [{ name, bus, pattern, targets }];
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
