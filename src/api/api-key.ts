import { createHash } from 'node:crypto';
import type { ApiCaller } from '#api/caller.ts';
import { type ApiEvent, badFields } from '#api/http.ts';

const KEY = /^[!-~]{1,200}$/;
const WRITE_A_KEY =
  'Send a key of 1 to 200 visible ASCII characters, here or as the header idempotency-key: the same key is the same command';

/**
 * The caller's own name for what they do, from the header or the body.
 *
 * @throws {Refused} when there is none, or two that differ
 */
export function idempotencyKey({ headers }: ApiEvent, inBody: string | undefined): string {
  const inHeader = headers['idempotency-key'];
  const key = inBody ?? inHeader ?? '';
  const wrong = [inBody, inHeader].some((given) => given !== undefined && given !== key);
  if (wrong || !KEY.test(key)) throw badFields([{ field: 'key', message: WRITE_A_KEY }]);
  return key;
}

const ID_DIGITS = 10;
const BASE = 36n;

/** The id of the request that a caller's key stands for, so that a repeat is the same request. */
export function requestIdFor({ identity, personId }: ApiCaller, key: string): string {
  const digits = (
    BigInt(`0x${hash(identity, personId, key)}`) %
    BASE ** BigInt(ID_DIGITS)
  ).toString(BASE_DIGITS);
  return `req-${digits.padStart(ID_DIGITS, '0')}`;
}
const BASE_DIGITS = Number(BASE);

/** A command's key: it names its kind, so that what became of it can be asked for by the key alone. */
export function commandKeyFor(
  { identity, personId }: ApiCaller,
  {
    kind,
    requestId,
    key,
  }: { readonly kind: string; readonly requestId: string; readonly key: string },
): string {
  return `api-${kind}-${hash(identity, personId, requestId, kind, key).slice(0, 40)}`;
}

/** The kind that a command's key names, or `null` for what is no key of ours. */
export function kindOfKey(key: string): string | null {
  return /^api-([a-z]+)-[0-9a-f]{40}$/.exec(key)?.[1] ?? null;
}

function hash(...parts: readonly string[]): string {
  return createHash('sha256').update(parts.join('\n')).digest('hex');
}
