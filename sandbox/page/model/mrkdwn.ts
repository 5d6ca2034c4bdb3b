/** A piece of Slack's markup, parsed. */
export type Span =
  | { readonly kind: 'text' | 'code' | 'pre'; readonly text: string }
  | { readonly kind: 'bold' | 'italic' | 'strike' | 'quote'; readonly spans: readonly Span[] }
  | { readonly kind: 'link'; readonly url: string; readonly label: string }
  | { readonly kind: 'mention'; readonly target: Mention; readonly id: string }
  | {
      readonly kind: 'date';
      readonly seconds: number;
      readonly format: string;
      readonly fallback: string;
    };

/** What a mention names; `everybody` is @here, @channel and @everyone. */
export type Mention = 'user' | 'channel' | 'group' | 'everybody';

/** Alternatives in Slack's order: code first, because nothing inside it is markup. */
const INLINE =
  /```(?<pre>[\s\S]+?)```|`(?<code>[^`\n]+)`|<(?<token>[^<>\n]+)>|(?<![\p{L}\p{N}*])\*(?<bold>\S(?:[^*\n]*\S)?)\*(?![\p{L}\p{N}*])|(?<![\p{L}\p{N}_])_(?<italic>\S(?:[^_\n]*\S)?)_(?![\p{L}\p{N}_])|(?<![\p{L}\p{N}~])~(?<strike>\S(?:[^~\n]*\S)?)~(?![\p{L}\p{N}~])|:(?<emoji>[a-z0-9_+-]+):/gu;

/** `> quoted` lines in a row; the sign may be escaped. */
const QUOTES = /(?:^(?:&gt;|>) ?.*(?:\n|$))+/gm;

/** Slack's markup as spans. What is escaped in it (`&lt;@U1&gt;`) is text and never a mention or a link. */
export function parseMrkdwn(markup: string): readonly Span[] {
  const spans: Span[] = [];
  let end = 0;
  for (const { 0: quoted, index } of markup.matchAll(QUOTES)) {
    const lines = quoted.replace(/\n$/, '').replace(/^(?:&gt;|>) ?/gm, '');
    spans.push(...inline(markup.slice(end, index)), { kind: 'quote', spans: inline(lines) });
    end = index + quoted.length;
  }
  return [...spans, ...inline(markup.slice(end))];
}

function inline(markup: string): readonly Span[] {
  const spans: Span[] = [];
  let end = 0;
  for (const match of markup.matchAll(INLINE)) {
    const span = spanOf(match.groups ?? {});
    if (span === null) continue;
    spans.push(...text(markup.slice(end, match.index)), span);
    end = match.index + match[0].length;
  }
  return [...spans, ...text(markup.slice(end))];
}

function spanOf(found: Readonly<Record<string, string | undefined>>): Span | null {
  const { pre, code, token, bold, italic, strike, emoji } = found;
  if (pre !== undefined) return { kind: 'pre', text: unescaped(pre.replace(/^\n/, '')) };
  if (code !== undefined) return { kind: 'code', text: unescaped(code) };
  if (token !== undefined) return tokenSpan(token);
  if (bold !== undefined) return { kind: 'bold', spans: inline(bold) };
  if (italic !== undefined) return { kind: 'italic', spans: inline(italic) };
  if (strike !== undefined) return { kind: 'strike', spans: inline(strike) };
  const unicode = EMOJI[emoji ?? ''];
  return unicode === undefined ? null : { kind: 'text', text: unicode };
}

/** What stands between `<` and `>`. */
function tokenSpan(token: string): Span {
  const [target = '', label] = token.split('|', 2);
  const [, sigil = '', id = ''] =
    /^([@#]|!subteam\^|!(?=here|channel|everyone))(.+)$/.exec(target) ?? [];
  const mention = MENTIONS[sigil];
  if (mention !== undefined) return { kind: 'mention', target: mention, id };
  const [, seconds, format] = /^!date\^(\d+)\^([^^]+)/.exec(target) ?? [];
  if (seconds !== undefined && format !== undefined) {
    return { kind: 'date', seconds: Number(seconds), format, fallback: unescaped(label ?? '') };
  }
  return { kind: 'link', url: unescaped(target), label: unescaped(label ?? target) };
}

const MENTIONS: Readonly<Record<string, Mention>> = {
  '@': 'user',
  '#': 'channel',
  '!subteam^': 'group',
  '!': 'everybody',
};

function text(markup: string): Span[] {
  return markup === '' ? [] : [{ kind: 'text', text: unescaped(markup) }];
}

function unescaped(markup: string): string {
  return markup.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

/** The emoji of operations talk; other names stay as they are written, as Slack does with names it does not know. */
export const EMOJI: Readonly<Record<string, string>> = {
  warning: '⚠️',
  white_check_mark: '✅',
  x: '❌',
  no_entry: '⛔',
  rocket: '🚀',
  hourglass: '⌛',
  hourglass_flowing_sand: '⏳',
  tada: '🎉',
  eyes: '👀',
  bulb: '💡',
  moneybag: '💰',
  chart_with_upwards_trend: '📈',
  chart_with_downwards_trend: '📉',
  rotating_light: '🚨',
  information_source: 'ℹ️',
  question: '❓',
  '+1': '👍',
  '-1': '👎',
  thumbsup: '👍',
  thumbsdown: '👎',
  smile: '😄',
  wave: '👋',
  pray: '🙏',
  lock: '🔒',
  key: '🔑',
  memo: '📝',
  bell: '🔔',
  fire: '🔥',
};
