import { AwsError } from '../wire/service.ts';

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html for EC2's codes */
export function missingParameter(name: string): AwsError {
  return new AwsError('MissingParameter', `The request must contain the parameter ${name}`);
}

export function invalidParameterValue(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}

export function invalidParameterCombination(message: string): AwsError {
  return new AwsError('InvalidParameterCombination', message);
}

/** For what real EC2 would do and the sandbox does not: refused loudly instead of ignored. */
export function notSimulated(what: string): AwsError {
  return new AwsError('UnsupportedOperation', `The sandbox does not simulate ${what}.`);
}
