import { Envelope } from '#slack/envelope.ts';

/** A signed body that can be read, or the HTTP status that says why it cannot. */
export type ReadBody = { readonly envelope: Envelope } | { readonly status: 400 | 415 };

/** A charset parameter, in lower case, of anything but UTF-8. */
const OTHER_CHARSET = /^charset=(?!"?utf-?8"?$)/;

/** Read a body whose signature was verified: UTF-8, well formed, and one of Slack's. */
export function readBody(bytes: Uint8Array, contentType: string | null): ReadBody {
  const read = readerOf(contentType);
  if (read === null) return { status: 415 };
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { envelope: Envelope.parse(read(text)) };
  } catch {
    return { status: 400 };
  }
}

/** What reads a body of this type, or `null`: Slack sends forms and JSON, both in UTF-8. */
function readerOf(contentType: string | null): ((text: string) => unknown) | null {
  if (contentType === null) return null;
  const [media, ...parameters] = contentType
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  if (parameters.some((part) => OTHER_CHARSET.test(part))) return null;
  if (media === 'application/json') return JSON.parse;
  return media === 'application/x-www-form-urlencoded' ? readForm : null;
}

/** The fields of a form; Slack's `payload` field stands for the JSON in it. A repeated field is malformed. */
function readForm(text: string): unknown {
  const form = new URLSearchParams(text);
  const payload = form.get('payload');
  const names = [...form.keys()];
  if (new Set(names).size !== names.length) return null;
  return payload === null ? Object.fromEntries(form) : JSON.parse(payload);
}
