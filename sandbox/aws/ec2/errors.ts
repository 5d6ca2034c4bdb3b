import { AwsError } from '../wire/service.ts';

/*
 * EC2's codes and their meaning: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/errors-overview.html
 * Texts are as EC2 writes them where they are known.
 */

/** For a parameter, in EC2's spelling, that a call cannot do without. */
export function missingParameter(name: string): AwsError {
  return new AwsError('MissingParameter', `The request must contain the parameter ${name}`);
}

/** For a value that is malformed, unknown or out of range. */
export function invalidParameterValue(message: string): AwsError {
  return new AwsError('InvalidParameterValue', message);
}

/** For parameters that exclude each other, or one that needs another. */
export function invalidParameterCombination(message: string): AwsError {
  return new AwsError('InvalidParameterCombination', message);
}

/** For what real EC2 would do and the sandbox does not: refused loudly instead of ignored. */
export function notSimulated(what: string): AwsError {
  return new AwsError('UnsupportedOperation', `The sandbox does not simulate ${what}.`);
}
