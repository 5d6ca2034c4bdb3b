import { encodeFailure } from '../iam/authorization-message.ts';
import type { Decision } from '../iam/evaluate.ts';
import type { Iam } from '../iam/iam.ts';
import { refusal } from './refusals.ts';
import type { Authorization, AwsService, CallContext } from './service.ts';
import { AwsError } from './service.ts';
import type { WireProtocol } from './wire-protocol.ts';

/** Authorizes and plays one call. @throws {AwsError} as AWS would answer, 501 for what the sandbox does not simulate. */
export async function perform(
  service: AwsService,
  input: unknown,
  context: CallContext,
  { iam, family }: { iam: Iam; family: WireProtocol['family'] },
): Promise<unknown> {
  const { operation, principal, region } = context;
  if (!service.simulated.includes(operation)) {
    const name = `${service.endpointName}:${operation}`;
    throw new AwsError('NotSimulated', `The sandbox does not simulate ${name}.`, { status: 501 });
  }
  for (const authorization of service.authorize(operation, input, context)) {
    const decision = iam.evaluate(principal, authorization, region);
    if (decision.outcome !== 'allowed') {
      throw refusal('denied', family, denial(principal.arn, authorization, decision, family));
    }
  }
  return service.play(operation, input, context);
}

function denial(
  arn: string,
  { action, resource }: Authorization,
  decision: Exclude<Decision, { outcome: 'allowed' }>,
  family: WireProtocol['family'],
): string {
  const reason =
    decision.outcome === 'explicit-deny'
      ? `with an explicit deny in ${article(decision.by)} ${decision.by}`
      : `because no ${decision.by} allows the ${action} action`;
  const message = `User: ${arn} is not authorized to perform: ${action} on resource: ${resource} ${reason}`;
  if (family !== 'ec2') return message;
  const explicitDeny = decision.outcome === 'explicit-deny';
  const encoded = encodeFailure({ principal: arn, action, resource, explicitDeny });
  // EC2 names what it was asked for, but not what License Manager brings along.
  const told = resource.includes(':license-configuration:') ? '' : ` ${message}.`;
  return `You are not authorized to perform this operation.${told} Encoded authorization failure message: ${encoded}`;
}

function article(noun: string): string {
  return /^[aeiou]/.test(noun) ? 'an' : 'a';
}
