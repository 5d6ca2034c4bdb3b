import { readBody } from '#slack/body.ts';
import type { Envelope } from '#slack/envelope.ts';
import {
  bodySize,
  empty,
  type HttpEvent,
  type HttpResult,
  rawBody,
  singleHeader,
} from '#slack/http.ts';
import type { SlackLog } from '#slack/log.ts';
import {
  isSigned,
  isUsable,
  replayKey,
  type SignedRequest,
  type SigningSecrets,
} from '#slack/signature.ts';
import { BadDocument } from '#src/errors.ts';

/** Where the signing secrets come from: a cache, unless they must be `fresh`. */
export type Secrets = (options?: { readonly fresh: boolean }) => Promise<SigningSecrets>;

/** What a request that Slack signed says, or the answer to one that is turned away. */
export type VerifiedRequest =
  | { readonly refusal: HttpResult }
  | { readonly refusal: null; readonly envelope: Envelope; readonly replayKey: string };

const MAX_BODY_BYTES = 256 * 1024;
const FRESH_SECRETS_MS = 60_000;

/**
 * Verifies requests, and only then reads them: method, path and size; signature over the raw
 * bytes; content. What is not signed gets the same empty 401, whatever is wrong with it.
 *
 * @throws {BadDocument} on the first request when no usable secret is configured.
 */
export function requestVerifier(options: {
  readonly path: string;
  readonly secrets: Secrets;
  readonly log: SlackLog;
}): (event: HttpEvent) => Promise<VerifiedRequest> {
  const isGenuine = signatureCheck(options.secrets);
  return async (event) => {
    const status = refusedUnread(event, options.path);
    if (status !== null) return { refusal: empty(status) };
    const signature = singleHeader(event.headers, 'x-slack-signature');
    const timestamp = singleHeader(event.headers, 'x-slack-request-timestamp');
    const body = rawBody(event);
    const isWhole = body !== null && signature !== null && timestamp !== null;
    if (!isWhole || !(await isGenuine({ timestamp, signature, body }))) {
      options.log.warn('slack.unsigned', {});
      return { refusal: empty(401) };
    }
    const read = readBody(body, singleHeader(event.headers, 'content-type'));
    return 'envelope' in read
      ? { refusal: null, envelope: read.envelope, replayKey: replayKey(signature) }
      : { refusal: empty(read.status) };
  };
}

/** Why a request is turned away by its method, path or size alone. */
function refusedUnread(event: HttpEvent, path: string): 404 | 405 | 413 | null {
  if (event.rawPath !== path) return 404;
  if (event.requestContext.http.method !== 'POST') return 405;
  return bodySize(event) > MAX_BODY_BYTES ? 413 : null;
}

/** Checks signatures; after a failure it reads the secrets again, at most once a minute. */
function signatureCheck(secrets: Secrets): (request: SignedRequest) => Promise<boolean> {
  let freshAt = Number.NEGATIVE_INFINITY;
  return async (request) => {
    const now = new Date();
    if (isSigned(request, usable(await secrets()), now)) return true;
    if (now.getTime() - freshAt < FRESH_SECRETS_MS) return false;
    freshAt = now.getTime();
    return isSigned(request, usable(await secrets({ fresh: true })), now);
  };
}

function usable(secrets: SigningSecrets): SigningSecrets {
  if (isUsable(secrets.current)) return secrets;
  throw new BadDocument('The Slack signing secret is missing or blank');
}
