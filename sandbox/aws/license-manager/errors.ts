import { AwsError } from '../wire/service.ts';

/** What License Manager answers to nearly every bad request, unknown configurations included. */
export function invalidParameter(message: string): AwsError {
  return new AwsError('InvalidParameterValueException', message);
}
