import type { Instance } from '@aws-sdk/client-ec2';
import { AwsError } from '../wire/service.ts';
import { invalidParameterCombination, invalidParameterValue } from './errors.ts';
import type { InstanceTypeFacts } from './facts.ts';

/** The cores and threads that an instance runs with; their product is its active vCPUs. */
export interface CpuChoice {
  readonly CoreCount: number;
  readonly ThreadsPerCore: number;
}

interface CpuRequest {
  readonly CoreCount?: number | undefined;
  readonly ThreadsPerCore?: number | undefined;
}

/** What an instance type runs with by default. */
export function defaultCpus({ cores, threadsPerCore }: InstanceTypeFacts): CpuChoice {
  return { CoreCount: cores, ThreadsPerCore: threadsPerCore };
}

/** The options asked for, or the type's default. @throws when the type does not have them. */
export function chosenCpus(type: InstanceTypeFacts, request: CpuRequest | undefined): CpuChoice {
  const { CoreCount, ThreadsPerCore } = request ?? {};
  if (request === undefined) return defaultCpus(type);
  if (CoreCount === undefined || ThreadsPerCore === undefined) {
    throw new AwsError(
      'MissingParameter',
      'When specifying CpuOptions you must specify both CoreCount and ThreadsPerCore.',
    );
  }
  if (type.bareMetal || type.validCores.length === 0) {
    throw invalidParameterCombination(
      `CpuOptions are not supported for the instance type '${type.name}'.`,
    );
  }
  checkOption('CoreCount', CoreCount, type.validCores, type.name);
  checkOption('ThreadsPerCore', ThreadsPerCore, type.validThreadsPerCore, type.name);
  return { CoreCount, ThreadsPerCore };
}

function checkOption(option: string, value: number, valid: readonly number[], type: string): void {
  if (valid.includes(value)) return;
  throw invalidParameterValue(
    `Value (${value}) for ${option} is not valid for the instance type '${type}'. Valid values: ${valid.join(', ')}.`,
  );
}

/** What an existing instance runs with. */
export function cpusOf({ CpuOptions }: Instance, type: InstanceTypeFacts): CpuChoice {
  const { CoreCount, ThreadsPerCore } = CpuOptions ?? {};
  return CoreCount === undefined || ThreadsPerCore === undefined
    ? defaultCpus(type)
    : { CoreCount, ThreadsPerCore };
}
