import { randomUUID } from 'node:crypto';
import type { Iam } from '../iam/iam.ts';
import type { Principal } from '../iam/principal.ts';
import { administrator } from '../iam/principal.ts';
import { protocolsOf } from './choose-protocol.ts';
import type { AwsSandbox } from './exchange.ts';
import { fromJson, toJson } from './json.ts';
import { perform } from './perform.ts';
import { redact } from './redact.ts';
import type { AwsService, CallContext } from './service.ts';
import { AwsError } from './service.ts';

/** A call that somebody makes without a client, as POST /sandbox/aws takes it; `input` as the AWS CLI's JSON. */
export interface DirectCall {
  readonly service: string;
  readonly operation: string;
  readonly input: unknown;
  /** The hub account unless said otherwise. */
  readonly account?: string;
  readonly region?: string;
  /** The ARN of a role; the account's administrator unless said otherwise. */
  readonly principal?: string;
}

const HUB_REGION = 'us-east-1';

/** Plays the call and records it; faults do not hit it. @throws {AwsError} as AWS would answer. */
export async function callDirectly(
  sandbox: AwsSandbox,
  services: readonly AwsService[],
  request: DirectCall,
): Promise<unknown> {
  const service = services.find(({ endpointName }) => endpointName === request.service);
  const operation = service?.api.operation(request.operation) ?? null;
  if (service === undefined || operation === null) {
    const message = `The sandbox knows no operation ${request.service}:${request.operation}.`;
    throw new AwsError('InvalidAction', message);
  }
  const principal = principalOf(request, sandbox.iam);
  const context = {
    service: request.service,
    operation: request.operation,
    account: principal.account,
    region: request.region ?? HUB_REGION,
    principal,
    requestId: randomUUID(),
  };
  const input = fromJson(operation.input, request.input ?? {});
  const recordedInput = redact(operation.input, input);
  try {
    const output = await play(sandbox, service, input, context);
    record(sandbox, context, recordedInput, 200);
    return output;
  } catch (error) {
    const status = error instanceof AwsError ? (error.status ?? 400) : 500;
    record(sandbox, context, recordedInput, status);
    throw error;
  }
}

function principalOf({ account, principal }: DirectCall, iam: Iam): Principal {
  if (principal === undefined) return administrator(account ?? iam.hubAccount);
  if (iam.role(principal) === null) {
    throw new AwsError('NoSuchEntity', `The sandbox has no role ${principal}.`, { status: 404 });
  }
  return iam.rolePrincipal(principal, { sessionName: 'sandbox' });
}

/** An answer that would not fit on the wire is refused here as well. */
async function play(
  { iam }: AwsSandbox,
  service: AwsService,
  input: unknown,
  context: CallContext,
): Promise<unknown> {
  const [protocol] = protocolsOf(service.api).values();
  const family = protocol?.family ?? 'json';
  const output = (await perform(service, input, context, { iam, family })) ?? {};
  const shape = service.api.operation(context.operation)?.output;
  if (shape !== undefined) toJson(shape, output);
  return output;
}

function record(
  { calls, clock }: AwsSandbox,
  { service, operation, account, region }: CallContext,
  input: unknown,
  status: number,
): void {
  const at = new Date(clock.now()).toISOString();
  calls.record({ at, service, operation, account, region, input, status });
}
