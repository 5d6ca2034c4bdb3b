import type { Message } from '#slack/views/message.ts';

/** Posts to a response URL; false when it did not arrive, whatever the reason. */
export type PostToResponseUrl = (
  url: string,
  message: Message,
  replaces?: boolean,
) => Promise<boolean>;

const TIMEOUT_MS = 3000;
const SLACK_ORIGIN = 'https://hooks.slack.com';

/**
 * Response URLs come with requests, so they are followed to Slack's own host only, and to no
 * redirect. A Web API that is not Slack's (`apiUrl`) vouches for response URLs on its own origin.
 */
export function responseUrlPoster({ apiUrl }: { readonly apiUrl: string }): PostToResponseUrl {
  const api = new URL(apiUrl);
  const isSlack = api.hostname === 'slack.com' || api.hostname.endsWith('.slack.com');
  const origin = isSlack ? SLACK_ORIGIN : api.origin;
  return async (url, message, replaces = false) => {
    if (!isOnOrigin(url, origin)) return false;
    try {
      const response = await fetch(url, {
        method: 'POST',
        redirect: 'manual',
        signal: AbortSignal.timeout(TIMEOUT_MS),
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify({
          text: message.text,
          blocks: message.blocks,
          response_type: 'ephemeral',
          // A card that somebody clicked stays: its own job edits it. An answer of theirs may change.
          replace_original: replaces,
          unfurl_links: false,
          unfurl_media: false,
        }),
      });
      await response.body?.cancel();
      return response.ok;
    } catch {
      return false;
    }
  };
}

function isOnOrigin(text: string, origin: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.origin === origin && url.username === '' && url.password === '';
}
