/** Stands in a text for whatever the patterns leave open. */
const ANYTHING = '…';

/**
 * A text that every one of these patterns matches, as open as they leave it; `null` where there is
 * none. `SQL*` and `*Enterprise` have `SQL…Enterprise` in common.
 */
export function commonText(...patterns: readonly string[]): string | null {
  const start: Place = { at: patterns.map(() => 0), text: '' };
  const seen = new Set<string>();
  const open = [start];
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { at } = place;
    if (at.every((index, which) => index === patterns[which]?.length))
      return opened(place, patterns);
    const key = at.join();
    if (seen.has(key)) continue;
    seen.add(key);
    open.push(...stepsFrom({ at, text: opened(place, patterns) }, patterns));
  }
  return null;
}

/** How far each pattern is read, and the text that brought them there. */
interface Place {
  readonly at: readonly number[];
  readonly text: string;
}

/** Where all patterns take any text, some is there. */
function opened({ at, text }: Place, patterns: readonly string[]): string {
  const anything = at.every((index, which) => patterns[which]?.[index] === '*');
  return anything && !text.endsWith(ANYTHING) ? text + ANYTHING : text;
}

/** One pattern's `*` ends, or the next letter of one is read by all. */
function stepsFrom({ at, text }: Place, patterns: readonly string[]): readonly Place[] {
  return at.flatMap((index, which) => {
    const letter = patterns[which]?.[index];
    if (letter === undefined) return [];
    if (letter === '*') return [{ at: at.with(which, index + 1), text }];
    const next = patterns.map((pattern, other) => afterLetter(pattern, at[other] ?? 0, letter));
    return next.every((place) => place !== null) ? [{ at: next, text: text + letter }] : [];
  });
}

function afterLetter(pattern: string, index: number, letter: string): number | null {
  const own = pattern[index];
  if (own === '*') return index;
  return own?.toLowerCase() === letter.toLowerCase() ? index + 1 : null;
}
