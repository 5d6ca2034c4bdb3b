import { isObject, type JsonObject } from '../json.ts';
import { SlackError } from '../slack-error.ts';
import { APP } from '../workspace.ts';

/** The arguments of a call, without its token, and the token. */
export interface ApiCall {
  readonly token: string | null;
  readonly args: JsonObject;
}

/** Reads a call as Slack does: query, form or JSON body; the token as Bearer or argument. @throws SlackError invalid_json, invalid_post_type */
export async function readCall(request: Request): Promise<ApiCall> {
  const query = Object.fromEntries(new URL(request.url).searchParams);
  const { token, ...args } = { ...query, ...(await bodyOf(request)) };
  const bearer = /^Bearer\s+(.+)$/i.exec(request.headers.get('authorization') ?? '')?.[1];
  return { token: bearer ?? (typeof token === 'string' ? token : null), args };
}

async function bodyOf(request: Request): Promise<JsonObject> {
  const text = await request.text();
  if (text === '') return {};
  const contentType = request.headers.get('content-type') ?? '';
  if (contentType.startsWith('application/json')) return jsonBody(text);
  if (contentType.startsWith('application/x-www-form-urlencoded')) {
    return Object.fromEntries(new URLSearchParams(text));
  }
  throw new SlackError('invalid_post_type');
}

function jsonBody(text: string): JsonObject {
  try {
    const body: unknown = JSON.parse(text);
    if (isObject(body)) return body;
  } catch {
    // falls through: no JSON is as wrong as JSON that is no object
  }
  throw new SlackError('invalid_json');
}

/** @throws SlackError not_authed, invalid_auth */
export function authorize(token: string | null): void {
  if (token === null || token === '') throw new SlackError('not_authed');
  if (token !== APP.token) throw new SlackError('invalid_auth');
}
