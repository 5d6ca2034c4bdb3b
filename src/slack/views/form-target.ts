import type { LaunchRequest } from '#domain/requests/launch-request.ts';
import {
  type ButtonTarget,
  buttonValue,
  parseButtonValue,
  targetOf,
} from '#slack/views/button-value.ts';

/** Which request a form is about, and where its answer goes. */
export interface FormTarget {
  readonly target: ButtonTarget;
  /** Empty: a direct message. */
  readonly channelId: string;
}

/** The metadata of a form about a request as its card showed it: ids only. */
export function formTarget({ target, channelId }: FormTarget): string {
  return `${channelId} ${buttonValue(target)}`;
}

/** The same for a request as it stands. */
export function aboutRequest(channelId: string | null, request: LaunchRequest): string {
  return formTarget({ target: targetOf(request), channelId: channelId ?? '' });
}

/** What a form is about, or `null` when it is none of ours. */
export function parseFormTarget(metadata: string): FormTarget | null {
  const [channelId = '', value, ...rest] = metadata.split(' ');
  const target = parseButtonValue(value);
  return target === null || rest.length > 0 ? null : { target, channelId };
}

const STARTING = /^(\S*)(?: (req-[0-9a-z]{10}))?$/;

/** The metadata of a form that makes a new request; `retryOf` is the one that it tries again. */
export function startingForm(channelId: string | null, retryOf: string | null): string {
  return `${channelId ?? ''}${retryOf === null ? '' : ` ${retryOf}`}`;
}

/** Where the answer goes, and which request is tried again; `null` when the form is none of ours. */
export function parseStartingForm(
  metadata: string,
): { readonly channelId: string; readonly retryOf: string | null } | null {
  const match = STARTING.exec(metadata);
  return match === null ? null : { channelId: match[1] ?? '', retryOf: match[2] ?? null };
}
