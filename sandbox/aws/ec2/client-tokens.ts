import type { Instance, RunInstancesRequest } from '@aws-sdk/client-ec2';
import { AwsError } from '../wire/service.ts';
import type { Call } from './ec2.ts';

/**
 * The instances that an earlier call with the same token started; null when there was none.
 *
 * @throws IdempotentParameterMismatch when that call was not the same, IdempotentInstanceTerminated when nothing of it is left
 */
export function repeatedLaunch(call: Call, input: RunInstancesRequest): Instance[] | null {
  if ((input.ClientToken ?? '').length > 64) {
    throw new AwsError('InvalidClientToken', 'The client token is longer than 64 characters.');
  }
  const use = call.ec2.tokens.get(keyOf(call, input));
  if (use === undefined) return null;
  if (use.request !== canonical(input)) {
    throw new AwsError(
      'IdempotentParameterMismatch',
      'Arguments on this idempotent request are inconsistent with arguments used in previous request(s).',
    );
  }
  const instances = use.instanceIds.flatMap((id) => call.region.instances.get(id) ?? []);
  if (instances.some(({ State }) => State?.Name !== 'terminated')) return instances;
  throw new AwsError(
    'IdempotentInstanceTerminated',
    'The client token was used by a request whose instances have been terminated.',
  );
}

/** A launch that failed leaves its token free. */
export function rememberToken(
  call: Call,
  input: RunInstancesRequest,
  instances: readonly Instance[],
): void {
  if (!input.ClientToken) return;
  call.ec2.tokens.set(keyOf(call, input), {
    request: canonical(input),
    instanceIds: instances.map(({ InstanceId = '' }) => InstanceId),
  });
}

function keyOf({ region }: Call, { ClientToken }: RunInstancesRequest): string {
  return `${region.account}/${region.region}/${ClientToken}`;
}

/** The order of members does not matter, that of lists does. */
function canonical(input: RunInstancesRequest): string {
  return JSON.stringify(input, (_name, value: unknown) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  );
}
