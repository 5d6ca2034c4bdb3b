import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { createIam } from '../../sandbox/aws/iam/iam.ts';
import type { Authorization } from '../../sandbox/aws/wire/service.ts';
import { createClock } from '../../sandbox/clock.ts';
import { readDeployment, readMemberRoles } from '../../sandbox/deployment/deployment.ts';

export const HUB = '111122223333';
export const MEMBER = '222233334444';
export const REGION = 'us-east-1';
export const TABLE = `arn:aws:dynamodb:${REGION}:${HUB}:table/quartermaster`;
export const EXTERNAL_ID = 'external-id-1';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const place = { account: HUB, region: REGION, awsUrl: 'http://127.0.0.1:4566' };
const given = { organizationId: 'o-sandbox0001', externalId: EXTERNAL_ID };
const deployment = readDeployment(read('serverless.yml'), place, given);
const rolesIn = (account: string) =>
  readMemberRoles(
    read('deploy/member-account.yml'),
    { ...place, account },
    { HubAccountId: HUB, ExternalId: EXTERNAL_ID },
  );
const member = rolesIn(MEMBER);

const iam = createIam({ hubAccount: HUB, clock: createClock(), organizationId: 'o-sandbox0001' });
const definitions = [...deployment.roles, ...member];
for (const definition of [...definitions, ...rolesIn(HUB)]) iam.registerRole(definition);

export const FUNCTIONS: readonly string[] = deployment.functions.map(({ name }) => name);

/** What each function runs as, by the function's name, and the two roles of a member account. */
export const ROLES: ReadonlyMap<string, string> = new Map([
  ...deployment.functions.map(({ name, roleArn }) => [name, roleArn] as const),
  ['read', `arn:aws:iam::${MEMBER}:role/quartermaster-read`],
  ['start', `arn:aws:iam::${MEMBER}:role/quartermaster-launch`],
]);

const Document = z.object({
  Statement: z.array(
    z.object({
      Effect: z.enum(['Allow', 'Deny']),
      Action: z.union([z.string().transform((action) => [action]), z.array(z.string())]),
      Resource: z.union([z.string().transform((arn) => [arn]), z.array(z.string())]),
    }),
  ),
});

/** Every statement that grants a role something. */
export function grants(who: string) {
  const definition = definitions.find(({ arn }) => arn === ROLES.get(who));
  return (definition?.policies ?? [])
    .flatMap((policy) => Document.parse(policy).Statement)
    .filter(({ Effect }) => Effect === 'Allow');
}

/** Whether a role may do something, by its own policies. */
export function may(who: string, authorization: Authorization): boolean {
  const principal = iam.rolePrincipal(ROLES.get(who) ?? '', { sessionName: 'test' });
  return iam.evaluate(principal, authorization, REGION).outcome === 'allowed';
}

/** Whether the read role of an account may do something there. */
export function mayRead(account: string, action: string): boolean {
  const arn = `arn:aws:iam::${account}:role/quartermaster-read`;
  const principal = iam.rolePrincipal(arn, { sessionName: 'test' });
  return iam.evaluate(principal, { action, resource: '*' }, REGION).outcome === 'allowed';
}

/** Whether a member account's role lets a function in. */
export function lets(
  role: 'read' | 'start',
  who: string,
  action: string,
  conditions: Readonly<Record<string, string>>,
): boolean {
  const principal = iam.rolePrincipal(ROLES.get(who) ?? '', { sessionName: 'test' });
  return iam.trusts(principal, { action, resource: ROLES.get(role) ?? '', conditions }, REGION);
}

/** Whether a role may touch an item of the table, or an index, by its partition key. */
export function mayTouch(
  who: string,
  action: string,
  keys: readonly string[],
  index?: string,
): boolean {
  return may(who, {
    action: `dynamodb:${action}`,
    resource: index === undefined ? TABLE : `${TABLE}/index/${index}`,
    conditions: { 'dynamodb:LeadingKeys': keys },
  });
}
