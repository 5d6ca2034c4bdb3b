import * as z from 'zod';
import { Scope } from '#domain/scope.ts';

const text = z.string().trim().min(1);

/** Settings of one function, parsed once per cold start, so that a bad deployment fails before its first user. */
export const Settings = z
  .object({
    TABLE_NAME: text,
    SLACK_TEAM_ID: text,
    SLACK_ENTERPRISE_ID: z.string().default(''),
    SLACK_APP_ID: text,
    SLACK_BOT_ID: text,
    SLACK_BOT_USER_ID: text,
    SLACK_API_URL: z.url().default('https://slack.com/api/'),
    SIGNING_SECRET_PARAMETER: text,
    BOT_TOKEN_PARAMETER: text,
    FIRST_ADMINISTRATORS: z.string().default(''),
    FIRST_SCOPES: z.string().default(''),
    HUB_SCOPE: z.string().default(''),
    AWS_ENDPOINT_URL: z.url().optional(),
    DECISIONS_QUEUE_URL: z.string().default(''),
    ANSWERS_QUEUE_URL: z.string().default(''),
    LAUNCHES_QUEUE_URL: z.string().default(''),
    COLLECTIONS_QUEUE_URL: z.string().default(''),
    OPTIMIZATIONS_QUEUE_URL: z.string().default(''),
    READ_ROLE_NAME: z.string().default(''),
    LAUNCH_ROLE_NAME: z.string().default(''),
    EXTERNAL_ID: z.string().default(''),
    PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: z.coerce.number().int().default(2773),
  })
  .transform((env) => ({
    table: env.TABLE_NAME,
    slack: {
      teamId: env.SLACK_TEAM_ID,
      /** `null` outside Enterprise Grid. */
      enterpriseId: env.SLACK_ENTERPRISE_ID === '' ? null : env.SLACK_ENTERPRISE_ID,
      appId: env.SLACK_APP_ID,
      botId: env.SLACK_BOT_ID,
      botUserId: env.SLACK_BOT_USER_ID,
      apiUrl: env.SLACK_API_URL,
    },
    parameters: {
      signingSecret: env.SIGNING_SECRET_PARAMETER,
      botToken: env.BOT_TOKEN_PARAMETER,
      port: env.PARAMETERS_SECRETS_EXTENSION_HTTP_PORT,
    },
    /** Slack user ids that administer until the first policy names administrators. */
    firstAdministrators: listOf(env.FIRST_ADMINISTRATORS),
    /** Accounts and Regions that are collected before a policy names any. */
    firstScopes: listOf(env.FIRST_SCOPES).map(scopeOf),
    /** The account and Region of the stack; `null` for a function that need not know. */
    hub: env.HUB_SCOPE === '' ? null : scopeOf(env.HUB_SCOPE),
    /** In place of AWS's own endpoints, for what is called without an SDK client, which reads it itself. */
    awsUrl: env.AWS_ENDPOINT_URL,
    queues: {
      decisions: env.DECISIONS_QUEUE_URL,
      answers: env.ANSWERS_QUEUE_URL,
      launches: env.LAUNCHES_QUEUE_URL,
      collections: env.COLLECTIONS_QUEUE_URL,
      optimizations: env.OPTIMIZATIONS_QUEUE_URL,
    },
    roles: { read: env.READ_ROLE_NAME, launch: env.LAUNCH_ROLE_NAME, externalId: env.EXTERNAL_ID },
  }));
export type Settings = z.output<typeof Settings>;

function listOf(commaSeparated: string): readonly string[] {
  return commaSeparated
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** `123456789012/us-east-1`. */
function scopeOf(text: string): Scope {
  const [account, region] = text.split('/');
  return Scope.parse({ account, region });
}
