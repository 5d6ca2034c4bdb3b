import { CalendarDate } from '#domain/calendar-date.ts';
import type { Reader } from '#domain/register/cell.ts';
import { plain } from '#domain/register/product-catalog.ts';

const NOTHING = { empty: null, signed: false } as const;
const NUMBER = { empty: null, signed: true } as const;

/** Text as it stands. */
export const TEXT: Reader = { ...NOTHING, read: (text) => ({ value: text }) };

/** One of some words, however they are spelled. */
export function choice(words: Readonly<Record<string, unknown>>, expected: string): Reader {
  const byName = new Map(Object.entries(words).map(([word, value]) => [plain(word), value]));
  return {
    ...NOTHING,
    read(text) {
      const value = byName.get(plain(text));
      return value === undefined ? { problem: `Write ${expected}` } : { value };
    },
  };
}

/** A whole number of at least 0. */
export const WHOLE: Reader = {
  ...NUMBER,
  read(text) {
    if (/^-\s*\d/.test(text)) return { problem: 'The number is negative: write 0 or more' };
    if (/^\d+[.,]\d+$/.test(text)) {
      return { problem: 'Write a whole number, without fractions or thousands separators' };
    }
    const value = Number(text);
    return /^\d+$/.test(text) && Number.isSafeInteger(value)
      ? { value }
      : { problem: 'Write a whole number, such as 40' };
  },
};

const GROUPED = /^\d{1,3}\.\d{3}$/;
const AMOUNT = /^(\d{1,9})(?:\.(\d{1,6}))?$/;

/** An amount of money in micro-units. Its currency has a column of its own. */
export const AMOUNT_OF_MONEY: Reader = {
  ...NUMBER,
  read(text, { decimalComma }) {
    if (/^-\s*\d/.test(text)) return { problem: 'The price is negative: write 0 or more' };
    if (decimalComma && GROUPED.test(text)) {
      const [whole, rest] = text.split('.');
      return { problem: `Can be read in two ways: write ${whole}${rest} or ${whole},${rest}` };
    }
    const [, whole, fraction = ''] =
      AMOUNT.exec(decimalComma ? text.replace(',', '.') : text) ?? [];
    if (whole === undefined) {
      const example = decimalComma ? '7128,50' : '7128.50';
      return { problem: `Write an amount such as ${example}: no separators, no currency` };
    }
    return { value: Number(whole) * 1_000_000 + Number(fraction.padEnd(6, '0')) };
  },
};

/** A day. Only the ISO form can be read in one way. */
export const DAY: Reader = {
  ...NOTHING,
  read(text) {
    if (CalendarDate.safeParse(text).success) return { value: text };
    const days = possibleDays(text);
    if (days.length > 1) return { problem: `Can be read in two ways: write ${days.join(' or ')}` };
    return { problem: `Write the day as ${days[0] ?? '2027-06-30'}` };
  },
};

/** The days that three numbers may mean, whatever their order. */
function possibleDays(text: string): readonly string[] {
  const [, a = '', b = '', c = ''] = /^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})$/.exec(text) ?? [];
  const orders = [
    [a, b, c],
    [c, b, a],
    [c, a, b],
  ];
  const days = orders.map(
    ([year = '', month = '', day = '']) =>
      `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
  );
  return [...new Set(days)].filter((day) => CalendarDate.safeParse(day).success);
}

/** Several texts, each checked by the schema. */
export function list(separators: RegExp): Reader {
  return {
    empty: [],
    signed: false,
    read: (text) => ({
      value: text
        .split(separators)
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    }),
  };
}

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** A currency by its ISO 4217 code. */
export const CURRENCY: Reader = {
  ...NOTHING,
  read(text) {
    const value = text.toUpperCase();
    return CURRENCIES.has(value)
      ? { value }
      : { problem: `Unknown currency ${quoted(text)}: write a code such as USD or EUR` };
  },
};

/** A product, as its short name. */
export const PRODUCT: Reader = {
  ...NOTHING,
  read(text, { catalog, product }) {
    if (product !== null) return { value: product.id };
    const near = catalog.nearest(text);
    const advice =
      near === null ? `Write one of ${catalog.names.join(', ')}` : `Did you mean ${near}?`;
    return { problem: `Unknown product ${quoted(text)}. ${advice}` };
  },
};

/** An edition of the row's product, as its short name. */
export const EDITION: Reader = {
  ...NOTHING,
  read(text, { product }) {
    if (product === null) return { value: text };
    const editions = Object.entries({ ...product.editions, ...product.options });
    if (editions.length === 0) {
      return { problem: `${product.name} has no editions: leave it empty` };
    }
    const wanted = editionWord(text);
    const found = editions.find((names) => names.some((name) => editionWord(name) === wanted));
    const all = editions.map(([, name]) => name).join(', ');
    return found === undefined
      ? { problem: `Unknown edition ${quoted(text)} of ${product.name}: write one of ${all}` }
      : { value: found[0] };
  },
};

const editionWord = (name: string): string => plain(name).replace('edition', '');

const METRIC_WORDS: Readonly<Record<string, string>> = {
  nup: 'named-user-plus',
  gib: 'memory-gib',
  gb: 'memory-gib',
  memory: 'memory-gib',
};

/** What the row's product is licensed by. */
export const METRIC: Reader = {
  ...NOTHING,
  read(text, { product }) {
    if (product === null) return { value: text };
    const word = plain(text.replace(/\bper\b|\blicen[cs]es?\b/giu, ''));
    const wanted = METRIC_WORDS[word] ?? word;
    const value = product.metrics.find((metric) =>
      [metric, plain(metric), `${plain(metric)}s`].includes(wanted),
    );
    return value === undefined
      ? { problem: `${product.name} is licensed by ${product.metrics.join(' or ')}: write that` }
      : { value };
  },
};

/** A cell's text in a message, cut to a length that can be read. */
export function quoted(text: string): string {
  return `“${text.length > MOST_QUOTED ? `${text.slice(0, MOST_QUOTED)}…` : text}”`;
}

const MOST_QUOTED = 60;
