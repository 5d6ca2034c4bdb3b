import { STSClient } from '@aws-sdk/client-sts';
import * as z from 'zod';
import { awsSettings } from './aws-settings.ts';
import { BadInput } from './command.ts';

const WRITE_A_URL =
  'Write the URL of the API (output ApiUrl of the stack), or set QUARTERMASTER_API_URL';

/** Where the HTTP API of a deployed stack is. */
export const UrlOption = z.url({ protocol: /^https?$/, error: WRITE_A_URL }).optional();

/** Somebody's own name for what they do: the same again is the same command. */
export const KeyOption = z
  .string()
  .regex(/^[!-~]{1,200}$/, 'Write at most 200 characters without spaces')
  .optional();

/** The operand of commands about one request. */
export const RequestOperand = z
  .string('Write the id of a request, such as req-0123456789')
  .regex(/^req-[0-9a-z]{10}$/, 'Write the id of a request, such as req-0123456789');

/** How calls of the API are addressed and signed. @throws {BadInput} when nothing says where it is */
export function apiSettings(url: string | undefined) {
  const { region, credentials } = awsSettings();
  const { QUARTERMASTER_API_URL, AWS_ENDPOINT_URL } = process.env;
  const base = url ?? QUARTERMASTER_API_URL ?? AWS_ENDPOINT_URL ?? '';
  if (!UrlOption.safeParse(base).success) throw new BadInput(`--url: ${WRITE_A_URL}`);
  // The SDK's own search for credentials, as every other command does it.
  const client = new STSClient({ region, ...(credentials && { credentials }) });
  return {
    base: new URL(base),
    service: 'execute-api',
    region: regionOf(new URL(base)) ?? region,
    credentials: client.config.credentials,
  };
}

/** API Gateway's own host names say the Region. */
function regionOf({ hostname }: URL): string | undefined {
  return /\.execute-api\.([a-z0-9-]+)\.amazonaws\./.exec(hostname)?.[1];
}
