import { Envelope } from '#slack/envelope.ts';

/** A signed body that can be read, or the HTTP status that says why it cannot. */
export type ReadBody = { readonly envelope: Envelope } | { readonly status: 400 | 415 };

const MALFORMED: ReadBody = { status: 400 };
const UNSUPPORTED: ReadBody = { status: 415 };

/** Read a body whose signature was verified. Slack sends forms and JSON, both in UTF-8. */
export function readBody(bytes: Uint8Array, contentType: string | null): ReadBody {
  const [media = '', ...parameters] = (contentType ?? '')
    .toLowerCase()
    .split(';')
    .map((part) => part.trim());
  if (parameters.some((part) => part.startsWith('charset=') && !isUtf8(part))) return UNSUPPORTED;
  if (media !== 'application/json' && media !== 'application/x-www-form-urlencoded') {
    return UNSUPPORTED;
  }
  const fields = parsed(bytes, media === 'application/json' ? JSON.parse : readForm);
  const envelope = Envelope.safeParse(fields);
  return envelope.success ? { envelope: envelope.data } : MALFORMED;
}

function isUtf8(charset: string): boolean {
  return /^charset="?utf-?8"?$/.test(charset);
}

/** What the bytes say, or `null` when they are neither UTF-8 nor well formed. */
function parsed(bytes: Uint8Array, parse: (text: string) => unknown): unknown {
  try {
    return parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null;
  }
}

/** The fields of a form; Slack's `payload` field stands for the JSON in it. A repeated field is malformed. */
function readForm(text: string): unknown {
  const form = new URLSearchParams(text);
  const payload = form.get('payload');
  const names = [...form.keys()];
  if (new Set(names).size !== names.length) return null;
  return payload === null ? Object.fromEntries(form) : JSON.parse(payload);
}
