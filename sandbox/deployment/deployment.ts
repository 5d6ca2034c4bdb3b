import { z } from 'zod';
import type { Rule } from '../aws/events/buses.ts';
import type { RoleDefinition } from '../aws/iam/iam.ts';
import {
  FunctionDefinition,
  type QueueSource,
  queuesOf,
  type Route,
  routesOf,
  type ScheduleSource,
  schedulesOf,
} from './function-events.ts';
import {
  arnOf,
  NamedResources,
  type Place,
  queueAttributes,
  Resources,
  refOf,
  rolesOf,
  rulesOf,
} from './resources.ts';
import { parseTemplate, resolveTemplate } from './template.ts';

/** A function to run: what Lambda would be told. */
export interface DeployedFunction {
  readonly name: string;
  /** As in AWS_LAMBDA_FUNCTION_NAME. */
  readonly functionName: string;
  readonly roleArn: string;
  readonly timeoutMs: number;
  readonly memoryMb: number;
  readonly environment: Readonly<Record<string, string>>;
  readonly routes: readonly Route[];
  readonly queues: readonly QueueSource[];
  readonly schedules: readonly ScheduleSource[];
}

/** The stack of the hub account, read from serverless.yml. */
export interface Deployment {
  readonly place: Place;
  readonly organizationId: string;
  readonly externalId: string;
  readonly functions: readonly DeployedFunction[];
  readonly tables: readonly Readonly<Record<string, unknown>>[];
  readonly queues: readonly {
    readonly arn: string;
    readonly attributes: Readonly<Record<string, string>>;
  }[];
  readonly roles: readonly RoleDefinition[];
  readonly rules: readonly Rule[];
}

const Service = z.object({
  service: z.string(),
  params: z.object({ default: z.record(z.string(), z.coerce.string()) }),
  resources: z.object({ Resources: NamedResources }),
});

const Resolved = z.object({
  provider: z.object({
    memorySize: z.number(),
    timeout: z.number(),
    environment: z.record(z.string(), z.coerce.string()),
  }),
  functions: z.record(z.string(), FunctionDefinition),
  resources: z.object({ Resources }),
});

/** Reads serverless.yml as `osls deploy --param` would deploy it to `place`. @throws when it names what is not there */
export function readDeployment(
  text: string,
  place: Place,
  given: Readonly<Record<string, string>> = {},
): Deployment {
  const template = parseTemplate(text);
  const { service, params, resources: named } = Service.parse(template);
  const param = (name: string) => known({ ...params.default, ...given }, name, 'a param');
  const names = { param, ...stackNames(named.Resources, place) };
  // Outputs name the HTTP API, which the sandbox is itself.
  const { provider, functions, resources } = Resolved.parse(
    resolveTemplate(withoutOutputs(template), names),
  );
  return {
    place,
    organizationId: param('organizationId'),
    externalId: param('externalId'),
    functions: Object.entries(functions).map(([name, definition]) => ({
      name,
      functionName: `${service}-dev-${name}`,
      roleArn: definition.role,
      timeoutMs: (definition.timeout ?? provider.timeout) * 1000,
      memoryMb: definition.memorySize ?? provider.memorySize,
      environment: { ...provider.environment, ...definition.environment },
      routes: routesOf(definition.events),
      queues: queuesOf(definition.events),
      schedules: schedulesOf(definition.events),
    })),
    tables: Object.values(resources.Resources).flatMap((resource) =>
      resource.Type === 'AWS::DynamoDB::Table' ? [resource.Properties] : [],
    ),
    queues: Object.values(resources.Resources).flatMap((resource) =>
      resource.Type === 'AWS::SQS::Queue'
        ? [{ arn: arnOf(resource, place), attributes: queueAttributes(resource.Properties) }]
        : [],
    ),
    roles: rolesOf(resources.Resources, place),
    rules: rulesOf(resources.Resources),
  };
}

const MemberStack = z.object({
  Parameters: z.record(z.string(), z.looseObject({ Default: z.string().optional() })),
  Resources: z.record(z.string(), z.looseObject({ Properties: z.looseObject({}) })),
});

/** What a template below deploy/ makes in one account and Region. */
export function readMemberStack(
  text: string,
  place: Place,
  parameters: Readonly<Record<string, string>>,
): { readonly roles: readonly RoleDefinition[]; readonly rules: readonly Rule[] } {
  const template = parseTemplate(text);
  const stack = MemberStack.parse(template);
  const given = (name: string) => parameters[name] ?? stack.Parameters[name]?.Default;
  const param = (name: string) => known(parameters, name, 'a param');
  const own = stackNames({}, place);
  const named = withNames(stack.Resources, {
    ...own,
    param,
    ref: (name) => given(name) ?? own.ref(name),
  });
  const { ref, attribute } = stackNames(NamedResources.parse(named), place);
  const names = { param, ref: (name: string) => given(name) ?? ref(name), attribute };
  const resolved = z.object({ Resources }).parse(resolveTemplate(template, names));
  return { roles: rolesOf(resolved.Resources, place), rules: rulesOf(resolved.Resources) };
}

/** The roles that deploy/member-account.yml makes in one account. */
export function readMemberRoles(
  text: string,
  place: Place,
  parameters: Readonly<Record<string, string>>,
): readonly RoleDefinition[] {
  return readMemberStack(text, place, parameters).roles;
}

/** Names of resources may be made from the Region; nothing else has to be known for that. */
function withNames(
  resources: z.output<typeof MemberStack>['Resources'],
  names: Parameters<typeof resolveTemplate>[1],
): unknown {
  return Object.fromEntries(
    Object.entries(resources).map(([id, { Properties, ...rest }]) => {
      const named = Object.entries(Properties).map(([member, value]) =>
        /^(Role|Queue)?Name$/.test(member)
          ? [member, resolveTemplate(value, names)]
          : [member, value],
      );
      return [id, { ...rest, Properties: Object.fromEntries(named) }];
    }),
  );
}

function stackNames(resources: z.output<typeof NamedResources>, place: Place) {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': place.account,
    'AWS::Partition': 'aws',
    'AWS::Region': place.region,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  return {
    ref: (name: string) => pseudo[name] ?? refOf(known(resources, name, '!Ref'), place),
    attribute(path: string) {
      const [name = '', attribute] = path.split('.');
      if (attribute !== 'Arn') throw new Error(`The sandbox knows only .Arn, not !GetAtt ${path}.`);
      return arnOf(known(resources, name, '!GetAtt'), place);
    },
  };
}

function known<Value>(table: Readonly<Record<string, Value>>, name: string, how: string): Value {
  const value = table[name];
  if (value === undefined) throw new Error(`The template has no ${name}, which ${how} names.`);
  return value;
}

function withoutOutputs(template: unknown): unknown {
  const { resources, ...rest } = z.looseObject({ resources: z.looseObject({}) }).parse(template);
  const { Outputs: _, ...kept } = resources;
  return { ...rest, resources: kept };
}
