import { createHash } from 'node:crypto';
import type { Clock } from '../../clock.ts';
import type { Authorization } from '../wire/service.ts';
import type { ConditionContext } from './condition.ts';
import { conditionContext } from './condition.ts';
import type { Decision } from './evaluate.ts';
import { evaluate } from './evaluate.ts';
import type { Policy } from './policy.ts';
import { parsePolicy } from './policy.ts';
import type { Principal } from './principal.ts';
import type { Credentials, Sessions } from './sessions.ts';
import { createSessions } from './sessions.ts';

/** A role as it is deployed; policy documents are plain JSON. */
export interface RoleDefinition {
  /** `arn:aws:iam::<account>:role/<path and name>` */
  readonly arn: string;
  readonly trustPolicy: unknown;
  readonly policies: readonly unknown[];
  /** Longest session in seconds, 1 to 12 hours; 1 hour unless set. */
  readonly maxSessionSeconds?: number;
}

export interface Role {
  readonly arn: string;
  readonly account: string;
  readonly name: string;
  /** Unique id, `AROA…`. */
  readonly id: string;
  readonly trust: Policy;
  readonly policies: readonly Policy[];
  readonly maxSessionSeconds: number;
}

/** What a session of a role starts with. */
export interface SessionSettings {
  readonly sessionName: string;
  readonly sourceIdentity?: string | null;
  /** A policy document as plain JSON. */
  readonly sessionPolicy?: unknown;
}

/** The organization's roles, credentials and service control policies. */
export interface Iam {
  /** The account that unknown access keys administer. */
  readonly hubAccount: string;
  readonly sessions: Sessions;
  /** Adds or replaces a role. @throws {TypeError} for a policy that AWS or the sandbox does not understand. */
  registerRole(definition: RoleDefinition): void;
  role(arn: string): Role | null;
  /** Attaches an SCP to one account, or with `*` to all but the management account. */
  attachServiceControlPolicy(target: string, document: unknown): void;
  /** Takes back the attachment of a document to a target. @returns whether there was one */
  detachServiceControlPolicy(target: string, document: unknown): boolean;
  /** The principal that a session of this role acts as. @throws {TypeError} for an unknown role. */
  rolePrincipal(roleArn: string, settings: SessionSettings): Principal;
  /** Credentials by which a service, e.g. `lambda.amazonaws.com`, runs something as a role that trusts it. They do not expire. */
  issueToService(roleArn: string, service: string, sessionName: string): Credentials;
  /** Whether the trust policy of the role that is the resource lets the principal do this; false for an unknown role. */
  trusts(principal: Principal, authorization: Authorization, region: string): boolean;
  /** Whether the principal may by its own policies and the organization's; `region` is where the call arrives. */
  evaluate(principal: Principal, authorization: Authorization, region: string): Decision;
}

const FULL_ACCESS = parsePolicy(
  { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: '*', Resource: '*' } },
  'permissions',
);

interface IamOptions {
  readonly hubAccount: string;
  readonly clock: Clock;
  readonly organizationId?: string;
  /** SCPs do not reach it. */
  readonly managementAccount?: string;
}

/** An organization without roles: only administrators and SCPs count. */
export function createIam(options: IamOptions): Iam {
  const { hubAccount, clock, organizationId = 'o-sandbox0001', managementAccount } = options;
  const roles = new Map<string, Role>();
  let controls: { target: string; document: unknown; policy: Policy }[] = [];
  const sessions = createSessions(clock);

  function organizationPolicies(account: string): readonly Policy[] {
    if (account === managementAccount) return [];
    const attached = controls
      .filter(({ target }) => target === '*' || target === account)
      .map(({ policy }) => policy);
    const allows = attached.some((policy) => policy.some(({ effect }) => effect === 'Allow'));
    // AWS attaches FullAWSAccess itself; a company that allows by list replaces it.
    return allows ? attached : [FULL_ACCESS, ...attached];
  }

  return {
    hubAccount,
    sessions,
    registerRole(definition) {
      roles.set(definition.arn, parseRole(definition));
    },
    role: (arn) => roles.get(arn) ?? null,
    attachServiceControlPolicy(target, document) {
      controls.push({ target, document, policy: parsePolicy(document, 'permissions') });
    },
    detachServiceControlPolicy(target, document) {
      const before = controls.length;
      controls = controls.filter(
        (control) => control.target !== target || control.document !== document,
      );
      return controls.length < before;
    },
    rolePrincipal: (roleArn, settings) => principalOf(requireRole(roles, roleArn), settings),
    issueToService(roleArn, service, sessionName) {
      const role = requireRole(roles, roleArn);
      if (!trusts(role, { service }, 'sts:AssumeRole', new Map())) {
        throw new TypeError(`The trust policy of ${roleArn} does not let ${service} assume it.`);
      }
      return sessions.issue(principalOf(role, { sessionName }), null);
    },
    trusts(principal, authorization, region) {
      const role = roles.get(authorization.resource);
      const context = contextOf(principal, authorization, { region, organizationId, clock });
      return role !== undefined && trusts(role, principal, authorization.action, context);
    },
    evaluate(principal, authorization, region) {
      const role = principal.roleArn === null ? null : requireRole(roles, principal.roleArn);
      return evaluate(
        {
          identity: role === null ? [FULL_ACCESS] : role.policies,
          session: principal.sessionPolicies,
          organization: organizationPolicies(principal.account),
        },
        {
          action: authorization.action,
          resource: authorization.resource,
          context: contextOf(principal, authorization, { region, organizationId, clock }),
        },
      );
    },
  };
}

/** Whether a role's trust policy lets this principal do the action on the role. Deny wins. */
function trusts(
  role: Role,
  principal: Principal | { readonly service: string },
  action: string,
  context: ConditionContext,
): boolean {
  const effects = role.trust
    .filter(
      (statement) =>
        statement.coversPrincipal(principal) &&
        statement.coversAction(action) &&
        statement.condition(context),
    )
    .map(({ effect }) => effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

function parseRole(definition: RoleDefinition): Role {
  const [, account, path] =
    /^arn:aws:iam::(\d{12}):role\/([\w+=,.@/-]+)$/.exec(definition.arn) ?? [];
  if (account === undefined || path === undefined) {
    throw new TypeError(`"${definition.arn}" is not the ARN of a role.`);
  }
  return {
    arn: definition.arn,
    account,
    name: path.split('/').at(-1) ?? path,
    id: `AROA${createHash('sha256').update(definition.arn).digest('hex').slice(0, 17).toUpperCase()}`,
    trust: parsePolicy(definition.trustPolicy, 'trust'),
    policies: definition.policies.map((document) => parsePolicy(document, 'permissions')),
    maxSessionSeconds: definition.maxSessionSeconds ?? 3600,
  };
}

function requireRole(roles: ReadonlyMap<string, Role>, arn: string): Role {
  const role = roles.get(arn);
  if (role === undefined) throw new TypeError(`No role ${arn} is registered.`);
  return role;
}

function principalOf(role: Role, settings: SessionSettings): Principal {
  const { sessionName, sourceIdentity = null, sessionPolicy } = settings;
  return {
    arn: `arn:aws:sts::${role.account}:assumed-role/${role.name}/${sessionName}`,
    account: role.account,
    userId: `${role.id}:${sessionName}`,
    roleArn: role.arn,
    sourceIdentity,
    sessionPolicies: sessionPolicy === undefined ? [] : [parsePolicy(sessionPolicy, 'permissions')],
  };
}

/** The global condition keys that AWS fills in for every call, under those of the call itself. */
function contextOf(
  principal: Principal,
  { resource, conditions = {} }: Authorization,
  call: { region: string; organizationId: string; clock: Clock },
): ConditionContext {
  const resourceAccount = resource.split(':')[4] ?? '';
  return conditionContext({
    'aws:PrincipalArn': principal.roleArn ?? principal.arn,
    'aws:PrincipalAccount': principal.account,
    'aws:PrincipalOrgID': call.organizationId,
    'aws:PrincipalType': principal.roleArn === null ? 'User' : 'AssumedRole',
    'aws:PrincipalIsAWSService': 'false',
    'aws:ViaAWSService': 'false',
    'aws:userid': principal.userId,
    'aws:RequestedRegion': call.region,
    'aws:CurrentTime': new Date(call.clock.now()).toISOString(),
    ...(principal.sourceIdentity !== null && { 'aws:SourceIdentity': principal.sourceIdentity }),
    ...(resourceAccount !== '' && {
      'aws:ResourceAccount': resourceAccount,
      'aws:ResourceOrgID': call.organizationId,
    }),
    ...conditions,
  });
}
