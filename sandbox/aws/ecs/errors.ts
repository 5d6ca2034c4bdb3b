import { AwsError } from '../wire/service.ts';

/** ECS's answer to nearly every bad request. */
export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterException', message);
}

/** For what real ECS would do and the sandbox does not: refused loudly instead of ignored. */
export function notSimulated(what: string): AwsError {
  return new AwsError('NotSimulated', `The sandbox does not simulate ${what}.`, { status: 501 });
}
