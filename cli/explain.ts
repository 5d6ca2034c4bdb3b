import { BotError } from '#src/errors.ts';
import { ApiRefused } from './api-client.ts';
import { BadInput } from './command.ts';

/** AWS's error codes in plain words: what is wrong and what to do. */
const PLAIN: Readonly<Record<string, string>> = {
  CredentialsProviderError:
    'There are no AWS credentials. Sign in or set AWS_PROFILE; for the sandbox set AWS_ENDPOINT_URL=http://127.0.0.1:4566',
  ResourceNotFoundException:
    'There is no such table. Deploy the stack, name its table with --table, or set AWS_REGION',
  QueueDoesNotExist:
    'There is no table of that name with its queue (NAME-answers). Deploy the stack, name its table with --table, or set AWS_REGION',
};

/** An error as a person at a terminal can use it. */
export function explain(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof BadInput || error instanceof ApiRefused) return error.message;
  const plain = PLAIN[error.name];
  if (plain !== undefined) return plain;
  if (isUnreachable(error)) return `AWS does not answer: ${codeOf(error)}. Check AWS_ENDPOINT_URL`;
  if (error instanceof BotError) return `${error.userMessage} (${error.message})`;
  return `${error.name}: ${error.message}`;
}

function isUnreachable(error: Error): boolean {
  return ['ECONNREFUSED', 'ENOTFOUND', 'EHOSTUNREACH', 'TimeoutError'].includes(codeOf(error));
}

function codeOf(error: Error): string {
  return 'code' in error ? String(error.code) : error.name;
}
