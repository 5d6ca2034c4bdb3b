/** People and dates that the bot itself may mention in markup. */
const OURS = /^<(@(U0REQUEST1|U0APPROVE[12]|U0ADMIN00[12])|!date\^\d+\^[^<>]*\|[^<>]*)>$/;
const HIDDEN = /[\p{Cc}\p{Cf}]/u;
const ACTIVE = ['link', 'broadcast', 'usergroup', 'channel'];

/** What blocks could do to whoever sees them: ping, link, or deceive by characters that do not show. */
export function dangersIn(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const here = Array.isArray(node) ? [] : [...activeParts(node), ...textDangers(node)];
  return [...here, ...Object.values(node).flatMap(dangersIn)];
}

/** Mentions and links in a text that Slack reads as markup, but for our own. */
export function markupDangers(text: string): string[] {
  const tokens = [...text.matchAll(/<[^>]*>?/g)].map(([token]) => token);
  return tokens.filter((token) => !OURS.test(token));
}

function activeParts(node: object): string[] {
  const type = String(Reflect.get(node, 'type'));
  const linked = 'url' in node || 'image_url' in node;
  return ACTIVE.includes(type) || linked ? [`active: ${JSON.stringify(node)}`] : [];
}

function textDangers(node: object): string[] {
  const text: unknown = Reflect.get(node, 'text');
  if (typeof text !== 'string') return [];
  const hidden = HIDDEN.test(text.replaceAll('\n', '')) ? [`hidden: ${JSON.stringify(text)}`] : [];
  if (Reflect.get(node, 'type') !== 'mrkdwn') return hidden;
  const links = Reflect.get(node, 'verbatim') === true ? [] : [`makes links of its own: ${text}`];
  return [...hidden, ...links, ...markupDangers(text)];
}
