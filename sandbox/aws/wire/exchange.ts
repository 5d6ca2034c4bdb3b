import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CallLog, RecordedCall } from '../../call-log.ts';
import type { Clock } from '../../clock.ts';
import type { Fault, FaultPlan } from '../../faults.ts';
import type { Iam } from '../iam/iam.ts';
import type { ApiOperation } from './api.ts';
import { authenticate } from './authenticate.ts';
import { faultError } from './fault-errors.ts';
import { perform } from './perform.ts';
import { redact } from './redact.ts';
import { refusal } from './refusals.ts';
import type { AwsService, CallContext } from './service.ts';
import { AwsError } from './service.ts';
import type { SignedRequest, SignedScope } from './signature.ts';
import type { WireProtocol, WireReply } from './wire-protocol.ts';

/** What every call is played against. */
export interface AwsSandbox {
  readonly iam: Iam;
  readonly clock: Clock;
  readonly calls: CallLog;
  readonly faults: FaultPlan;
}

/** A request that has reached a service in one of its protocols. */
export interface Arrival {
  readonly service: AwsService;
  readonly protocol: WireProtocol;
  readonly scope: SignedScope;
  readonly request: SignedRequest;
}

interface Call {
  readonly operation: ApiOperation;
  readonly input: unknown;
  readonly context: CallContext;
}

/** Answers one request and records it; null means that the connection is dropped without an answer. */
export async function exchange(sandbox: AwsSandbox, arrival: Arrival): Promise<WireReply | null> {
  const requestId = randomUUID();
  const recorded = emptyRecord(sandbox.clock, arrival);
  try {
    const call = prepare(sandbox, arrival, requestId, recorded);
    const fault = sandbox.faults.next(arrival.service.endpointName, call.operation.name);
    if (fault?.effect === 'lose_request') return null;
    if (fault?.effect === 'delay') await sleep(fault.ms ?? 1000);
    const reply = await settle(sandbox, arrival, call, fault);
    recorded.status = reply.status;
    return fault?.effect === 'lose_response' ? null : reply;
  } catch (error) {
    const reply = refuse(arrival.protocol, error, requestId);
    recorded.status = reply.status;
    return reply;
  } finally {
    sandbox.calls.record(recorded);
  }
}

function emptyRecord(clock: Clock, { service, scope }: Arrival): RecordedCall {
  return {
    at: new Date(clock.now()).toISOString(),
    service: service.endpointName,
    operation: '',
    account: '',
    region: scope.region,
    input: null,
    status: 0,
  };
}

/** Reads the call and who makes it, filling in the record as far as it gets. */
function prepare(
  { iam }: AwsSandbox,
  { service, protocol, scope, request }: Arrival,
  requestId: string,
  recorded: RecordedCall,
): Call {
  const { family } = protocol;
  const body = Buffer.from(request.body).toString('utf8');
  const { method, headers, target } = request;
  const [path = ''] = target.split('?');
  const wireCall = protocol.read({ method, path, headers, body });
  recorded.operation = wireCall.operation;
  const principal = authenticate(iam, family, scope, request);
  recorded.account = principal.account;
  const operation = service.api.operation(wireCall.operation);
  if (operation === null) {
    const message = `The action ${wireCall.operation} is not valid for this web service.`;
    throw refusal('unknownOperation', family, message);
  }
  const input = wireCall.input(operation.input);
  recorded.input = redact(operation.input, input);
  const context = {
    service: service.endpointName,
    operation: operation.name,
    account: principal.account,
    region: scope.region,
    principal,
    requestId,
  };
  return { operation, input, context };
}

async function settle(
  sandbox: AwsSandbox,
  { service, protocol }: Arrival,
  { operation, input, context }: Call,
  fault: Fault | null,
): Promise<WireReply> {
  if (fault?.effect === 'error' || fault?.effect === 'throttle') throw faultError(fault);
  const { family } = protocol;
  const output = await perform(service, input, context, { iam: sandbox.iam, family });
  return protocol.answer(operation, output, context.requestId);
}

/** AWS's own errors as AWS words them; anything else is loud, because it is a fault of the sandbox. */
function refuse(protocol: WireProtocol, error: unknown, requestId: string): WireReply {
  try {
    if (error instanceof AwsError) return protocol.refuse(error, requestId);
    return protocol.refuse(simulatorFailure(error), requestId);
  } catch (bug) {
    return protocol.refuse(simulatorFailure(bug), requestId);
  }
}

function simulatorFailure(error: unknown): AwsError {
  const detail = error instanceof Error ? error.stack : String(error);
  return new AwsError('SimulatorFailure', `The sandbox failed: ${detail}`, { status: 500 });
}
