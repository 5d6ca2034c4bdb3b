/** Stands in a text for whatever the patterns leave open. */
const ANYTHING = '…';

/**
 * A text that every one of these patterns matches, as open as they leave it; `null` where there is
 * none. `SQL*` and `*Enterprise` have `SQL…Enterprise` in common.
 */
export function commonText(...patterns: readonly string[]): string | null {
  const open: Place[] = [{ rests: patterns, text: '' }];
  const seen = new Set<string>();
  for (let place = open.pop(); place !== undefined; place = open.pop()) {
    const { rests } = place;
    const text = opened(place);
    if (rests.every((rest) => rest === '')) return text;
    const key = rests.map(({ length }) => length).join();
    if (seen.has(key)) continue;
    seen.add(key);
    open.push(...stepsFrom({ rests, text }));
  }
  return null;
}

/** What is not read yet of each pattern, and the text that brought them there. */
interface Place {
  readonly rests: readonly string[];
  readonly text: string;
}

/** Where all patterns take any text, some is there. */
function opened({ rests, text }: Place): string {
  const anything = rests.every((rest) => rest.startsWith('*'));
  return anything && !text.endsWith(ANYTHING) ? text + ANYTHING : text;
}

/** One pattern's `*` ends, or the next letter of one is read by all. */
function stepsFrom({ rests, text }: Place): readonly Place[] {
  return rests.flatMap((rest, which) => {
    const letter = rest[0];
    if (letter === undefined) return [];
    if (letter === '*') return [{ rests: rests.with(which, rest.slice(1)), text }];
    const next = rests.map((other) => afterLetter(other, letter));
    return next.every((each) => each !== null) ? [{ rests: next, text: text + letter }] : [];
  });
}

function afterLetter(rest: string, letter: string): string | null {
  if (rest.startsWith('*')) return rest;
  return rest[0]?.toLowerCase() === letter.toLowerCase() ? rest.slice(1) : null;
}
