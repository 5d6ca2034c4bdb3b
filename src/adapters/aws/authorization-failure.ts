import { DecodeAuthorizationMessageCommand, type STSClient } from '@aws-sdk/client-sts';
import * as z from 'zod';
import { type Failed, launchFailure } from '#adapters/aws/launch-failure.ts';

const ENCODED = /\s*Encoded authorization failure message: (\S+)/;

/** What STS tells of an encoded message, as far as we use it. */
const Decoded = z.object({
  explicitDeny: z.boolean(),
  context: z.object({ action: z.string(), resource: z.string() }),
});

/**
 * A failed call, with what an encoded authorization failure says. EC2 hides in one which resource was
 * denied; for a license configuration that is all that tells. Not being allowed to decode it changes nothing.
 */
export async function explainedFailure(error: unknown, sts: STSClient): Promise<Failed> {
  const failed = launchFailure(error);
  const [marked, encoded] = ENCODED.exec(error instanceof Error ? error.message : '') ?? [];
  if (failed.advice?.code !== 'permit' || marked === undefined) return failed;
  const decoded = await decode(sts, encoded);
  const message = failed.message.replace(/\s*Encoded authorization failure message:.*$/s, '');
  if (decoded === null) return { ...failed, message };
  const { explicitDeny, context } = decoded;
  return { ...failed, message, advice: { ...failed.advice, explicitDeny, ...context } };
}

async function decode(sts: STSClient, EncodedMessage: string | undefined) {
  try {
    const { DecodedMessage = '' } = await sts.send(
      new DecodeAuthorizationMessageCommand({ EncodedMessage }),
    );
    return Decoded.parse(JSON.parse(DecodedMessage));
  } catch {
    return null;
  }
}
