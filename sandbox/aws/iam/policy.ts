import { z } from 'zod';
import type { Condition } from './condition.ts';
import { compileCondition } from './condition.ts';
import { arnPattern, wildcard } from './pattern.ts';
import type { Principal } from './principal.ts';

/** A statement, ready to be asked. */
export interface Statement {
  readonly sid: string | null;
  readonly effect: 'Allow' | 'Deny';
  coversAction(action: string): boolean;
  coversResource(resource: string): boolean;
  /** Trust policies only: whom the statement is about. `service` is e.g. `lambda.amazonaws.com`. */
  coversPrincipal(principal: Principal | { readonly service: string }): boolean;
  readonly condition: Condition;
}

export type Policy = readonly Statement[];

/** IAM writes one value or a list of them. */
const oneOrMore = <Item extends z.ZodType>(item: Item) =>
  z.preprocess((value) => (Array.isArray(value) ? value : [value]), z.array(item).min(1));

const Text = z
  .string()
  .min(1)
  .refine((text) => !text.includes('${'), {
    error: 'The sandbox does not evaluate policy variables.',
  });
const Texts = oneOrMore(Text);
const Action = oneOrMore(z.string().regex(/^(\*|[a-z0-9-]+:[A-Za-z0-9*?]+)$/));
const ConditionValue = z.union([Text, z.number().transform(String), z.boolean().transform(String)]);
const PrincipalElement = z.union([
  z.literal('*').transform(() => ({ AWS: ['*'], Service: [] })),
  z.strictObject({ AWS: Texts.default([]), Service: Texts.default([]) }),
]);

const StatementElement = z
  .strictObject({
    Sid: z.string().optional(),
    Effect: z.enum(['Allow', 'Deny']),
    Principal: PrincipalElement.optional(),
    Action: Action.optional(),
    NotAction: Action.optional(),
    Resource: Texts.optional(),
    NotResource: Texts.optional(),
    Condition: z.record(z.string(), z.record(z.string(), oneOrMore(ConditionValue))).default({}),
  })
  .refine((statement) => (statement.Action === undefined) !== (statement.NotAction === undefined), {
    error: 'A statement has either Action or NotAction.',
  });

const kinds = {
  permissions: StatementElement.refine(
    ({ Principal, Resource, NotResource }) =>
      Principal === undefined && (Resource === undefined) !== (NotResource === undefined),
    { error: 'A permissions statement has either Resource or NotResource, and no Principal.' },
  ),
  trust: StatementElement.refine(
    ({ Principal, Resource, NotResource }) =>
      Principal !== undefined && Resource === undefined && NotResource === undefined,
    { error: 'A trust statement has a Principal and no Resource.' },
  ),
};

/**
 * Reads a policy document given as plain JSON.
 *
 * @throws {TypeError} when AWS would refuse the document, or when it uses what the sandbox does not evaluate.
 */
export function parsePolicy(document: unknown, kind: keyof typeof kinds): Policy {
  const parsed = z
    .strictObject({
      Version: z.literal('2012-10-17'),
      Id: z.string().optional(),
      Statement: oneOrMore(kinds[kind]),
    })
    .safeParse(document);
  if (!parsed.success) throw new TypeError(`Malformed policy: ${z.prettifyError(parsed.error)}`);
  return parsed.data.Statement.map(compile);
}

function compile(element: z.output<typeof StatementElement>): Statement {
  const actions = (element.Action ?? element.NotAction ?? []).map((action) =>
    wildcard(action, { ignoreCase: true }),
  );
  const resources = (element.Resource ?? element.NotResource ?? ['*']).map(arnPattern);
  const principals = element.Principal ?? { AWS: [], Service: [] };
  const notAction = element.NotAction !== undefined;
  const notResource = element.NotResource !== undefined;
  return {
    sid: element.Sid ?? null,
    effect: element.Effect,
    coversAction: (action) => actions.some((matches) => matches(action)) !== notAction,
    coversResource: (resource) => resources.some((matches) => matches(resource)) !== notResource,
    coversPrincipal: (principal) =>
      'service' in principal
        ? principals.Service.includes(principal.service)
        : principals.AWS.some((trusted) => isTrusted(trusted, principal)),
    condition: compileCondition(element.Condition),
  };
}

/** An account trusts everybody in it; otherwise the role, or the exact session or user. */
function isTrusted(trusted: string, principal: Principal): boolean {
  const account = /^(?:arn:aws:iam::)?(\d{12})(?::root)?$/.exec(trusted)?.[1];
  if (account !== undefined) return account === principal.account;
  return trusted === '*' || trusted === principal.arn || trusted === principal.roleArn;
}
