import type { Caller, HttpRequest, HttpResponse } from '../../functions/api-gateway.ts';
import { gatewayError } from '../../functions/api-gateway.ts';
import type { Iam } from '../iam/iam.ts';
import type { Principal } from '../iam/principal.ts';
import { authenticate } from '../wire/authenticate.ts';
import type { AwsSandbox } from '../wire/exchange.ts';
import { AwsError } from '../wire/service.ts';
import type { SignedRequest, SignedScope } from '../wire/signature.ts';
import type { WireReply } from '../wire/wire-protocol.ts';

/** The deployed HTTP API, behind its IAM authorizer. */
export interface HttpApi {
  readonly region: string;
  /** Whether there is a route for it. */
  serves(request: Pick<HttpRequest, 'method' | 'path'>): boolean;
  call(request: HttpRequest, caller: Caller): Promise<HttpResponse>;
}

/** Id of the only HTTP API of the sandbox. */
const API_ID = 'sandbox';
const STAGE = '$default';

/**
 * Answers a request that is signed for `execute-api` as API Gateway does: whom IAM lets invoke the
 * route reaches the function, everybody else reads that it is forbidden, and not why.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control-iam.html
 */
export async function callHttpApi(
  sandbox: AwsSandbox,
  api: HttpApi,
  scope: SignedScope,
  signed: SignedRequest,
): Promise<WireReply> {
  const [path = '', query = ''] = signed.target.split('?');
  const request = {
    method: signed.method,
    path,
    query,
    headers: singleHeaders(signed.headers),
    body: signed.body,
  };
  const { principal, response } = await answered(sandbox, api, scope, signed, request);
  sandbox.calls.record({
    at: new Date(sandbox.clock.now()).toISOString(),
    service: 'execute-api',
    operation: `${request.method} ${path}`,
    account: principal?.account ?? '',
    region: scope.region,
    input: null,
    status: response.status,
  });
  return response;
}

async function answered(
  { iam }: AwsSandbox,
  api: HttpApi,
  scope: SignedScope,
  signed: SignedRequest,
  request: HttpRequest,
): Promise<{ readonly principal: Principal | null; readonly response: HttpResponse }> {
  const principal = signedBy(iam, scope, signed);
  if (principal === null) return { principal, response: gatewayError(403, 'Forbidden') };
  if (!api.serves(request)) return { principal, response: gatewayError(404, 'Not Found') };
  if (scope.region !== api.region || !mayInvoke(iam, principal, api.region, request)) {
    return { principal, response: gatewayError(403, 'Forbidden') };
  }
  const { account: accountId, arn: userArn, userId } = principal;
  const caller = { accessKeyId: scope.accessKeyId, accountId, userArn, userId };
  return { principal, response: await api.call(request, caller) };
}

function signedBy(iam: Iam, scope: SignedScope, signed: SignedRequest): Principal | null {
  try {
    return authenticate(iam, 'rest', scope, signed);
  } catch (error) {
    if (error instanceof AwsError) return null;
    throw error;
  }
}

/** HTTP APIs have no resource policy: only principals of their own account can be let in. */
function mayInvoke(
  iam: Iam,
  principal: Principal,
  region: string,
  { method, path }: HttpRequest,
): boolean {
  if (principal.account !== iam.hubAccount) return false;
  const resource = `arn:aws:execute-api:${region}:${iam.hubAccount}:${API_ID}/${STAGE}/${method}${path}`;
  const authorization = { action: 'execute-api:Invoke', resource };
  return iam.evaluate(principal, authorization, region).outcome === 'allowed';
}

function singleHeaders(headers: SignedRequest['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]): [string, string][] =>
      value === undefined ? [] : [[name, [value].flat().join(',')]],
    ),
  );
}
