import { LIMITS } from '#slack/views/limits.ts';

const ELLIPSIS = '…';
const BREAKS = /[\p{Cc}\p{Zl}\p{Zp}\s]+/gu;
/** Bidi controls, zero-width and tag characters, fillers that look like nothing. */
const INVISIBLE = /[\p{Cf}\u{115f}\u{1160}\u{3164}\u{ffa0}]/gu;
const STACKED_MARKS = /(\p{M}{3})\p{M}+/gu;
/** What Slack would read as a mention, a date or a link wherever it reads markup. */
const MARKUP_START = /<(?=[!@#]|[a-z][a-z0-9+.-]*:)/giu;

/**
 * Text that somebody else wrote, on one line and harmless wherever Slack shows it: without control,
 * bidi or invisible characters, and unable to begin a mention or a link.
 */
export function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(BREAKS, ' ')
    .replace(INVISIBLE, '')
    .replace(STACKED_MARKS, '$1')
    .replace(MARKUP_START, '‹');
}

/** A name, cleaned and at most `limit` code points; never empty, because Slack refuses empty texts. */
export function nameText(name: string | null, limit = 60): string {
  return clip(clean(name ?? '').trim(), limit) || '(no name)';
}

/** At most `limit` code points, the last an ellipsis when something was cut off. */
export function clip(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const points = [...text];
  return points.length <= limit ? text : `${points.slice(0, limit - 1).join('')}${ELLIPSIS}`;
}

/** Slack's markup, made only by code: whatever is put into it is cleaned and escaped, once. */
export interface Markup {
  readonly markup: string;
}

/** Markup from a template: texts put into it are escaped, other markup is kept. */
export function mrkdwn(
  strings: TemplateStringsArray,
  ...values: readonly (string | number | Markup)[]
): Markup {
  const parts = values.map((value) =>
    typeof value === 'object'
      ? value.markup
      : escapeMarkup(clip(clean(String(value)), LIMITS.markupPiece)),
  );
  return { markup: String.raw({ raw: strings }, ...parts) };
}

/** A mention in markup; an id that is none stays text. */
export function mention(personId: string): Markup {
  return isPersonId(personId) ? { markup: `<@${personId}>` } : mrkdwn`${personId}`;
}

/** A moment in the reader's own time zone; in UTC where dates are not understood. */
export function dateToken(date: Date): Markup {
  return { markup: `<!date^${seconds(date)}^${DATE_FORMAT}|${utc(date)}>` };
}

/** Pieces of markup in a row. */
export function joined(pieces: readonly Markup[], separator: string): Markup {
  return { markup: pieces.map(({ markup }) => markup).join(separator) };
}

/** Slack's date tokens for a day and a time. */
export const DATE_FORMAT = '{date_short_pretty} {time}';

/** Whole seconds since 1970, as Slack's dates count. */
export function seconds(date: Date): number {
  return Math.floor(date.getTime() / 1000);
}

/** `2026-11-22 09:30 UTC`. */
export function utc(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

/** Whether a text is a Slack user id: only such a text may become a mention. */
export function isPersonId(text: string): boolean {
  return /^[UW][A-Z0-9]{2,20}$/.test(text);
}

function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
