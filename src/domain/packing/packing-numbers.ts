/** What is wrong with a file, and where. */
export class MalformedPacking extends Error {}

export interface NumberRange {
  readonly least: number;
  readonly most: number;
}

/** The whole numbers of a file, one after the other. */
export interface PackingNumbers {
  /** @throws {MalformedPacking} naming the line where something else stands than `what` */
  next(what: string, range: NumberRange): number;
  /** @throws {MalformedPacking} where anything is left */
  end(): void;
}

export function packingNumbers(text: string): PackingNumbers {
  const words = wordsOf(text);
  return {
    next(what, { least, most }) {
      const { value: word, done } = words.next();
      if (done) throw new MalformedPacking(`The file ends where ${what} is expected`);
      const number = /^-?\d{1,15}$/.test(word.text) ? Number(word.text) : Number.NaN;
      if (number >= least && number <= most) return number;
      const range = `a whole number from ${least} to ${most}`;
      throw new MalformedPacking(`${word.place}: ${what} is ${range}, not ${shown(word.text)}`);
    },
    end() {
      const { value: word, done } = words.next();
      if (done) return;
      throw new MalformedPacking(
        `${word.place}: Nothing is expected any more, but there is ${shown(word.text)}`,
      );
    },
  };
}

interface Word {
  readonly text: string;
  readonly place: string;
}

function* wordsOf(text: string): Generator<Word, undefined> {
  for (const [line, content] of text.split(/\r?\n/).entries()) {
    const words = content.split(/\s+/).filter((word) => word !== '');
    for (const [at, word] of words.entries()) {
      yield { text: word, place: `Line ${line + 1}, number ${at + 1}` };
    }
  }
}

/** Files hold anything; an error stays one line. */
function shown(word: string): string {
  return JSON.stringify(word.length > 20 ? `${word.slice(0, 20)}…` : word);
}
