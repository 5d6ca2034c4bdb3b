import { readFile } from 'node:fs/promises';
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { readDeployment } from '../sandbox/deployment/deployment.ts';
import { ESTATE } from '../sandbox/estate/company.ts';
import { type HttpRequest, httpApiEvent } from '../sandbox/functions/api-gateway.ts';
import { signature } from '../sandbox/slack/delivery/bot.ts';
import { APP, TEAM } from '../sandbox/slack/workspace.ts';

export const SIGNING_SECRET = 'bench-signing-secret';

const TEMPLATE = new URL('../serverless.yml', import.meta.url);

/** What serverless.yml deploys, with simulated AWS at `awsUrl`. */
export async function deploymentAt(awsUrl: string) {
  const place = { account: ESTATE.hubAccount, region: ESTATE.hubRegion, awsUrl };
  return readDeployment(await readFile(TEMPLATE, 'utf8'), place, {
    organizationId: 'o-sandbox0001',
  });
}

/** The environment that Lambda would give functions/slack, and nothing of this process's own. */
export async function slackEnvironment(options: {
  readonly awsUrl: string;
  readonly extensionPort: number;
  readonly credentials?: Readonly<Record<string, string>>;
}): Promise<Record<string, string>> {
  const { functions, place } = await deploymentAt(options.awsUrl);
  const { environment } = functions.find(({ name }) => name === 'slack') ?? {};
  return {
    ...environment,
    AWS_ENDPOINT_URL: options.awsUrl,
    AWS_REGION: place.region,
    AWS_LAMBDA_FUNCTION_NAME: 'quartermaster-bench-slack',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_SESSION_TOKEN: 'bench',
    ...options.credentials,
    PARAMETERS_SECRETS_EXTENSION_HTTP_PORT: String(options.extensionPort),
    TZ: ':UTC',
  };
}

/** `/license usage` as Slack sends it now; every one is another request. */
export function usageCommand(id: number): HttpRequest {
  const body = new URLSearchParams({
    team_id: TEAM.id,
    team_domain: TEAM.domain,
    channel_id: 'C0LICENSES',
    channel_name: 'licenses',
    user_id: 'U0REQUEST1',
    user_name: 'requester',
    command: '/license',
    text: 'usage',
    api_app_id: APP.id,
    is_enterprise_install: 'false',
    response_url: 'https://hooks.slack.com/commands/T0QUARTER1/1/bench',
    trigger_id: `bench.${process.pid}.${id}`,
  }).toString();
  const timestamp = String(Math.floor(Date.now() / 1000));
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': signature(SIGNING_SECRET, timestamp, body),
  };
  return { method: 'POST', path: '/slack/events', headers, body: Buffer.from(body) };
}

/** The same as API Gateway hands it to the function. */
export function usageEvent(id: number): APIGatewayProxyEventV2 {
  return httpApiEvent(usageCommand(id), ESTATE.hubAccount, Date.now());
}
